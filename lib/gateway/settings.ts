/** What the gateway is told by its configuration, checked strictly at synth and again where it runs. */
import { z } from 'zod';

const CLASSES = ['restricted', 'interoperable', 'public', 'aggregate'] as const;
export const dataClass = z.enum(CLASSES);
export type DataClass = z.output<typeof dataClass>;

const name = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const seconds = (least: number, most: number) => z.int().min(least).max(most);

const settingsSchema = z.strictObject({
  /** The closed list of purposes; `group` separates pseudonyms, `text` is shown to people. */
  purposes: z.array(z.strictObject({ id: name, group: name, text: z.string().min(10).max(200) })).min(1),
  /** Which classes people of a role may ask for. */
  roles: z.array(z.strictObject({ id: name, cleared: z.array(dataClass) })).min(1),
  /** Roles whose people may approve requests. */
  approverRoles: z.array(name).min(1),
  answers: z.strictObject({
    /** Least number of persons in a group that is shown. */
    minimumGroup: z.int().min(2).max(10_000),
    maxRows: z.int().min(1).max(10_000),
    maxBytes: z.int().min(1_024).max(4_194_304),
  }),
  /** Longest session; AWS STS issues none under 900 seconds and no chained one over an hour. */
  sessionSeconds: seconds(900, 3_600),
  /** Longest grant that can be asked for. */
  grantSeconds: seconds(900, 86_400),
  /** How long a request waits for its approvals. */
  approvalSeconds: seconds(300, 604_800),
  /** How long the broker's answer can be used at the data plane. */
  ticketSeconds: seconds(5, 300),
  /** How far a caller's clock may be ahead, and how old a request may be. */
  clockSkewSeconds: seconds(0, 120),
  requestAgeSeconds: seconds(10, 900),
  /** How long the second person has to switch access on. */
  proposalSeconds: seconds(60, 86_400),
});

export type GatewaySettings = z.output<typeof settingsSchema>;

/** The settings are wrong: one line per mistake, each with where and what. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads any part of the gateway's configuration. @throws SettingsError, one line per mistake, with no value in it */
export function parseWith<Schema extends z.ZodType>(schema: Schema, input: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `${file}: ${path.join('.') || 'the whole'}: ${message}`);
  throw new SettingsError(lines.join('\n'));
}

/** The checked settings. @throws SettingsError */
export function parseGatewaySettings(input: unknown, file = 'config/gateway.ts'): GatewaySettings {
  return parseWith(settingsSchema, input, file);
}
