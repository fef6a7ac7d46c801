/** What leaves and what comes in, and what is known of its end. */
import { leavingFlows } from '../leaving';
import type { RegisterInput } from '../model';
import { met, notShown } from './finding';
import type { Finding } from './finding';

export function everyExportRegistered(input: RegisterInput): Finding {
  const leaving = leavingFlows(input);
  const open = leaving.filter((flow) => flow.waiver === undefined);
  return open.length > 0
    ? notShown(`contradicted: ${open.length} flows lead outside, or nobody can tell, without an entry in a register`)
    : met(leaving.length === 0 ? 'no flow leaves the EEA' : `${leaving.length} flows leave, each with an entry`);
}

export function transfersShrink(input: RegisterInput): Finding {
  return leavingFlows(input).length === 0 && input.options.transfers.length === 0
    ? met('there is no transfer that could shrink')
    : notShown('one assembly shows no course over time');
}

export function migrationEnds({ enclave, judgedOn }: RegisterInput): Finding {
  if (!enclave) return notShown('the assembly carries no record of a migration or of its absence');
  if (!enclave.migration) return met('nothing comes in: the record of the enclave has no migration');
  const { sunset, sources } = enclave.migration;
  return sunset < judgedOn
    ? notShown(`contradicted: the migration ended on ${sunset}, and ${sources} ways in still stand`)
    : met(`${sources} ways in, each towards a site only; synthesis fails after ${sunset}`);
}
