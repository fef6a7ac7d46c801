/**
 * The scheduled attestation. It asks AWS in every Region, which no isolated subnet can: the judge cannot know where a
 * function outside the enclave's networks connects, so whoever switches it on registers that one flow as an exception.
 */
import { z } from 'zod';
import { strict } from './strict';

const sentence = z.string().min(10, 'is too short to say anything; write a sentence');
const party = z.string().min(3, 'names nobody; write the team, person or board');

const waiver = strict({
  /** Of the flow, as `cdk synth` prints it. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/, 'is no fingerprint; copy the one that cdk synth prints'),
  owner: party,
  /** Another than the owner. */
  approver: party,
  reason: sentence,
  legalBasis: sentence,
  expires: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'is no date; write it like "2027-06-30"'),
}).refine(({ owner, approver }) => owner !== approver, {
  path: ['approver'],
  message: 'is the owner too; nobody approves an exception for themselves',
});

export const attestationSchema = strict({
  /** Time of day, UTC, at which what runs is compared with what was declared. */
  dailyAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day; write it in UTC like "03:20"'),
  waiver,
});
