import { App, CfnElement, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ResidencyChecks } from '../../lib/nag';
import { DUBLIN, OPTIONS, VIRGINIA, gate, said } from './gate';

const LEAK = {
  Role: 'arn:aws:iam::111111111111:role/r',
  Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::abroad' } }],
};
const abroad = (app: App): s3.CfnBucket =>
  new s3.CfnBucket(new Stack(app, 'Abroad', VIRGINIA), 'Copy', { bucketName: 'abroad' });

const caught = /^Residency-s3-replication-bucket /;

describe('a leak is seen however it is written', () => {
  test.each<[string, (stack: Stack) => void]>([
    [
      'as a typed property',
      (stack) =>
        void new s3.CfnBucket(stack, 'B', {
          replicationConfiguration: {
            role: 'r',
            rules: [{ status: 'Enabled', destination: { bucket: 'arn:aws:s3:::abroad' } }],
          },
        }),
    ],
    [
      'by addPropertyOverride',
      (stack) => new s3.CfnBucket(stack, 'B').addPropertyOverride('ReplicationConfiguration', LEAK),
    ],
    [
      'in a raw CfnResource',
      (stack) =>
        void new CfnResource(stack, 'B', { type: 'AWS::S3::Bucket', properties: { ReplicationConfiguration: LEAK } }),
    ],
    [
      'by changing the type of another resource',
      (stack) => {
        const other = new CfnResource(stack, 'B', {
          type: 'AWS::CloudFormation::WaitConditionHandle',
          properties: { ReplicationConfiguration: LEAK },
        });
        other.addOverride('Type', 'AWS::S3::Bucket');
      },
    ],
    [
      'in a nested stack',
      (stack) =>
        new s3.CfnBucket(new NestedStack(stack, 'Inner'), 'B').addPropertyOverride('ReplicationConfiguration', LEAK),
    ],
    [
      'inside a condition',
      (stack) =>
        new s3.CfnBucket(stack, 'B').addPropertyOverride('ReplicationConfiguration', {
          'Fn::If': ['Never', { Ref: 'AWS::NoValue' }, LEAK],
        }),
    ],
  ])('%s', (_name, write) => {
    const report = gate((app) => {
      abroad(app);
      write(new Stack(app, 'Here', DUBLIN));
    });
    expect(said(report)).toContainEqual(expect.stringMatching(caught));
    expect(report.violations.every((violation) => violation.severity === 'fatal')).toBe(true);
    expect(report.success).toBe(false);
  });

  test('inside a Stage', () => {
    const report = gate((app) => {
      abroad(app);
      new s3.CfnBucket(new Stack(new Stage(app, 'Prod', DUBLIN), 'Here'), 'B').addPropertyOverride(
        'ReplicationConfiguration',
        LEAK,
      );
    });
    expect(said(report)).toContain('Residency-s3-replication-bucket Prod/Here/B');
  });

  test('a resource written by an element of no construct is a finding of its own, beside what it does', () => {
    class Smuggler extends CfnElement {
      override _toCloudFormation(): object {
        return { Resources: { Hidden: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: LEAK } } } };
      }
    }
    const report = gate((app) => {
      abroad(app);
      new Smuggler(new Stack(app, 'Here', DUBLIN), 'S');
    });
    expect(said(report)).toEqual(
      expect.arrayContaining(['Residency-unowned-resource Hidden', 'Residency-s3-replication-bucket Hidden']),
    );
  });

  test('a stack that overrides its own output is read from disk', () => {
    class Forger extends Stack {
      override _toCloudFormation(): object {
        return { Resources: { Hidden: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: LEAK } } } };
      }
    }
    const report = gate((app) => {
      abroad(app);
      new Forger(app, 'Here', DUBLIN);
    });
    expect(said(report)).toEqual(
      expect.arrayContaining(['Residency-unowned-resource Hidden', 'Residency-s3-replication-bucket Hidden']),
    );
  });
});

describe('what was deleted is not convicted', () => {
  test('a leak removed by a deletion override is gone', () => {
    const report = gate((app) => {
      const bucket = new s3.CfnBucket(new Stack(app, 'Here', DUBLIN), 'B', {
        replicationConfiguration: {
          role: 'r',
          rules: [{ status: 'Enabled', destination: { bucket: 'arn:aws:s3:::abroad' } }],
        },
      });
      bucket.addPropertyDeletionOverride('ReplicationConfiguration');
    });
    expect(report).toEqual({ success: true, violations: [] });
  });
});

describe('an acknowledgement does not silence a residency rule and is itself a finding', () => {
  test.each([
    'Residency-s3-replication-bucket',
    'Annotation::Residency-s3-replication-bucket',
    'eea-residency::Residency-s3-replication-bucket',
  ])('id %s, on the App, the stack and the resource', (id) => {
    const report = gate((app) => {
      abroad(app);
      const stack = new Stack(app, 'Here', DUBLIN);
      const bucket = new s3.CfnBucket(stack, 'B');
      bucket.addPropertyOverride('ReplicationConfiguration', LEAK);
      for (const scope of [app, stack, bucket]) Validations.of(scope).acknowledge({ id, reason: 'no' });
    });
    expect(said(report)).toContain('Residency-s3-replication-bucket Here/B');
    expect(said(report).filter((one) => one.startsWith('Residency-acknowledged'))).toHaveLength(3);
  });
});

describe('a judge that cannot judge convicts', () => {
  test('a template that cannot be read is a violation, not a crash', () => {
    class Broken extends Stack {
      override _toCloudFormation(): object {
        return { Resources: 'none' };
      }
    }
    const report = gate((app) => void new Broken(app, 'Here', DUBLIN));
    expect(report.success).toBe(false);
    expect(report.violations.length).toBeGreaterThan(0);
  });

  test('a judge that throws is a fatal violation', () => {
    const report = gate((app) => void new s3.CfnBucket(new Stack(app, 'Here', DUBLIN), 'B'), {
      onJudgement: () => {
        throw new Error('out of order');
      },
    });
    expect(said(report)).toEqual([expect.stringMatching(/^Residency-judge-failed/)]);
    expect(report.violations[0]).toMatchObject({
      severity: 'fatal',
      description: expect.stringContaining('out of order'),
    });
  });

  test('asking about a construct tree without templates is answered with a violation', () => {
    const app = new App({ outdir: mkdtempSync(path.join(tmpdir(), 'gate-')) });
    expect(new ResidencyChecks(app, OPTIONS).validateScope().success).toBe(false);
  });
});
