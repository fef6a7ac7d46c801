/** What differs only in which resources it names is proved once, and every change hears of its own resources. */
import { provenChange } from '../../lib/report/diff/policy/proof';
import { Proofs } from '../../lib/report/diff/policy/proofs';
import type { Clause, Statement } from '../../lib/report/diff/policy/statement';

const statement = (name: string, changes: Partial<Statement> = {}): Clause => ({
  effect: 'Allow',
  principals: [`AWS \${${name}.Arn}`],
  notPrincipal: false,
  actions: ['s3:GetObject'],
  notAction: false,
  resources: [`\${${name}.Arn}/*`, `arn:aws:s3:::shop/\${${name}.Ref}`],
  notResource: false,
  tests: [],
  ...changes,
});

const NAMES = ['=7', '=1234', '+shop/Orders'] as const;

describe.each(NAMES)('The change of a policy that names %s', (name) => {
  const before = [statement(name)];
  const now = [statement(name, { actions: ['s3:GetObject', 's3:PutObject'] })];

  test('is answered as if it had been proved by itself, whatever was asked before', () => {
    const proofs = new Proofs(10);
    for (const other of NAMES) {
      proofs.ask('resource', [statement(other)], [statement(other, { actions: ['s3:GetObject', 's3:PutObject'] })]);
      proofs.ask('resource', [statement(other)], [statement(other)]);
    }
    const alone = provenChange('resource', before, now);
    // The prover writes what it compares without case in small letters.
    const words = (shown: unknown): string => JSON.stringify(shown).toLowerCase();
    expect(words(alone)).toContain(`\${${name.toLowerCase()}.arn}`);
    expect(words(proofs.ask('resource', before, now))).toBe(words(alone));
    expect(proofs.ask('resource', now, before)).toEqual({ nothingNew: true });
  });
});

test('Forty changes of one shape take one proof, and two names are not taken for one', () => {
  const proofs = new Proofs(2);
  const swapped = (a: string, b: string): readonly (readonly Clause[])[] => [
    [statement(a, { principals: [`AWS \${${b}.Arn}`] })],
    [statement(a)],
  ];
  for (let number = 0; number < 40; number += 1) {
    const [before = [], now = []] = swapped(`=${number}`, `=${number + 100}`);
    expect(proofs.ask('resource', before, now)).toMatchObject({ nothingNew: false });
  }
  const [before = [], now = []] = swapped('=1', '=1');
  expect(proofs.ask('resource', before, now)).toEqual({ nothingNew: true });
});

test('Where the proofs are used up, nothing is said', () => {
  const [before, now] = [[statement('=1')], [statement('=1', { actions: ['s3:*'] })]];
  expect(new Proofs(0).ask('resource', before, now)).toBeUndefined();
});

test('A text that may be part of a name is left as it is', () => {
  const odd = (name: string): Clause => statement(name, { resources: ['*}', `\${${name}.Arn}`] });
  const proofs = new Proofs(1);
  const ask = (name: string) => proofs.ask('resource', [statement(name)], [odd(name)]);
  expect(ask('=1')).toEqual(provenChange('resource', [statement('=1')], [odd('=1')]));
  expect(ask('=2')).toBeUndefined();
});
