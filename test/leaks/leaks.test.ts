/** Every way out in every way of writing: what leaves is convicted, what stays is left alone. */
import { allRows, propertyIsKnown, verdictOf } from '../../lib/catalogue';
import { corpus } from './cases';
import { CHANNELS, CROSS_REGION, NO_WAY_OUT, cataloguePath } from './channels';
import { judgedCases, leavingSentence, stayingSentence, wording } from './court';
import { LEAVING, STAYING } from './places';
import { WRITINGS } from './writings';

const { cases, skipped } = corpus();
const leaving = judgedCases(cases, 'leaving');
const staying = judgedCases(cases, 'staying');

test('every combination that makes no sense is skipped for a stated reason', () => {
  const total = skipped.reduce((sum, { count }) => sum + count, 0);
  const table = skipped.map(({ reason, count }) => `${String(count).padStart(6)}  ${reason}`);
  process.stdout.write(
    `leak corpus: ${cases.length} cases in twins of ${CHANNELS.length} channels and ${WRITINGS.length} writings; ${total} combinations skipped\n${table.join('\n')}\n`,
  );
  expect(cases.length + total).toBe(CHANNELS.length * WRITINGS.length);
  expect(skipped.filter(({ reason }) => reason.trim() === '')).toEqual([]);
});

test('every place that is out and every place that is in is somebody’s destination in every way of writing', () => {
  for (const { slug } of WRITINGS) {
    const of = cases.filter(({ writing }) => writing.slug === slug);
    if (of.length < LEAVING.length) continue;
    expect([slug, [...new Set(of.map((one) => one.leaving.region))].sort()]).toEqual([slug, [...LEAVING].sort()]);
    expect([slug, [...new Set(of.map((one) => one.staying.region))].sort()]).toEqual([slug, [...STAYING].sort()]);
  }
});

describe.each(WRITINGS.map(({ slug, words }) => [words, slug]))('written %s', (_words, slug) => {
  const own = cases.filter(({ writing }) => writing.slug === slug);
  const judgedBy = (sentence: typeof leavingSentence, found: typeof leaving): readonly string[] =>
    own
      .map((one) => sentence(one, found.get(one)!))
      .filter(({ expected, got }) => expected !== got)
      .map(wording);

  test('there are cases', () => expect(own.length).toBeGreaterThan(0));
  test('what leaves gets the verdict it must get, on the resource that leaks', () =>
    expect(judgedBy(leavingSentence, leaving)).toEqual([]));
  test('what stays is silent', () => expect(judgedBy(stayingSentence, staying)).toEqual([]));
});

describe('the corpus is complete', () => {
  const tried = new Set(CHANNELS.map(({ type, path }) => `${type} ${cataloguePath(path)}`));

  test('every cross-Region property of the table is tried', () => {
    const table = Object.entries(CROSS_REGION).flatMap(([type, ways]) =>
      ways.flatMap(({ paths }) => paths.map((path) => `${type} ${cataloguePath(path)}`)),
    );
    expect(table.length).toBeGreaterThanOrEqual(350);
    expect(table.filter((one) => !tried.has(one))).toEqual([]);
  });
  test('no channel is tried under two names', () => {
    const slugs = CHANNELS.map(({ slug }) => slug);
    expect(slugs).toEqual([...new Set(slugs)]);
  });
  test('every property of the table is known to the catalogue', () => {
    const unknown = CHANNELS.filter(
      ({ type, path }) => verdictOf(type) === undefined || !propertyIsKnown(type, cataloguePath(path)),
    );
    expect(unknown.map(({ type, path }) => `${type} ${path}`)).toEqual([]);
  });
  test('what looks like a way out and is none is known to the catalogue as such', () => {
    for (const { type, path, reason } of NO_WAY_OUT)
      expect([reason, propertyIsKnown(type, path)]).toEqual([reason, true]);
  });
  test('every row of the catalogue that copies data or keys to another Region has a channel here', () => {
    const evaluators = new Set(['regionLiteral', 'replicasCovered', 'stackRegion', 'bedrockProfile', 'geoLiteral']);
    const missing = allRows().filter(
      ({ type, channel, evaluator, paths }) =>
        !type.startsWith('Custom::') &&
        ['replication', 'backup-copy'].includes(channel) &&
        evaluators.has(evaluator) &&
        !paths.some((path) => tried.has(`${type} ${cataloguePath(path)}`)),
    );
    expect(missing.map(({ type, slug }) => `${type} ${slug}`)).toEqual([]);
  });
});
