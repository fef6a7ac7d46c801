import { ledgerOf } from '../../lib/migration/ledger';
import type { Brought } from '../../lib/migration/ledger';
import { manifestText, readManifest } from '../../lib/migration/manifest';
import type { ListedObject, Manifest } from '../../lib/migration/manifest';

const ABOUT = { site: 'dub-1', sunset: '2027-03-31', day: '2026-11-22' };
const object = (key: string, size = 3, checksum = 'SHA256:YWJj'): ListedObject => ({ key, size, checksum });
const manifest = (objects: readonly ListedObject[], rest: Partial<Manifest> = {}): Manifest => ({
  bucket: 'legacy',
  region: 'us-east-1',
  readAt: '2026-11-20T10:00:00.000Z',
  state: 'present',
  versions: objects.length,
  objects,
  ...rest,
});
const arrived = (objects: readonly ListedObject[]): Manifest =>
  manifest(objects, { bucket: 'enclave-dub-1-media-111122223333', region: 'eu-west-1' });
const gone = manifest([], { readAt: '2026-11-21T10:00:00.000Z', state: 'absent' });
const brought = (source: readonly ListedObject[], there: readonly ListedObject[], after?: Manifest): Brought => ({
  id: 'usvideos',
  source: manifest(source),
  arrived: arrived(there),
  ...(after ? { after } : {}),
});
const verdictOf = (one: Brought, rows: Parameters<typeof ledgerOf>[2] = []) => ledgerOf(ABOUT, [one], rows);

describe('the migration ledger', () => {
  test('is complete only when every object arrived unchanged, every row was counted and the source is gone', () => {
    const same = [object('a'), object('b')];
    const rows = [{ table: 'public.people', source: 7, arrived: 7 }];
    expect(verdictOf(brought(same, same, gone), rows).verdict).toBe('complete');
    expect(verdictOf(brought(same, same), rows).verdict).toBe('arrived');
    expect(verdictOf(brought(same, same, gone), [{ ...rows[0]!, arrived: 6 }]).verdict).toBe('incomplete');
    expect(ledgerOf(ABOUT, [], []).verdict).toBe('incomplete');
  });

  test.each<[string, ListedObject | undefined, string]>([
    ['did not arrive', undefined, 'missing'],
    ['arrived with another size', object('a', 4), 'different'],
    ['arrived with other bytes of the same size', object('a', 3, 'SHA256:eHl6'), 'different'],
    ['was checked with another algorithm', object('a', 3, 'CRC32:YWJj'), 'unproven'],
    ['has no checksum of the whole object', { key: 'a', size: 3 }, 'unproven'],
  ])('does not take an object for the same that %s', (_, there, verdict) => {
    const ledger = verdictOf(brought([object('a'), object('b')], [...(there ? [there] : []), object('b')], gone));
    expect(ledger.verdict).toBe('incomplete');
    expect(ledger.objects[0]!.counts).toEqual({ same: 1, missing: 0, different: 0, unproven: 0, [verdict]: 1 });
    expect(ledger.objects[0]!.notSame).toMatchObject([{ key: 'a', verdict }]);
  });

  test('says how many objects arrived that the source never listed', () => {
    expect(verdictOf(brought([object('a')], [object('a'), object('z')])).objects[0]!.added).toBe(1);
  });

  test.each<[string, Manifest | undefined, string]>([
    ['absent', gone, 'gone'],
    ['empty of every version', { ...gone, state: 'present', versions: 0 }, 'gone'],
    ['holding old versions', { ...gone, state: 'present', versions: 3 }, 'stands'],
    ['another bucket', { ...gone, bucket: 'other' }, 'unseen'],
    ['read before it was migrated', { ...gone, readAt: '2026-11-19T10:00:00.000Z' }, 'unseen'],
    ['never read again', undefined, 'unseen'],
  ])('judges a source that is %s', (_, after, verdict) => {
    expect(verdictOf(brought([object('a')], [object('a')], after)).decommissions).toMatchObject([{ verdict }]);
  });
});

describe('a manifest', () => {
  test('is read as it was written, sorted by key', () => {
    const written = manifestText(manifest([object('b'), object('a')]));
    const read = readManifest(written) as Manifest;
    expect(read.objects.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(manifestText(read)).toBe(written);
  });

  test.each([
    ['', 'line 1: is no head'],
    ['{"bucket":"x"}', 'line 1: is no head'],
    [manifestText(manifest([])) + 'nonsense\n', 'line 2: is no JSON'],
    [manifestText(manifest([])) + '{"key":"a","size":-1}\n', 'line 2: is no object'],
    [manifestText(manifest([])) + '{"key":"a","size":1,"checksum":"MD5:x"}\n', 'line 2: is no object'],
    [manifestText(manifest([object('a'), object('a')])), 'line 3: names "a" a second time'],
  ])('that is damaged is refused with its line (%#)', (text, why) => {
    expect(readManifest(text)).toContain(why);
  });
});
