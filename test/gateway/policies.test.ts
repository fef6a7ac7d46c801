import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyError } from '../../lib/gateway/policies/policy-error';
import { parsePolicySet } from '../../lib/gateway/policies/policy-set';
import { readPolicySource } from '../../lib/gateway/policies/policy-source';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { POLICY_FOLDER, changedPolicies, policySet, settings } from './shipped';

const linesOf = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof PolicyError) return error.lines;
    throw error;
  }
  return [];
};

test('the shipped policies validate strictly, and each says what it asks for', () => {
  expect(validatePolicies(POLICY_FOLDER, settings).policies.length).toBeGreaterThan(20);
  for (const { id, advice } of policySet.policies) {
    expect(id).toMatch(/^[a-z]+\.[a-z-]+$/);
    expect(advice.length).toBeGreaterThan(20);
  }
});

test.each([
  [
    'a zone',
    '61-interoperable.cedar',
    'Gateway::Zone::"THIRD"',
    'Gateway::Zone::"THRID"',
    /THRID.*not declared as a valid eid/,
  ],
  ['a class', '60-restricted.cedar', 'Class::"restricted"', 'Class::"restrictd"', /restrictd.*not declared/],
  ['a purpose', '20-purposes.cedar', '"legal-obligation"', '"legal-obligations"', /legal-obligations.*not declared/],
  ['an attribute', '30-people.cedar', 'principal.active', 'principal.activ', /attribute `activ`.*not found/],
  [
    'a check for a grant',
    '60-restricted.cedar',
    'context has grant &&',
    '',
    /unable to guarantee safety of access to optional attribute/,
  ],
])('%s that is wrong fails with Cedar’s own message, at file and line', (_, file, from, to, message) => {
  const [line, ...more] = linesOf(() => changedPolicies(file, from, to));
  expect(line).toMatch(new RegExp(`${file}:\\d+: `));
  expect(line).toMatch(message);
  expect(line).not.toContain('\n');
  expect(more.length).toBeLessThan(3);
});

test('the line named is the line of the mistake', () => {
  const source = readPolicySource(POLICY_FOLDER);
  const text = `// ä comment with — wide characters\n\n${source.policies[0]!.text.replace('"on"', '"onn"')}`;
  const line = text.split('\n').findIndex((l) => l.includes('"onn"')) + 1;
  const lines = linesOf(() => parsePolicySet({ ...source, policies: [{ file: 'stop.cedar', text }] }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(`stop.cedar:${line}: `);
});

test('text that is not Cedar fails with Cedar’s message, once', () => {
  const lines = linesOf(() => changedPolicies('10-stop.cedar', 'unless {', 'unless '));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/10-stop\.cedar:\d+: .*unexpected token/);
});

test('a policy without id or advice, and an id used twice, are refused', () => {
  expect(linesOf(() => changedPolicies('10-stop.cedar', '@id("stop.kill-switch")', ''))[0]).toMatch(
    /without @id and @advice/,
  );
  expect(linesOf(() => changedPolicies('10-stop.cedar', 'stop.kill-switch', 'grant.time'))[0]).toMatch(
    /saw @id "grant.time" again/,
  );
});

test('a purpose or role that stands in the settings or the schema alone is refused: the list is closed on both sides', () => {
  const more = {
    ...settings,
    purposes: [...settings.purposes, { id: 'curiosity', group: 'other', text: 'Because we can.' }],
  };
  expect(linesOf(() => validatePolicies(POLICY_FOLDER, more))).toEqual([
    'Purpose "curiosity" is missing from schema.cedarschema; the closed list stands in both, or it is not closed.',
  ]);
  const fewer = { ...settings, roles: settings.roles.slice(1) };
  expect(linesOf(() => validatePolicies(POLICY_FOLDER, fewer))[0]).toMatch(
    /Role "analyst" is missing from the settings/,
  );
});

test('a folder without policies, or without a schema, is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  expect(linesOf(() => readPolicySource(folder))[0]).toMatch(/schema\.cedarschema: cannot be read \(ENOENT\)/);
  writeFileSync(join(folder, 'schema.cedarschema'), '');
  expect(linesOf(() => readPolicySource(folder))[0]).toMatch(/holds no \.cedar file/);
});

test('the policy hash ignores comments and layout and changes with any word that decides', () => {
  expect(changedPolicies('10-stop.cedar', '// The kill switch.', '// Kill switch,\n// said otherwise.').hash).toBe(
    policySet.hash,
  );
  expect(changedPolicies('60-restricted.cedar', 'approvals >= 2', 'approvals >=   2').hash).toBe(policySet.hash);
  expect(changedPolicies('60-restricted.cedar', 'approvals >= 2', 'approvals >= 1').hash).not.toBe(policySet.hash);
  expect(changedPolicies('60-restricted.cedar', 'two approvals', 'some approvals').hash).not.toBe(policySet.hash);
});

test('the schema for Verified Permissions has one namespace and every type resolved', () => {
  expect(Object.keys(JSON.parse(policySet.schemaJson) as object)).toEqual(['Gateway']);
  expect(policySet.schemaJson).not.toContain('EntityOrCommon');
});
