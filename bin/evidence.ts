import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Enclave } from '../config/schema';
import { commitments } from '../lib/enclave/commitments';
import { STACK_POLICY } from '../lib/enclave/stack-policy';
import type { GatewayPlan } from '../lib/enclave/gateway/gateway-plan';
import type { Judgement } from '../lib/residency';
import { accessMatrix } from './access-matrix';

/**
 * Writes the evidence beside the templates, so that both travel together: what was promised and built, every flow with
 * its reason, who may read what, and the stack policy that `enclave protect` sets. Returns the folder.
 *
 * @param today ISO date the stand-ins' review dates are compared with
 */
export function writeEvidence(
  assembly: string,
  config: Enclave,
  { policySet, settings }: GatewayPlan,
  judgement: Judgement,
  today: string,
): string {
  const folder = join(assembly, 'evidence');
  mkdirSync(folder, { recursive: true });
  const documents = {
    commitments: commitments(config, today),
    judgement,
    'stack-policy': STACK_POLICY,
    'access-matrix': accessMatrix(policySet, settings),
  };
  for (const [name, document] of Object.entries(documents)) {
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
  }
  return folder;
}
