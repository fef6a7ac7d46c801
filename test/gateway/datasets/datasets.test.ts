import { datasets as shipped } from '../../../config/datasets';
import type { DatasetInput } from '../../../config/dataset-schema';
import { enclave } from '../../../config/enclave';
import { ConfigurationError } from '../../../config/parse';
import { parseDatasets } from '../../../config/registers';
import { schemaHash } from '../../../lib/gateway/datasets';
import type { Dataset } from '../../../lib/gateway/datasets';

const base: DatasetInput = {
  name: 'visits',
  class: 'restricted',
  store: 'media',
  format: 'jsonl',
  fields: {
    person: { type: 'string', treatment: 'pseudonymise', identifier: 'person' },
    country: { type: 'string', treatment: 'generalise', method: 'country' },
    note: { type: 'string', treatment: 'drop' },
  },
};

function linesOf(...given: unknown[]): readonly string[] {
  try {
    parseDatasets(given, enclave.stores);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.lines;
    throw error;
  }
}

const withField = (field: unknown) => ({ ...base, fields: { ...base.fields, extra: field } });

test('every shipped dataset is in order, and is what the run-time code takes', () => {
  const parsed: readonly Dataset[] = parseDatasets(shipped, enclave.stores);
  expect(parsed.map(({ name }) => name)).toEqual(['media', 'records', 'messages', 'social', 'published', 'statistics']);
});

test('a shipped restricted dataset keeps no free text and no exact address, day of birth or e-mail', () => {
  const kept = shipped
    .filter((dataset) => dataset.class === 'restricted')
    .flatMap((dataset) => Object.values(dataset.fields).filter((field) => field.treatment === 'keep'));
  expect(kept.length).toBeGreaterThan(5);
  for (const field of kept) {
    expect(['string', 'integer', 'boolean']).toContain(field.type);
    if (field.type === 'string') expect(field.oneOf ?? field.pattern).toBeDefined();
  }
});

test.each<[string, unknown, RegExp]>([
  ['an unknown treatment', withField({ type: 'string', treatment: 'encrypt' }), /is no treatment; choose drop, keep/],
  ['an unknown method', withField({ type: 'string', treatment: 'generalise', method: 'mask' }), /fields\.extra/],
  ['an unknown key', withField({ type: 'string', treatment: 'drop', salt: 'x' }), /salt/],
  [
    'a kind that a method does not take',
    withField({ type: 'string', treatment: 'generalise', method: 'ipPrefix' }),
    /fields\.extra/,
  ],
  [
    'a number as identifier',
    withField({ type: 'number', treatment: 'pseudonymise', identifier: 'person' }),
    /fields\.extra/,
  ],
  ['an address that is kept', withField({ type: 'ip', treatment: 'keep' }), /fields\.extra/],
  [
    'kept text that may hold anything',
    withField({ type: 'string', treatment: 'keep' }),
    /keeps text that may hold anything/,
  ],
  [
    'free text of a restricted dataset',
    withField({ type: 'string', treatment: 'keep', freeText: true }),
    /never kept in a restricted/,
  ],
  [
    'a pattern that does not compile',
    withField({ type: 'string', treatment: 'keep', pattern: '(' }),
    /no regular expression/,
  ],
  [
    'a pattern that may run for ever',
    withField({ type: 'string', treatment: 'keep', pattern: '(a+)+' }),
    /repeats a repetition/,
  ],
  [
    'a field name every object has',
    { ...base, fields: { ...base.fields, constructor: { type: 'ip', treatment: 'drop' } } },
    /every object has/,
  ],
  ['a store that is not there', { ...base, store: 'elsewhere' }, /which is no store/],
  ['a class that is not the store’s', { ...base, class: 'public' }, /store media holds restricted data/],
  [
    'a table whose persons are not pseudonymised',
    { ...base, table: { person: 'note', groupBy: ['country'], sums: [] } },
    /whose record it is/,
  ],
  [
    'a table grouped by a pseudonym',
    { ...base, table: { person: 'person', groupBy: ['person'], sums: [] } },
    /group by one of those/,
  ],
])('%s is refused in one line that says where', (_, given, line) => {
  const lines = linesOf(given);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('\n')).toMatch(line);
  for (const each of lines) expect(each).toMatch(/^config\/datasets: /);
});

test('two datasets of one name are refused', () => {
  expect(linesOf(base, base)).toEqual(['config/datasets: visits: is the name of two datasets; each has its own']);
});

test('the fingerprint of a schema does not depend on the order of its keys and changes with its content', () => {
  const turned = Object.fromEntries(Object.entries(base).reverse());
  expect(schemaHash(turned)).toBe(schemaHash(base));
  expect(schemaHash({ ...base, store: 'records' })).not.toBe(schemaHash(base));
});
