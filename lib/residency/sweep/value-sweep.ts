/**
 * Third net: every leaf no catalogue row names is read for places. Silent where a place is only mentioned: names, tags,
 * descriptions, Deny statements. Also reports properties nobody assessed, and resources abroad that are handed a store.
 */
import type { Leaf, Resource } from '../../template';
import { describe, textOf } from '../../template';
import { findRegion } from '../../geo';
import type { Draft } from '../draft';
import { fullLabel } from '../labels';
import { unknown } from '../opinion';
import { normaliseCode } from '../places';
import type { Premises } from '../premises';
import { holdsData, referencesIn } from '../stores';
import type { Survey, Surveyed } from '../survey';
import { factsOf } from './property-place';
import { placesNamed } from './tokens';

const HEALTH_CHECK_REGIONS = /^AWS::Route53::HealthCheck$/;

/** Findings of the sweep for one resource; undefined when a walk over its properties has shown that it can have none. */
export function sweep(resource: Resource, survey: Survey, premises: Premises): readonly Draft[] | undefined {
  const surveyed = survey.of(resource);
  if (!surveyed) return [];
  // Roles stand in no Region; what they allow is judged by their statements.
  const abroad = premises.home(resource).verdict !== 'inside' && !resource.type.startsWith('AWS::IAM::');
  if (!abroad && isSilent(surveyed, premises)) return undefined;
  const drafts: Draft[] = [];
  const unread = new Set<string>();
  const denied = deniedStatements(surveyed.leaves);
  for (const leaf of surveyed.leaves) {
    if (denied.some((prefix) => leaf.path.startsWith(prefix))) continue;
    const facts = factsOf(resource.type, leaf.path);
    if (abroad && !(facts.judgedByRow && holdsData(resource))) drafts.push(...pulls(resource, leaf, premises));
    if (facts.judgedByRow) continue;
    if (!facts.known) {
      const property = leaf.path.split(/[.[]/)[0]!;
      if (!unread.has(property)) drafts.push(notAssessed(resource, leaf, property));
      unread.add(property);
    }
    if (!facts.mentions) drafts.push(...named(resource, leaf, facts.isName, premises));
  }
  return drafts;
}

/** True when a walk over the properties as written has shown that nothing below can come of them. */
function isSilent({ plain }: Surveyed, premises: Premises): boolean {
  if (!plain || plain.hasUnassessed) return false;
  return plain.texts.every((text) => placesNamed(text, premises).every((opinion) => opinion.verdict === 'inside'));
}

function named(resource: Resource, leaf: Leaf, mentions: boolean, premises: Premises): readonly Draft[] {
  if (HEALTH_CHECK_REGIONS.test(resource.type)) return [];
  return leaf.possible.flatMap((possible) => {
    const text = describe(possible.value);
    // A name may mention a Region; a property that is nothing but a Region code is a destination whatever it is called.
    if (mentions && !findRegion(normaliseCode(textOf(possible.value) ?? ''))) return [];
    return placesNamed(text, premises)
      .filter((opinion) => opinion.verdict !== 'inside')
      .map((opinion) => ({
        rule: 'value-sweep',
        channel: 'export' as const,
        resource,
        store: resource,
        path: leaf.path,
        opinion: {
          ...opinion,
          because: `\`${leaf.path}\`, which no row of the catalogue judges, names ${opinion.because}`,
        },
        origin: possible.origin,
        remedy: 'Remove the place, or have the property assessed in the catalogue.',
        ...(leaf.line === undefined ? {} : { line: leaf.line }),
      }));
  });
}

function notAssessed(resource: Resource, leaf: Leaf, property: string): Draft {
  return {
    rule: 'property-not-assessed',
    channel: 'arbitrary-code',
    resource,
    store: resource,
    path: leaf.path,
    opinion: unknown(`the property ${property} of ${resource.type} is not assessed`, { value: property }),
    origin: [],
    remedy: 'Correct the name of the property, or have it assessed in the catalogue.',
    ...(leaf.line === undefined ? {} : { line: leaf.line }),
  };
}

/** A resource outside that is handed the identity of a store inside can pull from it. */
function pulls(resource: Resource, leaf: Leaf, premises: Premises): readonly Draft[] {
  const home = premises.home(resource);
  return leaf.possible.flatMap(({ value, origin }) => {
    const targets = new Set([
      ...referencesIn(value).map((reference) => reference.resource),
      ...(value.kind === 'text' && value.text.length > 2 ? premises.denoted(value) : []),
    ]);
    return [...targets]
      .filter((target) => target !== resource && holdsData(target) && premises.home(target).verdict === 'inside')
      .map((target) => ({
        rule: 'pulled-from-abroad',
        channel: 'export' as const,
        resource,
        store: target,
        path: leaf.path,
        opinion: {
          place: home.place,
          verdict: home.verdict,
          because: `${fullLabel(resource)} in ${home.because}, which is handed its identity`,
        },
        origin,
        remedy: 'Move the resource into the Region of the store, or take the store out of its reach.',
        ...(leaf.line === undefined ? {} : { line: leaf.line }),
      }));
  });
}

/** Paths of statements that deny: what they name is what may not be reached. */
function deniedStatements(leaves: readonly Leaf[]): readonly string[] {
  return leaves
    .filter((leaf) => leaf.path.endsWith('.Effect') && leaf.possible.every(({ value }) => textOf(value) === 'Deny'))
    .map((leaf) => `${leaf.path.slice(0, -'Effect'.length)}`);
}
