/** Judges every replica of a list by the Region it names; a replica that names none is unknown. */
import { unknown } from '../opinion';
import type { Evaluator } from './question';
import { argument, perValue } from './question';
import { regionOf } from './region-literal';

export const replicasCovered: Evaluator = (question) => {
  const judged = perValue(question, (value) => regionOf(question, value));
  const list = (argument(question, 'region') ?? question.row.paths[0] ?? '').split('[]')[0]!;
  const nameless = question.resource
    .at(`${list}[]`)
    .filter((replica) => !judged.some(({ path }) => path.startsWith(replica.path)));
  return [
    ...judged,
    ...nameless.map((replica) => ({
      ...unknown(`\`${replica.path}\` names no Region`, { kind: 'region', value: 'not stated' }),
      path: replica.path,
      origin: [],
    })),
  ];
};
