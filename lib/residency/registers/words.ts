/** Words shared by the registers: what an account, a date or a Region looks like in a file. */
import { z } from 'zod';
import { findCountry, findRegion } from '../../geo';
import { DATA_CLASSES } from '../model';

export const accountId = z
  .union([z.string(), z.number()])
  .transform((id) => (typeof id === 'number' ? String(id).padStart(12, '0') : id))
  .pipe(z.string().regex(/^\d{12}$/, 'an account id has 12 digits'));

export const regionName = z
  .string()
  .refine((name) => findRegion(name) !== undefined, 'not a Region this version knows');

export const countryCode = z
  .string()
  .refine((code) => findCountry(code) !== undefined, 'not the two-letter code of a country in the table');

/** An ISO date, kept as text; YAML hands unquoted dates over as text too when read with the core schema. */
export const isoDate = z.union([z.string(), z.date().transform((date) => date.toISOString().slice(0, 10))]).pipe(
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD')
    .refine((text) => {
      const time = Date.parse(`${text}T00:00:00Z`);
      return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
    }, 'not a day of the calendar'),
);

export const dataClass = z.enum(DATA_CLASSES);

export const sentence = z.string().trim().min(1, 'must not be empty');
