import type { DatasetInput } from '../dataset-schema';

/** Public pages: names are shown because their owners publish under them. */
export const published: DatasetInput = {
  name: 'published',
  class: 'public',
  store: 'published',
  format: 'jsonl',
  fields: {
    page: { type: 'string', pattern: '[a-z0-9][a-z0-9/-]{0,199}', treatment: 'keep' },
    owner: { type: 'string', maxLength: 100, treatment: 'keep', freeText: true },
    title: { type: 'string', maxLength: 300, treatment: 'keep', freeText: true },
    published: { type: 'instant', treatment: 'keep' },
    editor: { type: 'string', maxLength: 64, treatment: 'drop' },
  },
};
