/** The flow model itself: every flow with its reason, for the map and for whoever wants to count again. */
import { basename } from 'node:path';
import type { Flow } from '../../residency';
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';

/** A flow without the folder its template happened to lie in, and without paths of the machine that synthesised it. */
function portable({ source, program: _program, ...flow }: Flow): object {
  if (!source) return flow;
  return {
    ...flow,
    source: { file: basename(source.file), ...(source.line === undefined ? {} : { line: source.line }) },
  };
}

export function flowsDocument(input: RegisterInput): string {
  const { verdict, counts, flows } = input.judgement;
  return document(
    'flows',
    input,
    [
      DECLARED_ONLY,
      'Only channels of the catalogue are flows. What a program does with data it may lawfully read is not in a template.',
    ],
    { verdict, counts, flows: flows.map(portable) },
  );
}
