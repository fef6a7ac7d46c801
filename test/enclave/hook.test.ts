import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnStackSet, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { packageDigest, packageHook } from '../../bin/hook/package';
import { hookRegister } from '../../bin/hook/register';
import { rolloutFindings } from '../../bin/hook/rollout';
import { enclave as shipped } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildHook, hookRegions } from '../../lib/enclave/hook/hook';
import type { rolloutTemplate } from '../../lib/enclave/hook/rollout-template';
import { startCheck } from '../../lib/enclave/hook/start-check';
import { request } from '../hook/asked';

const config = parseEnclave(shipped);
const organization = config.organization!;
const now = new Date();
const app = new App();
const register = hookRegister(config, app, now);
const code = packageHook(register);
const stacks = buildHook(app, config, code);
const findingsIn = (built: App) => rolloutFindings(built.synth().directory, config, register, now);
const templates = new Map(stacks.map((stack) => [stack.region, Template.fromStack(stack)]));
const stackSet = (template: Template) =>
  Object.values(template.findResources('AWS::CloudFormation::StackSet'))[0]!['Properties'] as Record<string, unknown>;
const rollout = JSON.parse(stackSet(templates.get('eu-west-1')!)['TemplateBody'] as string) as ReturnType<
  typeof rolloutTemplate
>;

afterAll(() => rmSync(code.folder, { recursive: true }));

describe('the rollout of the hook', () => {
  test('reaches every Region in use from the management account, and no other Region', () => {
    expect([...templates.keys()].sort()).toEqual(['eu-central-1', 'eu-north-1', 'eu-west-1']);
    for (const stack of stacks) expect(stack.account).toBe(organization.managementAccount);
    for (const [region, template] of templates)
      expect(stackSet(template)['StackInstancesGroup']).toEqual([
        { DeploymentTargets: { OrganizationalUnitIds: Object.values(organization.units) }, Regions: [region] },
      ]);
  });

  test('is the organisation’s own: accounts that join a unit get the hook, accounts that leave keep it', () => {
    for (const template of templates.values())
      expect(stackSet(template)).toMatchObject({
        PermissionModel: 'SERVICE_MANAGED',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      });
  });

  test('gives the judge to the accounts of the enclave one by one, and never to everyone', () => {
    const accounts = [...config.sites, config.auditor].map(({ account }) => account).sort();
    for (const template of templates.values()) {
      const given = Object.values(template.findResources('AWS::Lambda::LayerVersionPermission'));
      expect(given.map(({ Properties }) => (Properties as { Principal: string }).Principal).sort()).toEqual(accounts);
    }
  });

  test('does not stand in an enclave without an organisation', () => {
    const { organization: _, ...alone } = config;
    expect(buildHook(new App(), alone, code)).toEqual([]);
    expect(hookRegions(alone)).toEqual(['eu-west-1', 'eu-north-1', 'eu-central-1']);
  });

  test('fits into a stack set', () => {
    // Quota of TemplateBody, in bytes.
    for (const template of templates.values())
      expect((stackSet(template)['TemplateBody'] as string).length).toBeLessThan(51_200);
  });
});

describe('the hook in an account', () => {
  test('is asked about stacks, change sets and single resources, and its failure is a refusal', () => {
    expect(rollout.Resources.Hook.Properties).toMatchObject({
      TargetOperations: ['STACK', 'CHANGE_SET', 'CLOUD_CONTROL'],
      FailureMode: 'FAIL',
      HookStatus: 'ENABLED',
    });
  });

  test('may read templates of its own account and nothing else', () => {
    const granted = [rollout.Resources.JudgeRole, rollout.Resources.AskRole].flatMap(({ Properties }) =>
      Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    );
    expect(granted.map((statement) => (statement as { Action: string }).Action)).toEqual([
      'cloudformation:GetTemplate',
      'lambda:InvokeFunction',
    ]);
  });

  test('holds no store, and is judged without a finding in every account and Region', () => {
    expect(findingsIn(app)).toEqual([]);
  });
});

describe('other stack sets', () => {
  const withStackSet = (properties: { templateBody?: string; templateUrl?: string }): App => {
    const other = new App();
    const stack = new Stack(other, 'other', { env: { account: organization.managementAccount, region: 'eu-west-1' } });
    new CfnStackSet(stack, 'Set', { stackSetName: 'other', permissionModel: 'SERVICE_MANAGED', ...properties });
    return other;
  };

  test('are refused when their template leaks', () => {
    const templateBody = JSON.stringify({
      Resources: {
        People: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } },
      },
    });
    expect(findingsIn(withStackSet({ templateBody })).map(({ why }) => why)).toContainEqual(
      expect.stringContaining('us-east-1'),
    );
  });

  test('are refused when their template lies elsewhere', () => {
    const templateUrl = 'https://s3.eu-west-1.amazonaws.com/templates/any.json';
    expect(() => findingsIn(withStackSet({ templateUrl }))).toThrow(/TemplateBody/);
  });
});

describe('the package', () => {
  /** Runs the function's code in a fresh process, as Lambda does, and answers what it prints. */
  const started = (digest: string, from: string, call = ''): string => {
    const folder = mkdtempSync(join(tmpdir(), 'hook-start-'));
    writeFileSync(join(folder, 'index.js'), startCheck(digest, join(from, 'judge')) + call);
    try {
      return execFileSync(process.execPath, [join(folder, 'index.js')], { encoding: 'utf8', stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const ask = (event: unknown) => `
    const context = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:judge' };
    exports.handler(${JSON.stringify(event)}, context).then((answer) => console.log(JSON.stringify(answer)));`;

  test('judges a real request in a process of its own', () => {
    const answer = JSON.parse(started(code.digest, code.folder, ask(request('cloud-control-create')))) as Record<
      string,
      unknown
    >;
    expect(answer).toMatchObject({ hookStatus: 'FAILED', errorCode: 'NonCompliant' });
    expect(answer['message']).toContain('us-east-1');
  });

  test('is the same whenever it is made of the same sources', () => {
    const again = packageHook(register);
    rmSync(again.folder, { recursive: true });
    expect(again.digest).toBe(code.digest);
  });

  test('does not start when a byte of it is another than the template says', () => {
    const { folder, digest } = packageHook(register);
    appendFileSync(join(folder, 'judge/register.json'), ' ');
    expect(packageDigest(join(folder, 'judge'))).not.toBe(digest);
    expect(() => started(digest, folder)).toThrow(/not the one of the template/);
    rmSync(folder, { recursive: true });
  });

  test('is the one the rolled-out function checks for', () => {
    expect(rollout.Resources.Judge.Properties.Code.ZipFile).toBe(startCheck(code.digest));
  });
});
