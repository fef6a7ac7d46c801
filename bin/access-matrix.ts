/**
 * The access matrix as evidence: what the shipped policies answer in every case. Asking all cases takes half a minute, so
 * the answers are recorded in the configuration together with the hash of what was asked; other policies or settings than
 * the recorded ones are asked anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { evaluateMatrix } from '../lib/gateway/decision/matrix';
import type { Cell, Matrix } from '../lib/gateway/decision/matrix';
import { CedarEngine } from '../lib/gateway/policies/cedar-engine';
import type { PolicySet } from '../lib/gateway/policies/policy-set';
import type { GatewaySettings } from '../lib/gateway/settings';

/** Where the answers are recorded. */
export const RECORDED_MATRIX = resolve(__dirname, '../config/access-matrix.json');

export interface MatrixEvidence {
  /** SHA-256 of the policies' canonical text, in hexadecimal. */
  readonly policies: string;
  /** SHA-256 of the gateway's settings. */
  readonly settings: string;
  readonly cases: number;
  readonly allowed: number;
  readonly cells: readonly { readonly cell: string; readonly decision: string }[];
  readonly notShown: readonly string[];
}

/** The evidence of one evaluation. */
export function matrixEvidence(matrix: Matrix, set: PolicySet, settings: GatewaySettings): MatrixEvidence {
  return {
    policies: set.hash,
    settings: hashOf(settings),
    cases: matrix.cases,
    allowed: matrix.allowed,
    cells: matrix.cells.map((cell) => ({
      cell: `${cell.zone} reads ${cell.class} (${cell.form})`,
      decision: decisionOf(cell),
    })),
    notShown: [
      'The matrix is what the policies answer to the facts they are given. That a person’s country is recorded rightly in the directory is shown nowhere here.',
      'The policies were evaluated by the cedar-wasm library, not by the policy store of an account.',
    ],
  };
}

/** The recorded answers, when they are those to exactly these policies and settings. */
export function recordedMatrix(set: PolicySet, settings: GatewaySettings): MatrixEvidence | undefined {
  if (!existsSync(RECORDED_MATRIX)) return undefined;
  const recorded = JSON.parse(readFileSync(RECORDED_MATRIX, 'utf8')) as MatrixEvidence;
  return recorded.policies === set.hash && recorded.settings === hashOf(settings) ? recorded : undefined;
}

/** The access matrix of a gateway's policies: the recorded one when it is theirs, else evaluated now. */
export function accessMatrix(set: PolicySet, settings: GatewaySettings): MatrixEvidence {
  return recordedMatrix(set, settings) ?? matrixEvidence(evaluateMatrix(settings, new CedarEngine(set)), set, settings);
}

function decisionOf({ allowed, cases, when, complete }: Cell): string {
  if (allowed === 0) return 'deny';
  const conditions = Object.entries(when).map(([dimension, values]) => `${dimension}: ${values.join(' or ')}`);
  return `allow in ${allowed} of ${cases} cases${complete ? '' : ', not in every combination of'}; ${conditions.join('; ')}`;
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
