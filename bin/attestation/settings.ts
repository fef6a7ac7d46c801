/** What the scheduled function is told by its environment; the stack writes every value (lib/enclave/attestation). */
import { z } from 'zod';

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const account = z.string().regex(/^\d{12}$/u);

const settingsSchema = z.object({
  BUCKET: z.string(),
  ARCHIVE: z.string(),
  DATA_KEY: z.string(),
  ASSEMBLY_KEY: z.string(),
  STATEMENT_KEY: z.string(),
  METRICS: z.string(),
  /** Path and name of the role of each account. */
  ATTESTOR: z.string(),
  /** Account → external id that its role asks for. */
  EXTERNAL_IDS: json(z.record(account, z.string())),
  ACCOUNTS: json(z.array(account).min(1)),
  REGIONS: json(z.union([z.literal('enabled'), z.array(z.string()).min(1)])),
});

export type FunctionSettings = z.output<typeof settingsSchema>;

/** @throws naming the first variable that is missing or wrong */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): FunctionSettings {
  const result = settingsSchema.safeParse(environment);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(
    `${issue?.path.join('.') ?? 'environment'}: ${issue?.message}. Deploy the stack again; nobody sets these by hand.`,
  );
}
