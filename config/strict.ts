import { z } from 'zod';

/** An object that refuses unknown keys and names the known ones. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not a key of the configuration; known keys here: ${Object.keys(shape).join(', ')}`
        : undefined,
  });
}
