/** Ways of writing that need no program: literal values and every intrinsic function a destination can hide behind. */
import { stringify } from 'yaml';
import type { Json } from '../../../lib/template';
import type { Channel } from '../channel';
import { LEAK, isPresent, propertiesOf, regionOfLeak } from '../channel';
import type { Twin } from '../places';
import { HOME } from '../places';
import { propertiesAt } from '../property-path';
import type { StackTemplate, TemplateWriting } from '../writing';

type Sections = { readonly [section: string]: Json };

/** The stacks of a case: the leaking one and whatever stands beside it. */
function stacksOf(channel: Channel, twin: Twin, leak: StackTemplate['template']): readonly StackTemplate[] {
  return [
    { name: `${twin.id}-leak`, region: regionOfLeak(channel, twin), template: leak },
    ...companionsOf(channel, twin),
  ];
}

function companionsOf(channel: Channel, twin: Twin): readonly StackTemplate[] {
  return (channel.companions?.(twin) ?? []).map(({ name, region, resources }) => ({
    name: `${twin.id}-${name}`,
    region,
    template: { Resources: resources },
  }));
}

/** The leaking template with `value` in the place of the destination. */
export function leakTemplate(
  channel: Channel,
  twin: Twin,
  value?: Json,
  sections: Sections = {},
): { [section: string]: Json } {
  const leak: Json = { Type: channel.type, Properties: propertiesOf(channel, twin, value) as Json };
  return {
    ...sections,
    Resources: {
      ...channel.beside?.(twin),
      ...(isPresent(channel, twin)
        ? { [LEAK]: leak }
        : { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } }),
    },
  };
}

const anything = (): undefined => undefined;

/** Text a destination is written in; structures and switches have no parts to hide. */
function textOnly(channel: Channel): string | undefined {
  if (channel.manner === 'policy') return 'the way out is a document, not one text';
  if (channel.manner === 'switch') return 'the way out is a switch, not a text';
  if (channel.manner === 'presence') return 'the resource itself is the way out';
  return undefined;
}
const scalarOnly = (channel: Channel): string | undefined =>
  channel.manner === 'policy'
    ? 'the way out is a document, not one value'
    : channel.manner === 'presence'
      ? 'the resource itself is the way out'
      : undefined;

const textOf = (channel: Channel, twin: Twin): string => String(channel.value(twin));

/** A writing that replaces the literal text by an expression. */
function expression(
  slug: string,
  words: string,
  unfit: TemplateWriting['unfit'],
  write: (
    text: string,
    twin: Twin,
  ) => { readonly value: Json; readonly sections?: Sections; readonly beside?: readonly StackTemplate[] },
  more: Partial<TemplateWriting> = {},
): TemplateWriting {
  return {
    slug,
    words,
    level: 'template',
    unfit,
    ...more,
    templates: (channel, twin) => {
      const { value, sections, beside } = write(textOf(channel, twin), twin);
      return [...stacksOf(channel, twin, leakTemplate(channel, twin, value, sections)), ...(beside ?? [])];
    },
  };
}

/** Cuts a text in the middle of the Region it names, where no search for whole names finds it. */
function halves(text: string): readonly [string, string] {
  const at = Math.max(1, Math.floor(text.length / 2));
  return [text.slice(0, at), text.slice(at)];
}

const elsewhere = (twin: Twin, value: Json, region: string): StackTemplate => ({
  name: `${twin.id}-producer`,
  region,
  template: {
    Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
    Outputs: { Where: { Value: value, Export: { Name: `${twin.id}-where` } } },
  },
});

const openAtDeployment: TemplateWriting['staying'] = (channel) =>
  (channel.manner === 'standing' && !channel.sharedBothWays) || channel.aim !== undefined
    ? undefined
    : { expected: 'unknown', because: 'a parameter without AllowedValues is open at deployment, whatever its default' };

/** What the other branch of a condition says: nothing, or the value that keeps a switch shut. */
function otherBranch(channel: Channel, twin: Twin): Json {
  return channel.manner === 'switch' ? channel.value({ ...twin, leaves: false }) : { Ref: 'AWS::NoValue' };
}

const OPAQUE = 'what a custom resource does is code no template holds';

