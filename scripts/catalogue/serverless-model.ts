/**
 * The types of the AWS SAM transform. They are in no CloudFormation specification, and the L1 bundle knows them as they were
 * years ago; what may be written is said by the model of the transform itself, which is kept here as data.
 *
 * A declaration reads `kinds [definitions] [wrap]` (`string|ref CodeUri`, `ref S3Event,SQSEvent {}`), or `like Type Property`
 * where the transform hands a property on to a type of CloudFormation without describing it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PropertyShape, TypeShape } from './enumerate';

interface Model {
  readonly types: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
}

const ROOT = '';

/** Puts the transform's types, and its word on their properties, in place of what the union says of them. */
export function describeServerless(union: Map<string, TypeShape>): void {
  const { types } = JSON.parse(readFileSync(path.join(__dirname, 'serverless-model.json'), 'utf8')) as Model;
  for (const [type, definitions] of Object.entries(types)) {
    const shape = union.get(type) ?? new Map<string, Map<string, PropertyShape>>();
    union.set(type, shape);
    for (const [definition, properties] of Object.entries(definitions)) {
      const name = definition === ROOT ? ROOT : modelled(definition);
      const known = shape.get(name) ?? new Map<string, PropertyShape>();
      shape.set(name, known);
      for (const [property, declaration] of Object.entries(properties))
        known.set(property, declaration.startsWith('like ') ? like(declaration, shape, union) : declared(declaration));
    }
  }
}

/** Definitions of the model beside those of the L1 bundle. */
const modelled = (definition: string): string => `Sam${definition}`;

function declared(declaration: string): PropertyShape {
  const [kinds = '', definitions = '', wrap = ''] = declaration.split(' ');
  const refs = definitions === '' ? [] : definitions.split(',').map(modelled);
  return { kinds: kinds.split('|').sort(), refs, wrap };
}

/** The shape of another type's property, with the definitions below it. @throws when that type has no such property. */
function like(declaration: string, into: TypeShape, union: ReadonlyMap<string, TypeShape>): PropertyShape {
  const [, type = '', property = ''] = declaration.split(' ');
  const from = union.get(type);
  let definition = ROOT;
  let found: PropertyShape | undefined;
  for (const name of property.split('.')) {
    found = from?.get(definition)?.get(name);
    definition = found?.refs[0] ?? ROOT;
  }
  if (!from || !found) throw new Error(`serverless-model.json: ${type} has no ${property}`);
  const renamed = (name: string): string => `${type.split('::').slice(1).join('')}${name}`;
  const adopt = (name: string): void => {
    if (into.has(renamed(name))) return;
    const own = new Map<string, PropertyShape>();
    into.set(renamed(name), own);
    for (const [key, shape] of from.get(name) ?? []) {
      own.set(key, { ...shape, refs: shape.refs.map(renamed) });
      shape.refs.forEach(adopt);
    }
  };
  found.refs.forEach(adopt);
  return { ...found, refs: found.refs.map(renamed) };
}
