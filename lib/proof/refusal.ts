/** The proof cannot be given: something in a policy cannot be read or is not understood. Never skipped, always one line. */
export class ProofRefusal extends Error {
  override readonly name = 'ProofRefusal';

  /**
   * @param what what was seen
   * @param where the policy and statement
   * @param advice what to do
   */
  constructor(what: string, where: string, advice: string) {
    super(`${where}: ${what}. ${advice}`);
  }
}
