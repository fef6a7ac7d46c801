import type { DatasetInput } from '../dataset-schema';

/** Private messages: who wrote to whom, and when. The text never leaves. */
export const messages: DatasetInput = {
  name: 'messages',
  class: 'restricted',
  store: 'messages',
  format: 'jsonl',
  fields: {
    message: { type: 'string', maxLength: 64, treatment: 'drop' },
    conversation: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'conversation' },
    sender: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'person' },
    recipient: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'person' },
    sent: { type: 'instant', treatment: 'generalise', method: 'year' },
    body: { type: 'string', treatment: 'drop' },
    language: { type: 'string', pattern: '[a-z]{2,3}', treatment: 'keep', optional: true },
    address: { type: 'ip', treatment: 'generalise', method: 'ipPrefix', optional: true },
    device: { type: 'string', maxLength: 64, treatment: 'drop', optional: true },
    home: { type: 'string', maxLength: 6, treatment: 'generalise', method: 'country' },
    characters: { type: 'integer', min: 0, max: 65_536, treatment: 'keep' },
    edited: { type: 'boolean', treatment: 'keep' },
  },
  table: { person: 'sender', groupBy: ['home', 'language'], sums: [{ field: 'characters', lower: 0, upper: 10_000 }] },
};
