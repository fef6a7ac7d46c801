/**
 * Why a declared property of an assessed type opens no channel. A closed list: a reason that is not here is not a reason,
 * and a property with neither a row nor a reason is unknown, which is a finding.
 */
export const STRUCTURAL_REASONS = {
  naming: 'Names the resource itself or a part of it; a name moves nothing.',
  text: 'Descriptive text shown to operators.',
  tag: 'Tags; read for the data class, carried nowhere by this resource.',
  sizing: 'Capacity, throughput, cost or placement inside the zone already judged.',
  'encryption-here':
    'Encrypts where the data stands; the service takes only keys of the same Region, and the value sweep reads any ARN written here.',
  'retention-here': 'How long data or versions are kept where they stand.',
  'reference-inside':
    'Points at another resource of the same Region by identifier; that resource is judged by its own rows.',
  identity: 'Names a role, user or instance profile; what it may do is judged at its policies.',
  credential: 'A user name, password or token held by the service; where it unlocks data is judged at the store.',
  engine: 'Software, version, parameters and maintenance of an engine that runs in place.',
  schedule: 'When something happens, never where.',
  inbound:
    'Where data or events come from; what flows in is no egress, and the stack that holds this property is judged by its Region.',
  filter: 'Selects which items are handled; a row judges where they go.',
  schema: 'The shape of the data: keys, attributes, indexes, formats.',
  protocol:
    'Ports, protocols, TLS, headers, retries and status codes of a connection judged by its ends; grants no access of its own.',
  lifecycle: 'State, protection against deletion, update and rollback behaviour.',
  'feeds-here':
    'Feeds logs, metrics, traces or events to a service of the same Region and account, whose resources are judged themselves.',
  'access-here': 'Narrows who may use the resource, or needs a permission judged elsewhere to have effect.',
  'edge-front':
    'What CloudFront shows or asks at its own edge, a certificate or a web ACL, and takes only from us-east-1; no data of a store is in it.',
  billing: 'Prices, licences and cost alerts.',
} as const;

export type StructuralReason = keyof typeof STRUCTURAL_REASONS;
