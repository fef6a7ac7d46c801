/** Where the corpus plays: one home, three places that are out of the EEA, two that are in it. */

/** The Region every leaking stack stands in, unless standing elsewhere is the leak. */
export const HOME = 'eu-west-1';
export const OURS = '111111111111';
/** An account of which nothing is known. */
export const FOREIGN = '999999999999';

/** Outside, each for another reason: another continent, a third country with an adequacy decision, a neighbour not in the EEA. */
export const LEAVING = ['us-east-1', 'eu-west-2', 'eu-central-2'] as const;
export const STAYING = ['eu-north-1', 'eu-west-3'] as const;

/** One of the two builds of a case. They differ in nothing but where the destination stands (or whether the way is open). */
export interface Twin {
  /** Prefix of every stack and physical name of this build; letters, digits and dashes. */
  readonly id: string;
  readonly leaves: boolean;
  /** Region of the destination. */
  readonly region: string;
}

/** The twins of the case with this number. Regions are taken in turn, so that every writing meets every one of them. */
export function twinsOf(number: number): { readonly leaving: Twin; readonly staying: Twin } {
  const id = `c${number}`;
  return {
    leaving: { id, leaves: true, region: LEAVING[number % LEAVING.length]! },
    staying: { id, leaves: false, region: STAYING[number % STAYING.length]! },
  };
}
