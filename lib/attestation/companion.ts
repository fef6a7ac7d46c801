/** Properties that a second resource states about the first: the policy of a bucket, of a topic, of a queue. */
import type { Resource } from '../template';
import { declaredAt } from './declared';
import type { Declared } from './declared';
import type { DeclaredThing } from './service';

const open = (why: string): Declared => ({ kind: 'open', why });

/** Resources of a type of which a property (`Bucket`, `Topics[]`) denotes the thing, and whether they do so always. */
export function companions(
  { resource }: DeclaredThing,
  type: string,
  path: string,
): { resource: Resource; always: boolean }[] {
  const { application } = resource.template;
  return application
    .ofType(type)
    .filter(({ mayExist }) => mayExist)
    .flatMap((each) => {
      const targets = each.at(path).flatMap(({ possible }) => possible);
      const mine = targets.filter(({ value }) => application.denoted(value, resource.type).includes(resource));
      if (mine.length === 0) return [];
      const always = each.condition === undefined && (path.includes('[]') || mine.length === targets.length);
      return [{ resource: each, always }];
    });
}

/** The policy that companions of a type give a thing; absent when there is none, open when it cannot be said. */
export function policyOf(thing: DeclaredThing, type: string, path: string, document: string): Declared {
  const [first, ...more] = companions(thing, type, path);
  if (!first) return { kind: 'absent' };
  if (more.length > 0) return open(`${thing.resource.logicalId} has ${more.length + 1} resources of type ${type}`);
  if (!first.always) return open(`a condition decides whether ${first.resource.logicalId} applies`);
  return declaredAt(first.resource, document, thing.deployment.textOf);
}
