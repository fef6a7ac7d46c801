import type { DatasetInput } from '../dataset-schema';

/** One line per person and day of use, from which usage tables are counted. Only the table is for others. */
export const statistics: DatasetInput = {
  name: 'statistics',
  class: 'aggregate',
  store: 'statistics',
  format: 'jsonl',
  fields: {
    person: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'person' },
    day: { type: 'date', treatment: 'generalise', method: 'year' },
    home: { type: 'string', maxLength: 6, treatment: 'generalise', method: 'country' },
    age: { type: 'integer', min: 0, max: 150, treatment: 'generalise', method: 'ageBand', years: 10 },
    minutes: { type: 'integer', min: 0, max: 1_440, treatment: 'keep' },
  },
  table: { person: 'person', groupBy: ['home', 'age'], sums: [{ field: 'minutes', lower: 0, upper: 1_440 }] },
};
