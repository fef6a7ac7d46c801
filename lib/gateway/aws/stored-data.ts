/** Stored data wherever a dataset lies: objects in buckets, items in tables. */
import type { Objects } from '../ports/objects';

/** Reads a table where the place has a partition key, and an object where it has none. */
export const storedData = (objects: Objects, items: Objects): Objects => ({
  read: (place, session) => (place.partitionKey === undefined ? objects : items).read(place, session),
});
