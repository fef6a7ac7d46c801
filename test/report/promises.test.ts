/** What an assembly shows of each promise: met, contradicted, or not shown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVARIANTS } from '../../lib/proof';
import type { ProofReport } from '../../lib/proof';
import type { MatrixCell } from '../../lib/report/diff';
import type { Proven, RegisterInput } from '../../lib/report/register';
import { PROMISES } from '../../lib/report/register/promises/promises';
import { rulesVersion } from '../../lib/report/statement';
import { judge } from '../../lib/residency';
import { ENCLAVE, threeSites } from '../page/evidence';
import type { Json } from '../../lib/template';
import { OPTIONS, application } from '../residency/court';
import type { Stack } from '../residency/court';

const RECORDED = JSON.parse(readFileSync(join(__dirname, '../../config/access-matrix.json'), 'utf8')) as {
  readonly cells: readonly MatrixCell[];
};

const bucketAt = (account: string, cls: string): Stack => ({
  name: `${cls}-elsewhere`,
  region: 'eu-central-1',
  account,
  resources: { Records: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'data-class', Value: cls }] } } },
});

function shown(id: string, given: Partial<RegisterInput> = {}, stacks: readonly Stack[] = threeSites) {
  const app = application(...stacks);
  const input: RegisterInput = {
    application: app,
    judgement: judge(app, OPTIONS),
    options: OPTIONS,
    judgedOn: '2026-11-22',
    files: [],
    tool: { name: 'enclave', version: '0.0.0' },
    rules: rulesVersion(),
    enclave: ENCLAVE,
    ...given,
  };
  return PROMISES.find((one) => one.id === id)!.look(input);
}

/** The recorded matrix with another answer to some cells. */
const answering = (cell: RegExp, decision: string): readonly MatrixCell[] =>
  RECORDED.cells.map((one) => (cell.test(one.cell) ? { ...one, decision } : one));

const contradicted = (words: string) => ({
  status: 'not shown',
  because: expect.stringMatching(new RegExp(`^contradicted: .*${words}`, 'u')) as string,
});

describe('the access matrix shows', () => {
  test.each(['P8', 'P11', 'P12', 'P14'])('%s of the shipped policies, and nothing when the assembly has none', (id) => {
    expect(shown(id, { matrix: RECORDED.cells }).status).toBe('met');
    expect(shown(id)).toEqual({ status: 'not shown', because: 'the assembly carries no access matrix' });
    expect(shown(id, { matrix: [] }).status).toBe('not shown');
  });

  const allowed = 'allow in 1 of 630 cases; approvals: none or one, privacy; transfer: none; time: within';
  test.each([
    ['P5', 'restricted data for a third country', /^THIRD reads restricted \(raw\)/u, undefined],
    ['P8', 'aggregate data in another form than groups', /^EEA reads aggregate/u, 'EEA reads aggregate (raw)'],
    ['P11', 'data of persons without an approval', /^EEA reads restricted \(raw\)/u, undefined],
    ['P12', 'data of persons abroad without a reason', /^THIRD reads interoperable/u, undefined],
    ['P14', 'more than public data for a blocked country', /^BLOCKED reads aggregate/u, undefined],
  ])('that %s does not hold when it allows %s', (id, _, cell, renamed) => {
    const matrix = answering(cell, allowed).map((one) =>
      renamed !== undefined && cell.test(one.cell) ? { ...one, cell: renamed } : one,
    );
    expect(shown(id, { matrix })).toEqual(contradicted('the access matrix answers "allow'));
  });
});

describe('the proof shows', () => {
  const proven = (change: (slug: string) => 'proved' | 'refuted' | 'nothing' = () => 'proved'): Proven => ({
    report: {
      results: INVARIANTS.map(({ slug, sentence }) => ({
        slug,
        sentence,
        answers: change(slug) === 'nothing' ? [] : [{ verdict: change(slug), scope: 'somewhere' }],
      })),
    } as unknown as ProofReport,
  });

  test.each(['P9', 'P15'])('%s when every invariant it leans on is proved', (id) => {
    expect(shown(id, { proof: proven() }).status).toBe('met');
  });
  test('that a promise does not hold when one of its invariants is refuted, and names it', () => {
    const proof = proven((slug) => (slug === 'only-the-broker-marks-sessions' ? 'refuted' : 'proved'));
    expect(shown('P9', { proof })).toEqual(contradicted('only-the-broker-marks-sessions'));
    expect(shown('P15', { proof }).status).toBe('met');
  });
  test('nothing when an invariant is about nothing in the assembly, when a policy cannot be read, and when none was asked', () => {
    const absent = proven((slug) => (slug === 'auditors-read-no-data' ? 'nothing' : 'proved'));
    expect(shown('P15', { proof: absent })).toEqual({
      status: 'not shown',
      because: 'nothing in the assembly is what auditors-read-no-data is about',
    });
    expect(shown('P9', { proof: { refused: 'Policy X: open parameter' } }).because).toContain('Policy X');
    expect(shown('P9').status).toBe('not shown');
  });
  test('no independence of an auditor outside the EEA', () => {
    const enclave = { ...ENCLAVE, auditor: { name: 'Example Ltd', country: 'GB' } };
    expect(shown('P15', { proof: proven(), enclave })).toEqual(contradicted('GB'));
  });
});

describe('stores outside the sites', () => {
  const auditor = '555555555555';
  const enclave = { ...ENCLAVE, auditor: { ...ENCLAVE.auditor, account: auditor } };

  test('are records in the account of the auditor, and nothing else', () => {
    expect(shown('P3', { enclave }, [...threeSites, bucketAt(auditor, 'audit')])).toEqual({
      status: 'met',
      because: expect.stringContaining('1 of records in the account of the auditor') as string,
    });
    expect(shown('P3', { enclave }, [...threeSites, bucketAt(auditor, 'restricted')])).toEqual(contradicted('Records'));
    expect(shown('P3', { enclave }, [...threeSites, bucketAt('999999999999', 'audit')])).toEqual(
      contradicted('Records'),
    );
    expect(shown('P3', {}, [...threeSites, bucketAt(auditor, 'audit')])).toEqual(contradicted('Records'));
  });
});

describe('migration', () => {
  const until = (sunset: string) => ({ ...ENCLAVE, migration: { sunset, sources: 2 } });

  test('is absent, ends on its day, and contradicts the promise the day after', () => {
    expect(shown('P17').status).toBe('met');
    expect(shown('P17', { enclave: until('2026-11-22') }).status).toBe('met');
    expect(shown('P17', { enclave: until('2026-11-21') })).toEqual(contradicted('ended on 2026-11-21'));
  });
});

describe('costs', () => {
  const tagged = (tags: Json): readonly Stack[] => [
    {
      name: 'dub-1-settings',
      region: 'eu-west-1',
      account: '111111111111',
      resources: { Flag: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'off', Tags: tags } } },
    },
  ];
  test('are allocated by tags in either of the forms CloudFormation takes', () => {
    expect(shown('P19', {}, tagged({ 'cost-centre': '1' })).status).toBe('met');
    expect(shown('P19', {}, tagged([{ Key: 'cost-centre', Value: '1' }])).status).toBe('met');
    expect(shown('P19', {}, tagged({ team: 'a' })).status).toBe('not shown');
  });
});
