/** `Ref`, `Fn::GetAtt`, `Fn::ImportValue`, `Fn::GetStackOutput`. */
import type { Alternatives, Value } from '../alternatives';
import { ABSENT, cannotTell, certain, combineThen, then } from '../alternatives';
import { parseArn } from '../arn';
import { EXPORT_READER } from '../cross-stack';
import type { LoadedTemplate } from '../loaded-template';
import type { Json, Resource } from '../model';
import { isObject, own, text } from '../scalar';
import type { Scope } from '../scope';

/** Host suffix per partition, as documented for the pseudo parameter `AWS::URLSuffix`; others are not told. */
const URL_SUFFIX: ReadonlyMap<string, string> = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-us-gov', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-iso', 'c2s.ic.gov'],
  ['aws-iso-b', 'sc2s.sgov.gov'],
  ['aws-eusc', 'amazonaws.eu'],
]);

export function ref(name: Json, scope: Scope): Alternatives {
  if (typeof name !== 'string') return cannotTell('Ref of something that is not a name');
  if (name.startsWith('AWS::')) return pseudoParameter(name, scope);
  if (scope.parameters.has(name)) return scope.parameters.possible(name);
  const resource = scope.resource(name);
  if (resource) return certain({ kind: 'reference', resource, attribute: 'Ref' });
  return cannotTell(`Ref of ${name}, which the template does not declare`);
}

function pseudoParameter(name: string, scope: Scope): Alternatives {
  const { region, account, stackName } = scope.template.source;
  const open = (): Alternatives =>
    cannotTell(`${name} is not fixed for stack ${stackName}`, { pseudo: name, template: scope.template });
  switch (name) {
    case 'AWS::Region':
      return region === undefined ? open() : certain(text(region), `Region of stack ${stackName}`);
    case 'AWS::AccountId':
      return account === undefined ? open() : certain(text(account), `account of stack ${stackName}`);
    case 'AWS::StackName':
      return scope.template.source.nestedIn ? open() : certain(text(stackName));
    case 'AWS::Partition':
    case 'AWS::URLSuffix': {
      const partition = region === undefined ? undefined : scope.partitionOf(region);
      const value = partition !== undefined && name === 'AWS::URLSuffix' ? URL_SUFFIX.get(partition) : partition;
      return value === undefined ? open() : certain(text(value));
    }
    case 'AWS::NoValue':
      return certain(ABSENT);
    default:
      return open();
  }
}

export function getAtt(operand: Json, scope: Scope): Alternatives {
  const [logicalId, attribute] = attributeParts(operand);
  if (typeof logicalId !== 'string' || attribute === undefined)
    return cannotTell('Fn::GetAtt without a resource and an attribute');
  const resource = scope.resource(logicalId);
  if (!resource) return cannotTell(`Fn::GetAtt of ${logicalId}, which the template does not declare`);
  return then(scope.evaluate(attribute), (name): Alternatives => {
    if (name.kind !== 'text') return cannotTell(`which attribute of ${logicalId} is read is not known`);
    if (resource.type === 'AWS::CloudFormation::Stack' && name.text.startsWith('Outputs.')) {
      return scope.crossStack.nestedOutput(resource, name.text.slice('Outputs.'.length));
    }
    if (resource.type === EXPORT_READER) return scope.crossStack.readExport(resource, name.text);
    return certain({ kind: 'reference', resource, attribute: name.text });
  });
}

/** Types whose attributes are values of other templates: outputs of a nested stack, exports of another Region. */
export const answersForOthers = ({ type }: Resource): boolean =>
  type === 'AWS::CloudFormation::Stack' || type === EXPORT_READER;

function attributeParts(operand: Json): readonly [Json | undefined, Json | undefined] {
  if (typeof operand === 'string') {
    const dot = operand.indexOf('.');
    return dot < 0 ? [undefined, undefined] : [operand.slice(0, dot), operand.slice(dot + 1)];
  }
  if (!Array.isArray(operand)) return [undefined, undefined];
  // YAML authors write nested attributes as separate items: [Nested, Outputs, Bucket].
  const rest = operand.slice(1);
  return rest.length > 1 && rest.every((part) => typeof part === 'string')
    ? [operand[0], rest.join('.')]
    : [operand[0], operand[1]];
}

export function importValue(operand: Json, scope: Scope): Alternatives {
  return then(scope.evaluate(operand), (name) =>
    name.kind === 'text'
      ? scope.crossStack.importValue(name.text, scope.template as LoadedTemplate)
      : cannotTell('Fn::ImportValue of a name that is only known at deployment'),
  );
}

export function getStackOutput(operand: Json, scope: Scope): Alternatives {
  if (!isObject(operand)) return cannotTell('Fn::GetStackOutput without StackName and OutputName');
  const here = scope.template.source;
  const part = (key: string, otherwise: Alternatives): Alternatives => {
    const expression = own(operand, key);
    return expression === undefined ? otherwise : scope.evaluate(expression);
  };
  const nothing = certain(ABSENT);
  const parts = [
    part('StackName', nothing),
    part('OutputName', nothing),
    part('Region', nothing),
    part('RoleArn', nothing),
  ];
  return combineThen(parts, ([stack, output, region, role]) => {
    if (stack?.kind !== 'text' || output?.kind !== 'text') {
      return cannotTell('Fn::GetStackOutput of a stack or output that is only known at deployment');
    }
    return scope.crossStack.stackOutput(
      stack.text,
      region?.kind === 'absent' ? here.region : region?.kind === 'text' ? region.text : undefined,
      role?.kind === 'absent' ? here.account : accountOfRole(role),
      output.text,
    );
  });
}

/** The output of a stack in another account is read through a role of that account. */
function accountOfRole(role: Value | undefined): string | undefined {
  const arn = role && role.kind !== 'absent' ? parseArn(role) : undefined;
  return arn?.account.kind === 'text' ? arn.account.text : undefined;
}

/** `${Name}` or `${Name.Attribute}` inside `Fn::Sub`. */
export const substituted = (name: string, scope: Scope): Alternatives =>
  name.includes('.') && !name.startsWith('AWS::') ? getAtt(name, scope) : ref(name, scope);
