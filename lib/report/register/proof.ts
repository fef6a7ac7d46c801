/** What is proved of the policies of the assembly, place by place, on which premises, and what no such proof covers. */
import { proofEvidence } from '../../proof';
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';

export function proofDocument(input: RegisterInput): string {
  const { proof } = input;
  if (!proof)
    return document(
      'proof',
      input,
      [DECLARED_ONLY, 'The assembly has no policies of an organisation: nothing was asked.'],
      { status: 'not asked' },
    );
  if ('refused' in proof)
    return document('proof', input, [DECLARED_ONLY, 'A policy could not be read, so nothing was proved.'], {
      status: 'refused',
      because: proof.refused,
    });
  const { notCovered, ...evidence } = proofEvidence(proof.report);
  return document('proof', input, [DECLARED_ONLY, ...notCovered.map(({ title, text }) => `${title}: ${text}`)], {
    status: proof.report.holds ? 'proved' : 'refuted',
    ...evidence,
  });
}
