/**
 * The form in which `data/<service>.json` is written: rows say only what is their own, and everything shared is filled in
 * from the type, the evaluator and the channel when the row is read.
 */
import type { ActionRef, Channel, ChannelRow, Defences, NotPossible, TypeVerdict } from './model';
import type { StructuralReason } from './structural';
import { evaluatorContract } from './evaluators';

/**
 * Defences as one line of text each.
 * permission: `s3:PutBucketPolicy source; kms:ReplicateKey source kms:ReplicaRegion` (action, where authorised, condition key).
 * detection: `s3.amazonaws.com PutBucketPolicy DeleteBucketPolicy` (event source, event names).
 * attestation: `s3 GetBucketPolicy Policy` (service, read-only operation, field).
 * Each may instead be `none: <reason>`.
 */
export interface WrittenDefences {
  readonly permission?: string;
  readonly detection?: string;
  readonly attestation?: string;
}

export interface WrittenRow {
  readonly slug: string;
  readonly channel: Channel;
  readonly paths: readonly string[];
  readonly evaluator: string;
  readonly scope?: ChannelRow['scope'];
  readonly args?: Readonly<Record<string, unknown>>;
  readonly carries?: 'data' | 'keys' | 'metadata';
  readonly rationale: string;
  readonly remedy?: string;
  readonly blindSpot?: string;
  readonly references?: readonly string[];
  readonly controls?: readonly string[];
  readonly defences?: WrittenDefences;
}

/** How a store carries its data class: the property and whether it is a list of Key/Value or a map. */
export interface StoreFacts {
  /** Property path of the tags; absent when the type cannot be tagged. */
  readonly tags?: string;
  readonly shape: 'list' | 'map' | 'none';
  /** True for keys: what leaves through them is the means to read, not the content. */
  readonly keyMaterial?: boolean;
}

export type TypeRole = 'network' | 'compute' | 'policy';

export interface WrittenType {
  /** `assessed` when absent. */
  readonly verdict?: TypeVerdict;
  readonly reason: string;
  readonly store?: StoreFacts;
  readonly role?: TypeRole;
  readonly defences?: WrittenDefences;
  readonly rows?: readonly WrittenRow[];
  readonly structural?: Readonly<Partial<Record<StructuralReason, readonly string[]>>>;
}

export interface WrittenService {
  readonly service: string;
  readonly types: Readonly<Record<string, WrittenType>>;
}

/**
 * Public controls evidenced by a row of each channel, unless it names its own: FINOS Common Cloud Controls (CN05 untrusted
 * entities, CN06 location, CN10 replication), CSA CCM v4 (DSP-10 transfer, DSP-19 location), BSI C5:2020 (PSS-12 location).
 */
export const CONTROLS: Readonly<Record<Channel, readonly string[]>> = {
  replication: ['CCC.Core.CN10', 'CCM DSP-19'],
  'backup-copy': ['CCC.Core.CN10', 'CCM DSP-19'],
  sharing: ['CCC.Core.CN05', 'CCM DSP-10'],
  export: ['CCC.Core.CN10', 'CCM DSP-10'],
  streaming: ['CCC.Core.CN10', 'CCM DSP-10'],
  exposure: ['CCC.Core.CN05', 'CCM DSP-10'],
  'network-path': ['CCC.Core.CN05', 'CCM DSP-10'],
  'granted-permission': ['CCC.Core.CN05', 'CCM DSP-10'],
  'arbitrary-code': ['CCC.Core.CN05', 'CCM DSP-10'],
  placement: ['CCC.Core.CN06', 'CCM DSP-19', 'C5 PSS-12'],
};

/** AWS's reference page of a type. */
export function templateReference(type: string): string {
  const [, service = '', name = ''] = type.split('::');
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${service.toLowerCase()}-${name.toLowerCase()}.html`;
}

/**
 * The full row of a written one.
 * @throws when the row names no known evaluator or a defence line cannot be read: broken data must not pass silently.
 */
export function completeRow(
  type: string,
  written: WrittenRow,
  owner: Pick<WrittenType, 'verdict' | 'defences'>,
): ChannelRow {
  const contract = evaluatorContract(written.evaluator);
  if (!contract) throw new Error(`Row ${written.slug} of ${type} names no known evaluator: ${written.evaluator}`);
  const own = type.startsWith('AWS::') ? [templateReference(type)] : [];
  return {
    slug: written.slug,
    channel: written.channel,
    type,
    paths: written.paths,
    evaluator: written.evaluator,
    ...(written.scope ? { scope: written.scope } : {}),
    ...(written.args ? { args: written.args } : {}),
    carries: written.carries ?? 'data',
    rationale: written.rationale,
    remedy: written.remedy ?? contract.remedy,
    blindSpot: written.blindSpot ?? contract.blindSpot,
    references: [...(written.references ?? []), ...own],
    controls: written.controls ?? CONTROLS[written.channel],
    defences: completeDefences(type, written.slug, {
      ...(owner.verdict === 'denied' ? OF_DENIED : {}),
      ...owner.defences,
      ...written.defences,
    }),
  };
}

/**
 * Defences of a row on a denied type that names none: the type is not to be used, so its service stays off the service
 * allow-list of the perimeter.
 */
const OF_DENIED: Required<WrittenDefences> = {
  permission:
    'none: the type is denied, so its service stays off the service allow-list and every action of it is refused',
  detection: 'none: the service is not in use; a refused call shows as AccessDenied of whatever action was tried',
  attestation:
    'none: there is nothing to probe where the service is not in use; the service allow-list is attested instead',
};

function completeDefences(type: string, slug: string, written: WrittenDefences): Defences {
  const { permission, detection, attestation } = written;
  if (permission === undefined || detection === undefined || attestation === undefined) {
    throw new Error(`Row ${slug} of ${type} lacks a defence; write it, or "none: <reason>"`);
  }
  // Taken apart by whoever reads it: the judge loads every row to know which actions move data, and asks for little else.
  return {
    get permission() {
      return notPossible(permission) ?? { actions: permission.split(/;\s*/).map((part) => actionOf(type, part)) };
    },
    get detection() {
      return notPossible(detection) ?? eventsOf(detection);
    },
    get attestation() {
      return notPossible(attestation) ?? probeOf(attestation);
    },
  };
}

function notPossible(line: string): NotPossible | undefined {
  return line.startsWith('none: ') ? { none: line.slice('none: '.length) } : undefined;
}

function actionOf(type: string, part: string): ActionRef {
  const [action, authorisedIn, destinationKey] = part.split(' ');
  if (!action?.includes(':') || !['source', 'destination', 'global'].includes(authorisedIn ?? '')) {
    throw new Error(
      `${type}: cannot read the permission "${part}"; write "service:Action source|destination|global [condition key]"`,
    );
  }
  return {
    action,
    authorisedIn: authorisedIn as ActionRef['authorisedIn'],
    ...(destinationKey ? { destinationKey } : {}),
  };
}

function eventsOf(line: string): { eventSource: string; eventNames: readonly string[] } {
  const [eventSource = '', ...eventNames] = line.split(' ');
  return { eventSource, eventNames };
}

function probeOf(line: string): { service: string; operation: string; field?: string } {
  const [service = '', operation = '', field] = line.split(' ');
  return { service, operation, ...(field ? { field } : {}) };
}
