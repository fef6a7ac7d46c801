/** What callers may send, and nothing more: an unknown key is refused, so no request can bring attributes along. */
import { z } from 'zod';
import { moment, registeredName } from '../decision/facts';
import { objectName } from './object-name';

/** In every body: a value used once, and the caller's time. */
const once = { nonce: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/), issuedAt: moment };

export const requestBody = z.strictObject({
  ...once,
  dataset: registeredName,
  class: registeredName,
  purpose: registeredName,
  ticket: registeredName,
  seconds: z.int().min(900).max(86_400),
  transfer: registeredName.optional(),
});

export const approvalBody = z.strictObject({ ...once, requestId: z.uuid(), approve: z.boolean() });

export const accessBody = z.strictObject({
  ...once,
  grantId: z.uuid().optional(),
  dataset: registeredName,
  class: registeredName,
  purpose: registeredName,
  object: objectName,
});

export const dataBody = z.strictObject({ ...once, accessId: z.uuid() });

export const revocationBody = z.strictObject({ ...once, grantId: z.uuid() });

export const switchBody = z.strictObject({ ...once, access: z.enum(['on', 'off']) });
