import type { DatasetInput } from '../dataset-schema';

/** Account records: who the users are. */
export const records: DatasetInput = {
  name: 'records',
  class: 'restricted',
  store: 'records',
  format: 'csv',
  fields: {
    person: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'person' },
    email: { type: 'string', maxLength: 320, treatment: 'pseudonymise', identifier: 'email', form: 'caseless' },
    phone: { type: 'string', maxLength: 32, treatment: 'drop', optional: true },
    fullName: { type: 'string', maxLength: 200, treatment: 'drop' },
    born: { type: 'date', treatment: 'generalise', method: 'ageBand', years: 10 },
    home: { type: 'string', maxLength: 6, treatment: 'generalise', method: 'country' },
    postcode: {
      type: 'string',
      maxLength: 12,
      treatment: 'generalise',
      method: 'postcodePrefix',
      characters: 2,
      optional: true,
    },
    lastAddress: { type: 'ip', treatment: 'generalise', method: 'ipPrefix', optional: true },
    joined: { type: 'date', treatment: 'generalise', method: 'year' },
    balance: { type: 'integer', treatment: 'generalise', method: 'bucket', width: 100, optional: true },
    verified: { type: 'boolean', treatment: 'keep' },
    plan: { type: 'string', oneOf: ['free', 'plus', 'family'], treatment: 'keep' },
  },
  table: { person: 'person', groupBy: ['home', 'born'], sums: [] },
};
