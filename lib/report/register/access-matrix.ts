/** Who may do what from where, as the shipped policies decide it. */
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';

export function accessMatrix(input: RegisterInput): string {
  const { matrix } = input;
  return document(
    'access-matrix',
    input,
    matrix
      ? [
          DECLARED_ONLY,
          'The matrix answers the requests it lists; who asks, and from where, is known at run time only.',
        ]
      : ['The assembly carries no access matrix: nothing about the decisions of a security gateway is shown.'],
    { status: matrix ? 'shown' : 'not shown', cells: matrix ?? [] },
  );
}
