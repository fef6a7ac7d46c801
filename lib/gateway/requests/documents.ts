/** The documents of the flow, as the ledger keeps them. */
import { z } from 'zod';
import { approvalSchema, grantSchema, moment, personId, registeredName } from '../decision/facts';
import { dataClass } from '../settings';
import type { Kind } from '../ports/ledger';
import { objectName } from './object-name';

const accessRequestSchema = z.strictObject({
  id: z.uuid(),
  requester: personId,
  /** Everyone above the requester when they asked. */
  managers: z.array(personId).max(40),
  dataset: registeredName,
  class: dataClass,
  purpose: registeredName,
  transfer: registeredName.optional(),
  /** Case or incident this serves; a reference, never text about people. */
  ticket: registeredName,
  seconds: z.int().min(900).max(86_400),
  /** Country of the network it came through. */
  network: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  state: z.enum(['open', 'approved', 'refused', 'granted']),
  askedAt: moment,
  /** Until when approvals count. */
  decideBy: moment,
  approvals: z.array(approvalSchema).max(10),
  /** Of the workflow that waits; set once. */
  taskToken: z.string().min(1).max(2_048).optional(),
});
export type AccessRequest = z.output<typeof accessRequestSchema>;

const accessTicketSchema = z.strictObject({
  id: z.uuid(),
  person: personId,
  grantId: z.uuid().optional(),
  dataset: registeredName,
  class: dataClass,
  purpose: registeredName,
  object: objectName,
  issuedAt: moment,
  expiresAt: moment,
  state: z.enum(['issued', 'used']),
});
export type AccessTicket = z.output<typeof accessTicketSchema>;

export const REQUEST: Kind<AccessRequest> = { name: 'request', schema: accessRequestSchema };
export const GRANT: Kind<z.output<typeof grantSchema>> = { name: 'grant', schema: grantSchema };
export const TICKET: Kind<AccessTicket> = { name: 'ticket', schema: accessTicketSchema };
/** Which single-use values a person has used. */
export const NONCE: Kind<{ at: number }> = { name: 'nonce', schema: z.strictObject({ at: moment }) };
