import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { StageSynthesisOptions } from 'aws-cdk-lib/core';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { run } from '../../bin/cli';
import { ResidencyChecks } from '../../lib/nag';

const env = { account: '123456789012', region: 'eu-west-1' };

/** A stack whose bucket copies to Virginia, or stays. */
function shop(scope: Construct, leaks: boolean): Stack {
  const stack = new Stack(scope, 'Shop', { env });
  const orders = new CfnBucket(stack, 'Orders', { bucketName: 'shop-orders' });
  if (leaks) {
    orders.replicationConfiguration = {
      role: 'arn:aws:iam::123456789012:role/copy',
      rules: [
        {
          status: 'Enabled',
          destination: {
            bucket: 'arn:aws:s3:::copies',
            encryptionConfiguration: { replicaKmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1' },
          },
        },
      ],
    };
  }
  return stack;
}

/** A gate somebody has bent to say yes. */
class Bent extends ResidencyChecks {
  override validate() {
    return { success: true, violations: [] };
  }
}

describe('a leak that was silenced at synth is found by enclave check, which shares nothing with that run', () => {
  let folder: string;
  let exitCode: typeof process.exitCode;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'silenced-'));
    exitCode = process.exitCode;
  });
  afterEach(() => {
    process.exitCode = exitCode;
    rmSync(folder, { recursive: true, force: true });
    jest.restoreAllMocks();
  });

  const app = (context: Record<string, unknown> = {}) => new App({ outdir: folder, context });
  const check = async (assembly: string = folder) => {
    let out = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
    const code = await run(['node', 'enclave', 'check', assembly]);
    return { code, out };
  };

  const ways: Record<string, () => string | void> = {
    'no plug-in was registered': () => {
      const a = app();
      shop(a, true);
      a.synth();
    },
    'the plug-in was bent to say yes': () => {
      const a = app();
      shop(a, true);
      Validations.of(a).addPlugins(new Bent(a));
      a.synth();
    },
    'the rule was acknowledged and failing was switched off': () => {
      const a = app({ '@aws-cdk/core:failSynthOnValidationErrors': false });
      const stack = shop(a, true);
      Validations.of(stack).acknowledge({ id: 'Residency-s3-replication-bucket', reason: 'quiet please' });
      Validations.of(stack).acknowledge({ id: 'Residency-s3-replication-key', reason: 'quiet please' });
      Validations.of(a).addPlugins(new ResidencyChecks(a));
      a.synth();
    },
    'validation was skipped': () => {
      const a = app();
      shop(a, true);
      Validations.of(a).addPlugins(new ResidencyChecks(a));
      // Skips the constructs' own validation; the plug-in still objects, and somebody carries on regardless.
      expect(() => a.synth({ skipValidation: true } as StageSynthesisOptions)).toThrow();
    },
    'only the Stage was synthesised': () => {
      const a = app();
      const stage = new Stage(a, 'Prod', { env });
      shop(stage, true);
      Validations.of(a).addPlugins(new ResidencyChecks(a));
      return stage.synth().directory;
    },
    'the template was edited after a clean synthesis, and the report deleted': () => {
      const a = app();
      shop(a, false);
      Validations.of(a).addPlugins(new ResidencyChecks(a));
      a.synth();
      const file = join(folder, 'Shop.template.json');
      const template = JSON.parse(readFileSync(file, 'utf8')) as {
        Resources: { Orders: { Properties: Record<string, unknown> } };
      };
      template.Resources.Orders.Properties['ReplicationConfiguration'] = {
        Role: 'r',
        Rules: [
          {
            Status: 'Enabled',
            Destination: {
              Bucket: 'arn:aws:s3:::copies',
              EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:us-east-1:123456789012:key/1' },
            },
          },
        ],
      };
      writeFileSync(file, JSON.stringify(template));
      for (const report of readdirSync(folder).filter((name) => name.startsWith('validation-report')))
        rmSync(join(folder, report));
    },
  };

  test.each(Object.entries(ways))('when %s', async (_, silence) => {
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const { code, out } = await check(silence() ?? folder);
    expect(code).toBe(1);
    expect(out).toMatch(/! outside replication -> .*us-east-1, United States/);
  });

  test('and a sound application is not accused', async () => {
    const a = app();
    shop(a, false);
    a.synth();
    expect((await check()).code).toBe(0);
  });
});
