import type { DatasetInput } from '../dataset-schema';

/** What users say to everybody: posts, and reactions to them, as other services need them to show them. */
export const social: DatasetInput = {
  name: 'social',
  class: 'interoperable',
  store: 'social',
  format: 'jsonl',
  fields: {
    post: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'post' },
    author: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'person' },
    replyTo: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'post', optional: true },
    published: { type: 'instant', treatment: 'keep' },
    text: { type: 'string', maxLength: 10_000, treatment: 'keep', freeText: true },
    language: { type: 'string', pattern: '[a-z]{2,3}', treatment: 'keep', optional: true },
    likes: { type: 'integer', min: 0, treatment: 'keep' },
    home: { type: 'string', maxLength: 6, treatment: 'generalise', method: 'country' },
    address: { type: 'ip', treatment: 'drop', optional: true },
  },
  table: { person: 'author', groupBy: ['home', 'language'], sums: [{ field: 'likes', lower: 0, upper: 1_000 }] },
};
