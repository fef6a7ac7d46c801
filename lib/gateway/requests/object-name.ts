/** Name of an object inside its dataset: folders and a file, nothing that climbs. */
import { z } from 'zod';

export const objectName = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9_=][A-Za-z0-9._=-]*(\/[A-Za-z0-9_=][A-Za-z0-9._=-]*)*$/);
