/** `data/index.json` is written from the rows; one that lags behind would hide a row and the actions it names. */
import { allRows } from '../../lib/catalogue';
import { indexOf, rowIndex } from '../../lib/catalogue/row-index';

test('the index of the rows is that of the rows: npm run catalogue:lock -- --write', () => {
  expect(rowIndex()).toEqual(indexOf(allRows()));
});

test('an action is found at the first row that names it, and a row that no permission opens at its slug alone', () => {
  const rows = [
    {
      slug: 'one',
      type: 'A',
      defences: { permission: { actions: [{ action: 's:Get', authorisedIn: 'source' as const }] } },
    },
    {
      slug: 'two',
      type: 'B',
      defences: { permission: { actions: [{ action: 's:Get', authorisedIn: 'source' as const }] } },
    },
    { slug: 'three', type: 'B', defences: { permission: { none: 'no call opens it' } } },
  ].map((own) => ({ ...allRows()[0]!, ...own, defences: { ...allRows()[0]!.defences, ...own.defences } }));
  expect(indexOf(rows)).toEqual({ slugs: { one: 'A', two: 'B', three: 'B' }, actions: { 's:Get': 'one' } });
});
