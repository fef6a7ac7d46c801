/** The data class in the tags of a declared store: the perimeter and the oversight decide by it, so it must be what was declared. */
import { isMap, listOf } from './comparison';
import { broken, holds, unanswered, unseen } from './model';
import type { Answer, Claim } from './model';
import type { DeclaredThing } from './service';

const TAG = 'data-class';

export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** @param tagsOf takes the tags out of the evidence */
export function dataClassClaim<E>(thing: DeclaredThing, tagsOf: (evidence: E) => Answer<readonly Tag[]>): Claim<E> {
  const tags = thing.at('Tags');
  const declared =
    tags.kind === 'fixed'
      ? listOf(tags.value).flatMap((tag) => (isMap(tag) && tag.Key === TAG ? [String(tag.Value)] : []))[0]
      : undefined;
  return {
    slug: 'data-class',
    expected: declared ?? 'no data class, so it is treated as restricted',
    judge: (evidence) => {
      const answer = tagsOf(evidence);
      if (answer.kind === 'missing') return unanswered(answer);
      if (tags.kind === 'open') return unseen(tags.why, 'Fix the tags in the template.');
      const seen = answer.value.find(({ Key }) => Key === TAG)?.Value;
      return seen === declared
        ? holds(seen ?? 'none, treated as restricted')
        : broken(
            seen ?? 'none',
            `the data class is ${seen ?? 'gone'}`,
            'Put the declared tag back, and find who changed it in CloudTrail.',
          );
    },
  };
}
