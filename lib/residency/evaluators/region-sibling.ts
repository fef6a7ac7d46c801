/** Judges properties that only tune a copy: where the copy goes is said by a sibling. */
import { parseArn } from '../../template';
import { locate } from '../destination';
import { unknown } from '../opinion';
import type { Evaluator } from './question';
import { argument, perValue, siblings } from './question';
import { regionOf } from './region-literal';
import { scalarsOf } from './question';

export const regionSibling: Evaluator = (question) =>
  perValue(question, (_value, stated) => {
    const pattern = argument(question, 'region') ?? '';
    const stand = siblings(question, pattern, stated);
    const beside = stand.length > 0 ? stand : siblings(question, argument(question, 'otherwise') ?? pattern, stated);
    if (beside.length === 0)
      return unknown(`\`${pattern}\`, which says where the copy goes, is not stated`, {
        kind: 'region',
        value: 'not stated',
      });
    const leaf = { path: pattern, possible: beside, line: undefined };
    return scalarsOf([leaf]).flatMap(({ value }) =>
      parseArn(value) || value.kind === 'reference'
        ? [locate(value, question.premises, { from: question.resource, bareName: 'anywhere' })]
        : regionOf(question, value),
    );
  });
