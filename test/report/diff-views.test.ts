/** The forms of a difference say the same, and the one for pull requests fits into a comment however large the change. */
import type { Log } from 'sarif';
import { COMMENT_MARK, DIFF_VIEWS } from '../../lib/report/diff';
import type { DiffRow, DiffView, ResidencyDiff } from '../../lib/report/diff';
import { LONDON, shop } from '../diff/shop';
import { compare, side } from '../diff/sides';

const OPTIONS = { colour: false, version: '1.2.3' };
const small = compare(side(shop()), side([shop(), LONDON]));
const show = (view: DiffView, difference: ResidencyDiff = small): string => DIFF_VIEWS[view](difference, OPTIONS);

/** A difference with many rows of every kind, and long names. */
function large(count: number): ResidencyDiff {
  const [row] = small.rows;
  const rows = Array.from({ length: count }, (_, index): DiffRow => {
    const effect = (['widens', 'narrows', 'neutral'] as const)[index % 3]!;
    const section = (['flows', 'stores', 'policies', 'keys'] as const)[index % 4]!;
    return { ...row!, effect, section, subject: `stack-${index}/${'Long|Name@'.repeat(60)}`, fingerprint: `f${index}` };
  });
  return {
    ...small,
    rows,
    renamings: rows.map(({ subject }) => ({ type: 'T', before: subject, after: subject, by: 'x' })),
  };
}

test.each(Object.keys(DIFF_VIEWS) as DiffView[])(
  '%s names what widens, where and its fingerprint, and ends in one line break',
  (view) => {
    const shown = show(view);
    for (const words of ['london/Copy', 'United Kingdom', small.rows[0]!.fingerprint]) expect(shown).toContain(words);
    expect(shown.endsWith('\n')).toBe(true);
    expect(shown.endsWith('\n\n')).toBe(false);
  },
);

test('text ends in the verdict word and what it means', () => {
  expect(show('text').trimEnd().split('\n').at(-1)).toMatch(/^residencyWidened: /);
});

describe('markdown', () => {
  test('begins with the verdict, after a mark by which a workflow finds its comment', () => {
    expect(show('markdown').split('\n').slice(0, 2)).toEqual([COMMENT_MARK, '## residencyWidened']);
  });
  test.each([0, 1, 50, 100, 200, 1_000, 50_000])(
    'with %i rows it is shorter than GitHub’s 65,536 characters',
    (count) => {
      const shown = show('markdown', large(count));
      expect(shown.length).toBeLessThan(65_536);
      expect((shown.match(/<details>/g) ?? []).length).toBe((shown.match(/<\/details>/g) ?? []).length);
    },
  );
  test('what had no room is counted, and every row is shown or counted', () => {
    const shown = show('markdown', large(1_000));
    const left = /Left out for want of room:\*\* (.*?)\. The JSON/.exec(shown)?.[1] ?? '';
    const missing = [...left.matchAll(/(\d+) of /g)].reduce((sum, [, count]) => sum + Number(count), 0);
    const rows = shown.split('\n').filter((line) => /^\| .*stack-\d+\//.test(line)).length;
    expect(rows).toBeGreaterThan(20);
    expect(rows + missing).toBe(2_000);
  });
  test('a small difference leaves nothing out', () => {
    expect(show('markdown')).not.toContain('Left out');
  });
  test('names can neither leave their cell nor call a person', () => {
    const name = 'a|b\n`c` @someone <img src=x>';
    const shown = show('markdown', { ...small, rows: [{ ...small.rows[0]!, subject: name }] });
    expect(shown).not.toMatch(/@someone|(?<!\\)<img/);
    expect(shown.split('\n').filter((line) => line.includes('someone'))).toHaveLength(1);
  });
});

describe('sarif', () => {
  test('has a result for each widening and none for the rest', () => {
    const log = JSON.parse(show('sarif')) as Log;
    expect(log.runs[0]!.results).toMatchObject([
      {
        ruleId: 'residency-widened-flows',
        level: 'error',
        baselineState: 'new',
        partialFingerprints: { 'residencyChange/v1': small.rows[0]!.fingerprint },
      },
    ]);
  });
  test('of a covered widening says by what', () => {
    const covered = { ...small, rows: [{ ...small.rows[0]!, covered: 'transfer T-1' }] };
    expect((JSON.parse(show('sarif', covered)) as Log).runs[0]!.results![0]!.suppressions).toEqual([
      { kind: 'external', justification: 'transfer T-1' },
    ]);
  });
});

test('json has every row of a difference of a thousand', () => {
  expect((JSON.parse(show('json', large(1_000))) as ResidencyDiff).rows).toHaveLength(1_000);
});