export const TEMPLATE_WRITINGS: readonly TemplateWriting[] = [
  {
    slug: 'literal',
    words: 'as a literal in a template',
    level: 'template',
    unfit: anything,
    templates: (channel, twin) => stacksOf(channel, twin, leakTemplate(channel, twin)),
  },
  {
    slug: 'yaml',
    words: 'in YAML with short tags',
    level: 'template',
    unfit: textOnly,
    templates: (channel, twin) => {
      const mark = 'put-the-destination-here';
      const text = stringify(leakTemplate(channel, twin, mark));
      const [first, second] = halves(textOf(channel, twin));
      return stacksOf(
        channel,
        twin,
        text.replace(mark, `!Join ["", [${JSON.stringify(first)}, !Sub ${JSON.stringify(second)}]]`),
      );
    },
  },
  {
    slug: 'resource-condition',
    words: 'in a resource that exists under a condition',
    level: 'template',
    unfit: anything,
    templates: (channel, twin) => {
      const template = leakTemplate(channel, twin, undefined, {
        Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'production'], Default: 'test' } },
        Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
      });
      const resources = template['Resources'] as { [id: string]: { [key: string]: Json } };
      for (const resource of Object.values(resources)) resource['Condition'] = 'Production';
      return stacksOf(channel, twin, template);
    },
  },
  expression('join', 'with Fn::Join', textOnly, (text) => ({ value: { 'Fn::Join': ['', [...halves(text)]] } })),
  expression('sub', 'with Fn::Sub', textOnly, (text) => {
    const [first, second] = halves(text);
    return { value: { 'Fn::Sub': [`\${First}${second}`, { First: first }] } };
  }),
  expression('select', 'with Fn::Select', textOnly, (text) => ({ value: { 'Fn::Select': [1, ['nothing', text]] } })),
  expression('split', 'with Fn::Split', textOnly, (text) => ({
    value: { 'Fn::Select': [1, { 'Fn::Split': ['|', `nothing|${text}`] }] },
  })),
  expression('parameter', 'by a parameter with allowed values', scalarOnly, (text) => ({
    value: { Ref: 'Where' },
    sections: { Parameters: { Where: { Type: 'String', AllowedValues: [text] } } },
  })),
  expression(
    'parameter-default',
    'by the default of a parameter',
    scalarOnly,
    (text) => ({ value: { Ref: 'Where' }, sections: { Parameters: { Where: { Type: 'String', Default: text } } } }),
    { staying: openAtDeployment },
  ),
  expression('mapping', 'by a mapping', scalarOnly, (text, twin) => ({
    value: { 'Fn::FindInMap': ['Places', { Ref: 'AWS::Region' }, 'Where'] },
    sections: {
      Mappings: { Places: Object.fromEntries([HOME, twin.region].map((from) => [from, { Where: text }])) },
    },
  })),
  {
    slug: 'branch',
    words: 'in one branch of a condition',
    level: 'template',
    unfit: (channel) => (channel.manner === 'presence' ? 'the resource itself is the way out' : undefined),
    templates: (channel, twin) =>
      stacksOf(
        channel,
        twin,
        leakTemplate(
          channel,
          twin,
          { 'Fn::If': ['Production', channel.value(twin), otherBranch(channel, twin)] },
          {
            Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'production'], Default: 'test' } },
            Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
          },
        ),
      ),
  },
  {
    slug: 'import',
    words: 'as an import from another stack',
    level: 'template',
    unfit: textOnly,
    templates: (channel, twin) => [
      ...stacksOf(channel, twin, leakTemplate(channel, twin, { 'Fn::ImportValue': `${twin.id}-where` })),
      elsewhere(twin, textOf(channel, twin), regionOfLeak(channel, twin)),
    ],
  },
  {
    slug: 'weak-reference',
    words: 'as a weak reference to an output of another Region',
    level: 'template',
    unfit: textOnly,
    templates: (channel, twin) => [
      ...stacksOf(
        channel,
        twin,
        leakTemplate(channel, twin, {
          'Fn::GetStackOutput': { StackName: `${twin.id}-producer`, Region: twin.region, OutputName: 'Where' },
        }),
      ),
      elsewhere(twin, textOf(channel, twin), twin.region),
    ],
  },
  {
    slug: 'sdk-call',
    words: 'as the SDK call of a custom resource',
    level: 'template',
    unfit: (channel) =>
      channel.manner === 'region' || channel.manner === 'arn'
        ? undefined
        : 'the text of a call shows a place only where the channel writes a Region',
    templates: (channel, twin) =>
      stacksOf(channel, twin, {
        Resources: {
          [LEAK]: {
            Type: 'Custom::AWS',
            Properties: {
              ServiceToken: `arn:aws:lambda:${HOME}:111111111111:function:provider`,
              Create: {
                'Fn::Join': [
                  '',
                  [
                    `{"service":"${channel.type.split('::')[1]}","action":"put","parameters":`,
                    JSON.stringify(propertiesAt(channel.path, channel.value(twin))),
                    '}',
                  ],
                ],
              },
            },
          },
        },
      }),
    leaving: () => 'outside',
  },
  {
    slug: 'custom-resource',
    words: 'as the property of a custom resource of their own',
    level: 'template',
    unfit: (channel) =>
      channel.manner === 'region' || channel.manner === 'arn'
        ? undefined
        : 'the properties of a custom resource show a place only where the channel writes a Region',
    templates: (channel, twin) =>
      stacksOf(channel, twin, {
        Resources: {
          [LEAK]: {
            Type: 'Custom::Copier',
            Properties: {
              ServiceToken: `arn:aws:lambda:${HOME}:111111111111:function:copier`,
              ...(propertiesAt(channel.path, channel.value(twin)) as { [key: string]: Json }),
            },
          },
        },
      }),
    leaving: () => 'outside',
    staying: () => ({ expected: 'unknown', because: OPAQUE }),
  },
];
