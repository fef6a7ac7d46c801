/** Documents of the register of small applications with sites, as the page reads them. */
import { registerDocuments } from '../../lib/report/register';
import type { EnclaveRecord } from '../../lib/report/register';
import { rulesVersion } from '../../lib/report/statement';
import { judge } from '../../lib/residency';
import type { Judgement, JudgeOptions } from '../../lib/residency';
import { application, OPTIONS } from '../residency/court';
import type { Stack } from '../residency/court';

export const DUB_1 = '111111111111';
export const DUB_2 = '222222222222';
export const NORDIC = '333333333333';

const site = (name: string, account: string, region: string, committed: string, actual: string) => ({
  ...{ site: name, account, region, committed, actual, zones: [], homeOf: [] },
  status: committed === actual ? 'met' : 'stand-in',
});

export const ENCLAVE: EnclaveRecord = {
  enclave: 'enclave',
  operator: { name: 'Example Drift AS', country: 'NO' },
  auditor: { name: 'Example Assurance GmbH', country: 'DE' },
  sites: [
    site('dub-1', DUB_1, 'eu-west-1', 'IE', 'IE'),
    site('dub-2', DUB_2, 'eu-west-1', 'IE', 'IE'),
    {
      ...site('nordic-1', NORDIC, 'eu-north-1', 'NO', 'SE'),
      standIn: { reason: 'No Region in Norway.', acceptedBy: 'The Board', reviewBy: '2027-06-30' },
    },
  ],
};

export interface Registered {
  readonly judgement: Judgement;
  readonly documents: ReadonlyMap<string, string>;
  /** The page among them. */
  readonly html: string;
}

export function registered(
  stacks: readonly Stack[],
  options: Partial<JudgeOptions> = {},
  enclave: EnclaveRecord | undefined = ENCLAVE,
): Registered {
  const app = application(...stacks);
  const told = { ...OPTIONS, ...options };
  const judgement = judge(app, told);
  const documents = registerDocuments({
    application: app,
    judgement,
    options: told,
    judgedOn: '2026-11-22',
    files: [{ name: 'a.template.json', sha256: 'ab'.repeat(32) }],
    tool: { name: 'enclave', version: '0.0.0' },
    rules: rulesVersion(),
    enclave,
  });
  return { judgement, documents, html: documents.get('index.html')! };
}

/** Buckets in two sites of Dublin with copies at the Nordic one. */
export const threeSites: readonly Stack[] = ['dub-1', 'dub-2', 'nordic-1'].map((name, index) => ({
  name: `${name}-stores`,
  region: index === 2 ? 'eu-north-1' : 'eu-west-1',
  account: [DUB_1, DUB_2, NORDIC][index]!,
  resources: {
    Orders: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: `orders-${name}`,
        Tags: [{ Key: 'data-class', Value: 'restricted' }],
        ...(index === 2
          ? {}
          : {
              ReplicationConfiguration: {
                Role: `arn:aws:iam::${DUB_1}:role/replication`,
                Rules: [
                  {
                    Status: 'Enabled',
                    Destination: { Bucket: `arn:aws:s3:::orders-nordic-1`, Account: NORDIC },
                  },
                ],
              },
            }),
      },
    },
  },
}));
