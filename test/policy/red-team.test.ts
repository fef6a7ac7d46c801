import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildEnclave } from '../../lib/enclave/enclave';
import type { Attack } from '../../scripts/redteam/attack';
import { ATTACKS } from '../../scripts/redteam/attacks';
import { otherDefences } from '../../scripts/redteam/other-defences';
import { isTold, tellersOf } from '../../scripts/redteam/told';
import { gatewayPlan } from '../enclave/gateway-plan';

const folder = mkdtempSync(join(tmpdir(), 'red-team-'));
const assembly = join(folder, 'whole');

beforeAll(() => {
  const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  const config = parseEnclave(shipped);
  const app = new App({ context, outdir: assembly });
  buildEnclave(app, config, gatewayPlan(config, []));
  app.synth();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const defences = () => otherDefences(assembly, 'us-east-1');

test('every attack of the red team is denied by the policies and told by the rules, as both were synthesized', () => {
  const { detected, prevented } = defences();
  expect(ATTACKS.length).toBeGreaterThan(50);
  expect(ATTACKS.filter((attack) => detected(attack) !== 'yes').map(({ slug }) => slug)).toEqual([]);
  expect(ATTACKS.filter((attack) => prevented(attack) !== 'yes').map(({ slug }) => slug)).toEqual([]);
});

test('a call that nobody watches and nobody denies is said to be so, at the site', () => {
  const { detected, prevented } = defences();
  const quiet: Attack = { ...ATTACKS[0]!, at: 'site', action: 's3:GetBucketLocation', eventName: 'GetBucketLocation' };
  expect([detected(quiet), prevented(quiet)]).toEqual(['no', 'no']);
  expect([detected({ ...quiet, at: 'abroad' }), prevented({ ...quiet, at: 'abroad' })]).toEqual(['yes', 'yes']);
});

test('a change at a partner, where no bus of the site stands, is told by its filter unless the deployment made it', () => {
  const tellers = tellersOf(assembly, '111122223333');
  const change = { source: 'kms.amazonaws.com', name: 'PutKeyPolicy', region: 'eu-north-1' };
  expect(isTold(tellers, { ...change, role: 'Admin' }, 'elsewhere')).toBe(true);
  expect(isTold(tellers, change, 'elsewhere')).toBe(true);
  const deployment = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-north-1';
  expect(isTold(tellers, { ...change, role: deployment }, 'elsewhere')).toBe(false);
});

/** The assembly with one template changed. */
function changed(stack: string, change: (resource: { Type: string; Properties: Record<string, unknown> }) => void) {
  const copy = mkdtempSync(join(folder, 'changed-'));
  cpSync(assembly, copy, { recursive: true });
  const file = join(copy, `${stack}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  Object.values(template.Resources).forEach(change);
  writeFileSync(file, JSON.stringify(template));
  return otherDefences(copy, 'us-east-1');
}

const at = (place: Attack['at']): readonly Attack[] => ATTACKS.filter((attack) => attack.at === place);

test('a rule that sleeps detects nothing, and the filters over the trail go unheard without the rule of alarms', () => {
  const { detected } = changed('dub-1-oversight', ({ Type, Properties }) => {
    if (Type === 'AWS::Events::Rule') Properties['State'] = 'DISABLED';
  });
  expect(ATTACKS.filter((attack) => detected(attack) === 'yes')).toEqual([]);
});

test('a trail without filters detects what is called at the site, and nothing abroad', () => {
  const { detected } = changed('dub-1-oversight', (resource) => {
    if (resource.Type === 'AWS::CloudWatch::Alarm') resource.Properties['MetricName'] = 'another';
  });
  expect(at('site').every((attack) => detected(attack) === 'yes')).toBe(true);
  expect(at('abroad').filter((attack) => detected(attack) === 'yes')).toEqual([]);
});

test('what nobody is subscribed to is not detected', () => {
  const { detected } = changed('oversight', (resource) => {
    if (resource.Type === 'AWS::SNS::Subscription') resource.Properties['TopicArn'] = 'another';
  });
  expect(ATTACKS.filter((attack) => detected(attack) === 'yes')).toEqual([]);
});
