/**
 * One record per decision, allow and deny. It says who, what, why and how much, and never a value of the data: every
 * field is an identifier from a closed list or register, a number, or a time.
 */
import { z } from 'zod';
import { moment, personId, registeredName } from '../decision/facts';
import { FORMS } from '../decision/obligations';
import { dataClass } from '../settings';
import { ZONES } from '../zones/requester-zone';

/** Changes when a reader of older records would misread newer ones. */
export const AUDIT_SCHEMA = 'eea-enclave.gateway.decision/1';

/** Where in the flow the decision was made. */
export const STAGES = [
  'authoriser',
  'request',
  'pre-check',
  'approval',
  'grant',
  'broker',
  'data-plane',
  'kill-switch',
  'revocation',
  'export',
] as const;
export type Stage = (typeof STAGES)[number];

const count = z.int().min(0);
/** Policy id or code of the gateway: lower-case words. */
const code = z.string().regex(/^[a-z][a-z0-9.-]{1,63}$/);

export const auditRecordSchema = z.strictObject({
  schema: z.literal(AUDIT_SCHEMA),
  id: z.uuid(),
  /** Milliseconds since 1970. */
  at: moment,
  site: z.string().regex(/^[a-z]+-\d+$/),
  stage: z.enum(STAGES),
  outcome: z.enum(['allow', 'deny']),
  reasons: z.array(code).max(40),
  policies: z.array(code).max(40),
  policyHash: z.string().regex(/^[0-9a-f]{64}$/),
  engine: z.enum(['cedar-wasm', 'verified-permissions']),
  /** Absent where the caller is not known to be anybody. */
  person: personId.optional(),
  zone: z.enum(ZONES).optional(),
  role: registeredName.optional(),
  requestId: z.uuid().optional(),
  grantId: z.uuid().optional(),
  accessId: z.uuid().optional(),
  dataset: registeredName.optional(),
  class: dataClass.optional(),
  purpose: registeredName.optional(),
  transfer: registeredName.optional(),
  assessment: z.string().min(1).max(64).optional(),
  form: z.enum(FORMS).optional(),
  minimumGroup: count.optional(),
  noise: z.boolean().optional(),
  sessionSeconds: count.optional(),
  counts: z
    .strictObject({ rows: count, bytes: count, quarantined: count, suppressed: count, truncated: z.boolean() })
    .optional(),
  /** Name of what left under a transfer, without the transfer and the month: a hash, in which no word of the data is. */
  output: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Size of what was asked, in bytes; the text itself is never kept. */
  requestBytes: count.optional(),
  /** State of the kill switch after the decision, at its stage. */
  access: z.enum(['on', 'off']).optional(),
});

export type AuditRecord = z.output<typeof auditRecordSchema>;
/** What a stage knows; the recorder adds identity, time and place. */
export type AuditFacts = Omit<AuditRecord, 'schema' | 'id' | 'at' | 'site' | 'engine' | 'policyHash'>;
