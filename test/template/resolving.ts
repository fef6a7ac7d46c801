/** Short ways to resolve one expression in a template, for tests. */
import { applicationOf, describe as spell } from '../../lib/template';
import type { Application, InputTemplate, Json, Possible, Resource, Template } from '../../lib/template';

/** Enough geography for tests: European Regions and China. */
export const partitionOf = (region: string): string | undefined =>
  region.startsWith('eu-') || region.startsWith('us-') ? 'aws' : region.startsWith('cn-') ? 'aws-cn' : undefined;

export const bucket = (properties: Json = {}, more: { [key: string]: Json } = {}): Json => ({
  Type: 'AWS::S3::Bucket',
  Properties: properties,
  ...more,
});

export interface Sections {
  readonly [section: string]: Json;
}

export function app(...templates: (Omit<InputTemplate, 'template'> & { template: Json | string })[]): Application {
  return applicationOf(templates, { partitionOf });
}

/** One stack `Here` in eu-west-1, account 111111111111, with a bucket `Data` and what is given. */
export function stack(
  sections: Sections = {},
  place: Partial<InputTemplate> = { region: 'eu-west-1', account: '111111111111' },
): Template {
  const { Resources, ...others } = sections;
  const resources = typeof Resources === 'object' && Resources !== null && !Array.isArray(Resources) ? Resources : {};
  return app({ stackName: 'Here', template: { ...others, Resources: { Data: bucket(), ...resources } }, ...place })
    .templates[0]!;
}

export const resource = (template: Template, logicalId: string): Resource => template.resource(logicalId)!;

/** Every value as a reviewer reads it, sorted; an unknown is `?` and its reason. */
export function spelled(possible: readonly Possible[]): string[] {
  return possible.map(({ value }) => (value.kind === 'unknown' ? `? ${value.why}` : spell(value))).sort();
}

export const valuesOf = (expression: Json, sections: Sections = {}, place?: Partial<InputTemplate>): string[] =>
  spelled((place ? stack(sections, place) : stack(sections)).resolve(expression));
