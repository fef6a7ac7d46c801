/** What a decision is made from. Everything about a person comes from the directory, everything about data from registers. */
import { z } from 'zod';
import { dataClass } from '../settings';
import { ZONES } from '../zones/requester-zone';
import type { RequesterCountries } from '../zones/requester-zone';

/** Id of a person: what AWS STS accepts as a source identity, in lower case. */
export const personId = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/);
/** Name of a dataset, purpose, role or register row. */
export const registeredName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/i);
/** Milliseconds since 1970, up to the year 2100. */
export const moment = z.int().min(0).max(4_102_444_800_000);

const country = z.string().regex(/^[A-Z]{2}$/);

/** A person as the directory of people knows them. */
export const personSchema = z.strictObject({
  id: personId,
  role: registeredName,
  active: z.boolean(),
  /** Country of the contract, and of the entity that employs; absent: not known, which blocks. */
  contract: country.optional(),
  employer: country.optional(),
  /** Everyone above, nearest first. */
  managers: z.array(personId).max(40),
});
export type Person = z.output<typeof personSchema>;

/** Who asks, and from where. */
export interface Requester extends Omit<Person, 'contract' | 'employer'> {
  readonly countries: RequesterCountries;
}

/** A person as requester, with the network they come through. */
export function requesterFrom({ contract, employer, ...person }: Person, network: string | undefined): Requester {
  return { ...person, countries: { contract, employer, network } };
}

/** One approval, with what the approver was at that moment. */
export const approvalSchema = z.strictObject({
  approver: personId,
  role: registeredName,
  zone: z.enum(ZONES),
  managers: z.array(personId).max(40),
  at: moment,
});
export type Approval = z.output<typeof approvalSchema>;

/** What somebody was granted. */
export const grantSchema = z.strictObject({
  id: z.uuid(),
  holder: personId,
  dataset: registeredName,
  class: dataClass,
  purpose: registeredName,
  approvals: z.array(approvalSchema).max(10),
  notBefore: moment,
  expiresAt: moment,
  revoked: z.boolean(),
  /** Row of the transfer register the grant rests on. */
  transfer: registeredName.optional(),
});
export type Grant = z.output<typeof grantSchema>;

/** A dataset as registered: the class comes from here, never from a request. */
export const datasetSchema = z.strictObject({
  id: registeredName,
  class: dataClass,
  /** ARN of the access point (or name of the bucket) that holds it; of the table, where it lies in one. */
  source: z.string().min(3).max(300),
  /** Beginning of the keys of its objects, ending with a slash; empty: the whole bucket. */
  prefix: z.string().regex(/^([A-Za-z0-9][A-Za-z0-9._-]*\/)*$/),
  /** Only where it lies in a table: the attribute one value of which is asked for, in the place of an object. */
  partitionKey: z.string().min(1).max(255).optional(),
});
export type Dataset = z.output<typeof datasetSchema>;

/** A row of the transfer register, as far as decisions need it. */
export const transferSchema = z.strictObject({
  id: registeredName,
  dataset: registeredName,
  class: dataClass,
  zone: z.enum(ZONES),
  expiresAt: moment,
  assessment: z.string().min(1).max(64).optional(),
});
export type RegisteredTransfer = z.output<typeof transferSchema>;

/** What the kill switch says; unreadable is off. */
export type Access = 'on' | 'off' | 'unreadable';
