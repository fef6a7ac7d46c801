/** `scripts/gateway/matrix.ts`: evaluates the shipped policies and writes docs/access-matrix.md and what a synthesis puts into its evidence. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { matrixEvidence, RECORDED_MATRIX } from '../../bin/access-matrix';
import { gateway } from '../../config/gateway';
import { evaluateMatrix } from '../../lib/gateway/decision/matrix';
import { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { parseGatewaySettings } from '../../lib/gateway/settings';
import { matrixPage } from './matrix-page';

const ROOT = resolve(__dirname, '../..');
const PAGE = join(ROOT, 'docs/access-matrix.md');

const settings = parseGatewaySettings(gateway);
const set = validatePolicies(join(ROOT, 'config/gateway'), settings);
const engine = new CedarEngine(set);
const matrix = evaluateMatrix(settings, engine);
writeFileSync(PAGE, matrixPage(matrix, settings, set, engine));
writeFileSync(RECORDED_MATRIX, `${JSON.stringify(matrixEvidence(matrix, set, settings), null, 2)}\n`);
