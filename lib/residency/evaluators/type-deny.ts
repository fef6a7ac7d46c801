/** The presence of the resource is the finding. */
import { kindWords } from '../labels';
import type { Evaluator } from './question';
import { conviction } from './question';

export const typeDeny: Evaluator = (question) => [
  {
    ...conviction(question, `a ${kindWords(question.resource.type)} has no place near restricted data`),
    path: '',
    origin: [],
  },
];
