import { Checkout } from './checkout';

const NORDIC_BUCKET = 'bucket: bucketArn(to, copy.destination),';

describe('cdk synth of the enclave', () => {
  let checkout: Checkout;
  beforeEach(() => (checkout = new Checkout()));
  afterEach(() => checkout.remove());

  test('works without credentials and network, ends in a summary, and leaves templates and evidence', async () => {
    const { status, stdout, stderr } = await checkout.cdk('synth', '-q');
    expect({ status, stderr: status === 0 ? '' : stderr, stdout: status === 0 ? '' : stdout }).toEqual({
      status: 0,
      stderr: '',
      stdout: '',
    });
    const said = stdout + stderr;
    for (const line of [
      /dub-1\s.*Ireland/,
      /nordic-1\s.*Norway.*Sweden/,
      /restricted/,
      /inside/,
      /cdk\.out/,
      /evidence/,
    ])
      expect(said).toMatch(line);
    const commitments = JSON.parse(checkout.read('cdk.out/evidence/commitments.json')) as {
      sites: { site: string; committed: string; actual: string; status: string }[];
    };
    expect(commitments.sites.find((s) => s.site === 'nordic-1')).toMatchObject({
      committed: 'NO',
      actual: 'SE',
      status: 'stand-in',
    });
    const judgement = JSON.parse(checkout.read('cdk.out/evidence/judgement.json')) as {
      verdict: string;
      findings: unknown[];
      counts: { outside: number; unknown: number; stores: number };
    };
    expect(judgement).toMatchObject({ verdict: 'inside', findings: [], counts: { outside: 0, unknown: 0 } });
    expect(judgement.counts.stores).toBeGreaterThan(80);
    expect(JSON.parse(checkout.read('cdk.out/evidence/stack-policy.json'))).toHaveProperty('Statement');
  });

  test('refuses a wrong configuration with a line per mistake, and writes nothing', async () => {
    checkout.edit('config/enclave.ts', "region: 'eu-north-1'", "region: 'eu-west-2'");
    checkout.edit('config/enclave.ts', "account: '111122223333'", "account: '11112222333'");
    const { status, stderr } = await checkout.cdk('synth', '-q');
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      /^config\/enclave\.ts: sites\[2\]\.placement\.region: saw "eu-west-2", which stands in London, United Kingdom/m,
    );
    expect(stderr).toMatch(/^config\/enclave\.ts: sites\[0\]\.account: saw "11112222333", which is no AWS account id/m);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(checkout.exists('cdk.out/manifest.json')).toBe(false);
  });

  test('refuses to call Stockholm Norway when countries are strict', async () => {
    checkout.edit('config/enclave.ts', 'strictCountry: false', 'strictCountry: true');
    const { status, stderr } = await checkout.cdk('synth', '-q');
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      /saw "eu-north-1", which stands in Sweden while Norway is committed and strictCountry is true; move the site to Norway/,
    );
  });

  test.each([
    ['synth', ['synth', '-q']],
    ['synth with --ignore-errors', ['synth', '-q', '--ignore-errors']],
    ['deploy of another stack', ['deploy', 'dub-2-logs', '--require-approval', 'never']],
    ['diff', ['diff', 'dub-2-logs', '--method=template']],
  ])('a planted leak fails cdk %s, with path, destination, country, reason and remedy', async (_, args) => {
    checkout.edit('lib/enclave/stores/replication.ts', NORDIC_BUCKET, "bucket: 'arn:aws:s3:::copies-in-virginia',");
    checkout.edit(
      'lib/enclave/stores/replication.ts',
      'key: `arn:${partition}:kms:${region}:${account}:${copy.alias}`',
      "key: 'arn:aws:kms:us-east-1:111122223333:alias/copies'",
    );
    const { status, stdout, stderr } = await checkout.cdk(...args);
    expect(status).not.toBe(0);
    const said = stdout + stderr;
    expect(said).toMatch(/dub-1-stores\/media\/Resource/);
    expect(said).toMatch(/copies-in-virginia/);
    expect(said).toMatch(/United States/);
    expect(said).toMatch(/outside/);
    expect(said).toMatch(/Residency-s3-replication-bucket/);
    expect(said).not.toMatch(/unable to resolve AWS account|Need to perform AWS calls/);
  });
});
