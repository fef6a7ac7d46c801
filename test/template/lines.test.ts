/** The line of a resource is the line it stands on, whether its text was searched or read once for all. */
import { applicationOf } from '../../lib/template';

const names = Array.from({ length: 40 }, (_, index) => `Queue${index}`);
const body = {
  Description: 'a text with "Queue1": {',
  Outputs: Object.fromEntries(names.map((name) => [name, { Value: name }])),
  Resources: Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        Type: 'AWS::SQS::Queue',
        Properties: { Tags: [{ Key: 'of', Value: `Queue${(index + 1) % 40}` }], RedrivePolicy: { Queue2: {} } },
      },
    ]),
  ),
  Metadata: { Queue3: { Resources: { Queue4: {} } } },
};

describe.each([
  ['as the CDK writes it', 1],
  ['with more room', 4],
])('In a template laid out %s', (_words, indentation) => {
  const template = JSON.stringify(body, undefined, indentation);
  const [read] = applicationOf([{ template, file: 'queues.json', stackName: 'queues' }], {
    partitionOf: () => 'aws',
  }).templates;
  const lines = template.split('\n');
  const start = lines.findIndex((line) => line.trim() === '"Resources": {');
  const standing = (name: string): number =>
    lines.findIndex((line, index) => index > start && line.trim() === `"${name}": {`) + 1;

  test.each(['first', 'again'])('every resource stands where it is said to, asked %s', () => {
    for (const name of names.toReversed()) {
      expect(read!.lineOf(['Resources', name])).toBe(standing(name));
      expect(read!.lineOf(['Resources', name, 'Type'])).toBe(standing(name) + 1);
      expect(read!.lineOf(['Resources', name, 'Properties', 'Tags', 0, 'Value'])).toBe(standing(name) + 6);
    }
  });

  test('what stands nowhere has the line of the nearest that does', () => {
    expect(read!.lineOf(['Resources', 'Nobody'])).toBe(start + 1);
    expect(read!.lineOf(['Resources', 'Queue5', 'Nothing'])).toBe(standing('Queue5'));
  });
});
