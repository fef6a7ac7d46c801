import type { DatasetInput } from '../dataset-schema';

/** Index of private photographs and videos: the files themselves are in no dataset and never leave. */
export const media: DatasetInput = {
  name: 'media',
  class: 'restricted',
  store: 'media',
  format: 'parquet',
  fields: {
    item: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'media-item' },
    owner: { type: 'string', maxLength: 64, treatment: 'pseudonymise', identifier: 'person' },
    objectKey: { type: 'string', maxLength: 1024, treatment: 'drop' },
    title: { type: 'string', treatment: 'drop', optional: true },
    kind: { type: 'string', oneOf: ['photo', 'video', 'audio'], treatment: 'keep' },
    bytes: { type: 'integer', min: 0, treatment: 'generalise', method: 'bucket', width: 1_000_000 },
    seconds: { type: 'integer', min: 0, max: 86_400, treatment: 'keep', optional: true },
    taken: { type: 'instant', treatment: 'generalise', method: 'year', optional: true },
    place: { type: 'string', maxLength: 6, treatment: 'generalise', method: 'country', optional: true },
    latitude: { type: 'number', min: -90, max: 90, treatment: 'drop', optional: true },
    longitude: { type: 'number', min: -180, max: 180, treatment: 'drop', optional: true },
  },
  table: { person: 'owner', groupBy: ['kind', 'place'], sums: [{ field: 'seconds', lower: 0, upper: 3_600 }] },
};
