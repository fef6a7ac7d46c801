/** The least the attestor's role must be allowed: the IAM actions of the questions that are asked, and nothing else. */
import type { Json } from '../template';
import type { Service } from './service';
import { STACK_READS } from './stacks/stacks-reader';

/** Actions that reach everything by their nature: AWS knows no narrower resource for a list, and names are not known before. */
const EVERYTHING = '*';

/** IAM actions of all questions, sorted; what is asked before any service, the record of the stacks, included. */
export const attestorActions = (services: readonly Pick<Service, 'reads'>[]): string[] => {
  const reads = [...Object.values(STACK_READS), ...services.flatMap((service) => service.reads)];
  return [...new Set(reads.flatMap(({ actions }) => actions))].sort();
};

/** An identity policy for the role that attests: one statement per service, read-only. */
export function attestorPolicy(services: readonly Pick<Service, 'reads'>[]): Json {
  const byService = new Map<string, string[]>();
  for (const action of attestorActions(services)) {
    const prefix = action.slice(0, action.indexOf(':'));
    byService.set(prefix, [...(byService.get(prefix) ?? []), action]);
  }
  return {
    Version: '2012-10-17',
    Statement: [...byService].map(([prefix, actions]) => ({
      Sid: `Read${prefix.replace(/(^|[^a-z0-9])([a-z])/gu, (_all, _gap, letter: string) => letter.toUpperCase())}`,
      Effect: 'Allow',
      Action: actions,
      Resource: EVERYTHING,
    })),
  };
}
