/** Each promise, and whether this assembly meets it, stands in for it, or does not show it. */
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';
import type { Status } from './promises/finding';
import { PROMISES } from './promises/promises';

export function commitmentsDocument(input: RegisterInput): string {
  const commitments = PROMISES.map(({ id, promise, shownBy, look }) => ({ id, promise, ...look(input), shownBy }));
  const count = (status: Status): number => commitments.filter((one) => one.status === status).length;
  return document(
    'commitments',
    input,
    [
      DECLARED_ONLY,
      '"Met" means that this assembly declares it; "not shown" means that nothing here proves it, and says where a proof is made if anywhere.',
      'No AWS Region stands in Norway: a site committed to Norway that runs elsewhere is a stand-in until its placement changes.',
    ],
    {
      counts: { met: count('met'), 'stand-in': count('stand-in'), 'not shown': count('not shown') },
      commitments,
      sites: input.enclave?.sites ?? null,
    },
  );
}
