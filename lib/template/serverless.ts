/**
 * The part of the SAM transform (`AWS::Serverless-2016-10-31`) that decides what its resources say: the Globals section, the
 * APIs it makes for events that name none, connectors written into a resource, and properties with a short form. The
 * resources keep their SAM types; what those write at deployment is judged by the catalogue's rows on them.
 * Source: specification of the transform, versions/2016-10-31.md of aws/serverless-application-model, and
 * samtranslator/plugins/globals of its release 1.110.0 (read 2026-11-22).
 */
import type { Json } from './model';
import { isObject, own, put } from './scalar';

type Map = { [key: string]: Json };

export const SERVERLESS_TRANSFORM = 'AWS::Serverless-2016-10-31';

const PREFIX = 'AWS::Serverless::';

/** APIs the transform makes, by the type of the event that asks for one and the property by which the event may name another. */
const IMPLICIT = [
  { event: 'Api', names: 'RestApiId', logicalId: 'ServerlessRestApi', type: 'Api', stage: 'Prod' },
  { event: 'HttpApi', names: 'ApiId', logicalId: 'ServerlessHttpApi', type: 'HttpApi', stage: '$default' },
] as const;

/** The template as the transform reads it; what it does not know is left as it stands. */
export function readAsServerless(body: { readonly [key: string]: Json }): Map {
  const written = own(body, 'Resources');
  if (!isObject(written)) return { ...body };
  const resources: Map = {};
  for (const [logicalId, resource] of Object.entries(written)) {
    put(resources, logicalId, resource);
    for (const [name, connector] of connectorsOf(logicalId, resource)) put(resources, name, connector);
  }
  for (const { event, names, logicalId, type, stage } of IMPLICIT)
    if (!Object.hasOwn(resources, logicalId) && Object.values(resources).some((one) => asksFor(one, event, names)))
      put(resources, logicalId, { Type: `${PREFIX}${type}`, Properties: { StageName: stage } });
  const globals = own(body, 'Globals');
  const read: Map = {};
  for (const [logicalId, resource] of Object.entries(resources))
    put(
      read,
      logicalId,
      isServerless(resource) ? complete(resource, isObject(globals) ? globals : {}, resources) : resource,
    );
  return { ...body, Resources: read };
}

const typeOf = (resource: Json): string | undefined => {
  const type = isObject(resource) ? own(resource, 'Type') : undefined;
  return typeof type === 'string' ? type : undefined;
};

const isServerless = (resource: Json): resource is Map => typeOf(resource)?.startsWith(PREFIX) === true;

function complete(resource: Map, globals: Map, resources: Map): Map {
  const type = typeOf(resource)!.slice(PREFIX.length);
  const shared = heeded(own(globals, type), own(resource, 'IgnoreGlobals'));
  const properties = own(resource, 'Properties');
  const merged = shared === undefined ? properties : properties === undefined ? shared : laid(shared, properties);
  if (!isObject(merged)) return merged === undefined ? resource : { ...resource, Properties: merged };
  return { ...resource, Properties: longForm(type, merged, resources) };
}

/** The section without what a resource says it ignores: `*`, or a list of properties. */
function heeded(shared: Json | undefined, ignored: Json | undefined): Json | undefined {
  if (ignored === undefined || !isObject(shared)) return shared;
  if (!Array.isArray(ignored)) return undefined;
  return Object.fromEntries(Object.entries(shared).filter(([name]) => !ignored.includes(name)));
}

/** What a resource says over what Globals say: maps are united, lists are joined, anything else is replaced. */
function laid(shared: Json, stated: Json): Json {
  if (Array.isArray(shared) && Array.isArray(stated)) return [...shared, ...stated];
  if (!isObject(shared) || !isObject(stated) || isIntrinsic(shared) || isIntrinsic(stated)) return stated;
  const united: Map = { ...shared };
  for (const [key, value] of Object.entries(stated)) {
    const below = own(shared, key);
    put(united, key, below === undefined ? value : laid(below, value));
  }
  return united;
}

function isIntrinsic(value: Map): boolean {
  const [only, ...others] = Object.keys(value);
  return others.length === 0 && only !== undefined && (only === 'Ref' || only.startsWith('Fn::'));
}

/** Each property in the one of its forms that the catalogue judges: `s3://bucket/key`, the id of an application, lists, types. */
function longForm(type: string, properties: Map, resources: Map): Map {
  const result: Map = { ...properties };
  for (const name of ['CodeUri', 'ContentUri', 'DefinitionUri']) {
    const location = own(properties, name);
    if (!isObject(location) || isIntrinsic(location)) continue;
    const bucket = own(location, 'Bucket');
    if (bucket !== undefined)
      put(result, name, { 'Fn::Join': ['', ['s3://', bucket, '/', own(location, 'Key') ?? '']] });
  }
  const endpoint = own(properties, 'EndpointConfiguration');
  if (type === 'Api' && endpoint !== undefined && !(isObject(endpoint) && !isIntrinsic(endpoint)))
    put(result, 'EndpointConfiguration', { Type: endpoint });
  const application = own(properties, 'Location');
  const id = isObject(application) ? own(application, 'ApplicationId') : undefined;
  if (type === 'Application' && id !== undefined) put(result, 'Location', id);
  if (type === 'Connector') {
    const source = own(properties, 'Source');
    const destination = own(properties, 'Destination');
    if (source !== undefined) put(result, 'Source', referring(source, resources));
    if (destination !== undefined)
      put(
        result,
        'Destination',
        [destination].flat().map((one) => referring(one, resources)),
      );
  }
  return result;
}

/** A connector names resources by their logical ids. */
function referring(end: Json, resources: Map): Json {
  const id = isObject(end) ? own(end, 'Id') : undefined;
  return isObject(end) && typeof id === 'string' && Object.hasOwn(resources, id) ? { ...end, Id: { Ref: id } } : end;
}

/** Connectors written beside the properties of their source. */
function connectorsOf(logicalId: string, resource: Json): readonly [string, Json][] {
  const connectors = isObject(resource) ? own(resource, 'Connectors') : undefined;
  if (!isObject(connectors)) return [];
  return Object.entries(connectors).map(([name, connector]) => {
    const properties = isObject(connector) ? own(connector, 'Properties') : undefined;
    const { SourceReference: source, ...stated } = isObject(properties) ? properties : {};
    const Source = { ...(isObject(source) ? source : {}), Id: logicalId };
    return [`${logicalId}${name}`, { Type: `${PREFIX}Connector`, Properties: { ...stated, Source } }];
  });
}

/** Whether an event of a function or workflow asks for an API of its kind and names none. */
function asksFor(resource: Json, event: string, names: string): boolean {
  if (!isServerless(resource)) return false;
  const properties = own(resource, 'Properties');
  const events = isObject(properties) ? own(properties, 'Events') : undefined;
  if (!isObject(events)) return false;
  return Object.values(events).some((one) => {
    if (!isObject(one) || own(one, 'Type') !== event) return false;
    const stated = own(one, 'Properties');
    return !isObject(stated) || own(stated, names) === undefined;
  });
}
