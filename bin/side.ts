/** One side of a difference, read from disk: the application, its judgement, and what the assembly says beside them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { MatrixCell, Side, Suppression } from '../lib/report/diff';
import { judge } from '../lib/residency';
import type { JudgeOptions } from '../lib/residency';
import type { Application } from '../lib/template';
import { UsageError, applicationAt } from './input';
import type { Deployment } from './input';

/** The file in which a synthesis leaves the access matrix of the security gateway. */
const MATRIX = join('evidence', 'access-matrix.json');

const matrixSchema = z.looseObject({
  cells: z.array(z.looseObject({ cell: z.string(), decision: z.string() })),
});

/** Reads and judges one side. @throws InputError, UsageError */
export function sideAt(paths: readonly string[], deployment: Deployment, options: JudgeOptions): Side {
  const application = applicationAt(paths, deployment);
  const matrix = paths.length === 1 ? matrixOf(paths[0]!) : undefined;
  return {
    application,
    judgement: judge(application, options),
    waivers: options.waivers,
    transfers: options.transfers,
    suppressions: [...suppressedIn(application), ...paths.flatMap(acknowledgedIn)],
    ...(matrix ? { matrix } : {}),
  };
}

/** The access matrix that lies in an assembly, when there is one. */
export function matrixOf(assembly: string): readonly MatrixCell[] | undefined {
  const file = join(assembly, MATRIX);
  if (!existsSync(file)) return undefined;
  const read = matrixSchema.safeParse(jsonAt(file));
  if (!read.success)
    throw new UsageError(`${file}: is no access matrix (no list of cells). Synthesise the assembly again.`);
  return read.data.cells.map(({ cell, decision }) => ({ cell, decision }));
}

/** Reads JSON that a synthesis wrote. @throws UsageError */
export function jsonAt(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is no JSON' : (error as NodeJS.ErrnoException).code;
    throw new UsageError(`${file}: cannot be read (${why}). Synthesise the assembly again.`);
  }
}

/** Rules silenced by metadata of a template: the form of cdk-nag 2. */
function suppressedIn(application: Application): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const resource of application.resources()) {
    const nag = (resource.raw['Metadata'] as Record<string, unknown> | undefined)?.['cdk_nag'];
    const rules = (nag as { rules_to_suppress?: unknown } | undefined)?.rules_to_suppress;
    if (!Array.isArray(rules)) continue;
    const at = resource.constructPath ?? `${resource.template.source.stackName}/${resource.logicalId}`;
    for (const { id, reason } of rules as { id?: unknown; reason?: unknown }[])
      found.push({ at, rule: String(id), reason: String(reason ?? '') });
  }
  return found;
}

/** Rules acknowledged by the program, as the CDK records them beside the templates. */
function acknowledgedIn(path: string): readonly Suppression[] {
  if (!existsSync(join(path, 'manifest.json'))) return [];
  const files = ['manifest.json', ...readdirSync(path).filter((name) => name.endsWith('.metadata.json'))];
  return files.flatMap((name) => entriesIn(jsonAt(join(path, name))));
}

function entriesIn(document: unknown): readonly Suppression[] {
  const found: Suppression[] = [];
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, data } = value as { type?: unknown; data?: unknown };
    if (type === 'aws:cdk:acknowledged-rules' && typeof data === 'object' && data !== null) {
      for (const [rule, reason] of Object.entries(data)) found.push({ at, rule, reason: String(reason) });
      return;
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, key.startsWith('/') ? key.slice(1) : at);
  };
  visit(document, '');
  return found;
}
