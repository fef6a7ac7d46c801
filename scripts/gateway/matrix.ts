/** `scripts/gateway/matrix.ts`: evaluates the shipped policies and writes docs/access-matrix.md. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gateway } from '../../config/gateway';
import { CedarEngine } from '../../lib/gateway/policies/cedar-engine';
import { validatePolicies } from '../../lib/gateway/policies/validate-policies';
import { parseGatewaySettings } from '../../lib/gateway/settings';
import { evaluateMatrix, matrixPage } from './matrix-page';

const ROOT = resolve(__dirname, '../..');
const PAGE = join(ROOT, 'docs/access-matrix.md');

const settings = parseGatewaySettings(gateway);
const set = validatePolicies(join(ROOT, 'config/gateway'), settings);
const engine = new CedarEngine(set);
writeFileSync(PAGE, matrixPage(evaluateMatrix(settings, engine), settings, set, engine));
