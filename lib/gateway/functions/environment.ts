/**
 * The configuration of a deployed function: the one place of `lib/gateway` that reads environment variables and bundled
 * files. Whatever is missing or wrong stops the function with one line; nothing has a default.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { issuerSchema } from '../authoriser/issuer';
import type { Issuer } from '../authoriser/issuer';
import { BUNDLED_FILES, ENVIRONMENT, FUNCTION_ENVIRONMENT, NO_PSEUDONYM_KEY } from '../contract';
import { storedDatasetSchema } from '../data-plane/stored-dataset';
import type { StoredDataset } from '../data-plane/stored-dataset';
import { transferSchema } from '../decision/facts';
import { validatePolicies } from '../policies/validate-policies';
import { exportedTransferSchema } from '../exports/exported-transfer';
import type { PolicySet } from '../policies/policy-set';
import type { Registers } from '../ports/registers';
import { SettingsError, parseGatewaySettings, parseWith } from '../settings';
import type { GatewaySettings } from '../settings';
import type { Transfer } from '../transfer';

const environmentSchema = z.object({
  [ENVIRONMENT.site]: z.string().regex(/^[a-z]+-\d+$/),
  [ENVIRONMENT.files]: z.string().min(1),
  [ENVIRONMENT.ledgerTable]: z.string().min(3),
  [ENVIRONMENT.peopleTable]: z.string().min(3),
  [ENVIRONMENT.killSwitchParameter]: z.string().min(1),
  [ENVIRONMENT.archiveBucket]: z.string().min(3),
  [ENVIRONMENT.feedQueue]: z.url(),
  [ENVIRONMENT.deadLetterQueue]: z.url(),
  [ENVIRONMENT.engine]: z.string().min(1),
});
const arn = z.string().regex(/^arn:[a-z-]+:/);

/** What every function knows about its place. */
export interface FunctionConfiguration {
  readonly environment: z.output<typeof environmentSchema>;
  readonly settings: GatewaySettings;
  readonly policies: PolicySet;
  readonly registers: Registers;
  readonly datasets: readonly StoredDataset[];
}

// The function's own configuration, and nothing else of the environment, is read here and nowhere else.
// eslint-disable-next-line no-restricted-properties
const variables = (): Readonly<Record<string, string | undefined>> => process.env;

/** @throws SettingsError, PolicyError: one line per mistake, naming the variable or file */
export function functionConfiguration(): FunctionConfiguration {
  const environment = parseWith(environmentSchema, variables(), 'environment');
  const folder = environment[ENVIRONMENT.files];
  const settings = parseGatewaySettings(jsonAt(folder, BUNDLED_FILES.settings), BUNDLED_FILES.settings);
  const datasets = parseWith(
    z.array(storedDatasetSchema),
    jsonAt(folder, BUNDLED_FILES.datasets),
    BUNDLED_FILES.datasets,
  );
  const transfers = parseWith(
    z.array(transferSchema),
    jsonAt(folder, BUNDLED_FILES.transfers),
    BUNDLED_FILES.transfers,
  );
  return {
    environment,
    settings,
    policies: validatePolicies(join(folder, BUNDLED_FILES.policies), settings),
    registers: {
      datasets: new Map(
        datasets.map(({ schema, ...place }) => [schema.name, { ...place, id: schema.name, class: schema.class }]),
      ),
      transfers: new Map(transfers.map((row) => [row.id, row])),
    },
    datasets,
  };
}

/** ARN of the request workflow. @throws SettingsError */
export const workflowArn = (): string => variable(FUNCTION_ENVIRONMENT.workflow, arn);

/** What the functions that treat data need besides. */
export interface TreatmentConfiguration {
  readonly dataAccessRole: string;
  readonly pseudonymKey: string;
  readonly quarantineBucket: string;
}

/** @throws SettingsError */
export const treatmentConfiguration = (): TreatmentConfiguration => ({
  dataAccessRole: variable(FUNCTION_ENVIRONMENT.dataAccessRole, arn),
  pseudonymKey: variable(FUNCTION_ENVIRONMENT.pseudonymKey, z.union([arn, z.literal(NO_PSEUDONYM_KEY)])),
  quarantineBucket: variable(FUNCTION_ENVIRONMENT.quarantineBucket, z.string().min(3)),
});

/** The transfers that leave this site, by id, and their buckets. @throws SettingsError */
export function exportConfiguration({ environment }: FunctionConfiguration): {
  transfers: ReadonlyMap<string, Transfer>;
  buckets: Readonly<Record<string, string>>;
} {
  const rows = jsonAt(environment[ENVIRONMENT.files], BUNDLED_FILES.exports);
  const transfers = parseWith(z.array(exportedTransferSchema), rows, BUNDLED_FILES.exports);
  const buckets = variable(
    FUNCTION_ENVIRONMENT.exportBuckets,
    z
      .string()
      .transform((text) => jsonOf(text))
      .pipe(z.record(z.string(), z.string().min(3))),
  );
  return { transfers: new Map(transfers.map((row) => [row.id, row])), buckets };
}

/** Issuer of tokens, and the countries of networks by VPC endpoint. @throws SettingsError */
export function callerConfiguration({ environment }: FunctionConfiguration): {
  issuer: Issuer;
  networks: Readonly<Record<string, string>>;
} {
  const networks = variable(
    FUNCTION_ENVIRONMENT.networks,
    z
      .string()
      .transform((text) => jsonOf(text))
      .pipe(z.record(z.string().regex(/^vpce-[0-9a-f]+$/), z.string().regex(/^[A-Z]{2}$/))),
  );
  const issuer = jsonAt(environment[ENVIRONMENT.files], BUNDLED_FILES.issuer);
  return { issuer: parseWith(issuerSchema, issuer, BUNDLED_FILES.issuer), networks };
}

function variable<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> {
  return parseWith(schema, variables()[name], `environment: ${name}`);
}

function jsonAt(folder: string, name: string): unknown {
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new SettingsError(`${name}: cannot be read (${code}). It is bundled with the function.`);
  }
  return jsonOf(text);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
