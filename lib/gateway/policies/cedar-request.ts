/** A question as Cedar's JSON: the one translation, used by every engine. */
import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type {
  EngineQuery,
  ExportQuery,
  PolicyGrant,
  PolicyPerson,
  PolicyQuery,
  PolicyTransfer,
  RevokeQuery,
} from './policy-engine';

/** Principal, action, resource, context and entities, with every name in the policies' namespace. */
export interface CedarRequest {
  readonly principal: TypeAndId;
  readonly action: TypeAndId;
  readonly resource: TypeAndId;
  readonly context: Record<string, CedarValueJson>;
  readonly entities: EntityJson[];
}

const uid = (type: string, id: string): TypeAndId => ({ type: `Gateway::${type}`, id });
const entity = (type: string, id: string): CedarValueJson => ({ __entity: uid(type, id) });
const people = (ids: readonly string[]): CedarValueJson => ids.map((id) => entity('Person', id));

/** Translates a question. Values are passed as data, never as policy text. */
export function cedarRequest(query: EngineQuery): CedarRequest {
  if ('recipient' in query) return exportRequest(query);
  return 'revoked' in query ? revokeRequest(query) : readRequest(query);
}

function readRequest({ person, dataset, access, now, purpose, answer, grant, transfer }: PolicyQuery): CedarRequest {
  return {
    principal: uid('Person', person.id),
    action: uid('Action', 'read'),
    resource: uid('Dataset', dataset.id),
    context: {
      access: entity('Access', access),
      now,
      purpose: entity('Purpose', purpose),
      answer: { ...answer, form: entity('Form', answer.form) },
      ...(grant ? { grant: grantValue(grant) } : {}),
      ...(transfer ? { transfer: transferValue(transfer) } : {}),
    },
    entities: [personEntity(person), datasetEntity(dataset)],
  };
}

function revokeRequest({ person, dataset, revoked }: RevokeQuery): CedarRequest {
  return {
    principal: uid('Person', person.id),
    action: uid('Action', 'revoke'),
    resource: uid('Dataset', dataset.id),
    context: { grant: grantValue(revoked) },
    entities: [personEntity(person), datasetEntity(dataset)],
  };
}

function exportRequest({ recipient, dataset, access, now, release, transfer }: ExportQuery): CedarRequest {
  return {
    principal: uid('Recipient', recipient.id),
    action: uid('Action', 'export'),
    resource: uid('Dataset', dataset.id),
    context: {
      access: entity('Access', access),
      now,
      release: { ...release, form: entity('Form', release.form) },
      transfer: transferValue(transfer),
    },
    entities: [
      { uid: uid('Recipient', recipient.id), attrs: { zone: entity('Zone', recipient.zone) }, parents: [] },
      datasetEntity(dataset),
    ],
  };
}

function personEntity({ id, active, zone, role, cleared, line }: PolicyPerson): EntityJson {
  return {
    uid: uid('Person', id),
    attrs: {
      active,
      zone: entity('Zone', zone),
      role: entity('Role', role),
      cleared: cleared.map((c) => entity('Class', c)),
      line: people(line),
    },
    parents: [],
  };
}

const datasetEntity = ({ id, class: of }: EngineQuery['dataset']): EntityJson => ({
  uid: uid('Dataset', id),
  attrs: { class: entity('Class', of) },
  parents: [],
});

function grantValue(grant: PolicyGrant): CedarValueJson {
  return {
    holder: entity('Person', grant.holder),
    dataset: entity('Dataset', grant.dataset),
    purpose: entity('Purpose', grant.purpose),
    approvers: people(grant.approvers),
    approvals: grant.approvals,
    privacyApprovals: grant.privacyApprovals,
    notBefore: grant.notBefore,
    expiresAt: grant.expiresAt,
    revoked: grant.revoked,
  };
}

function transferValue(transfer: PolicyTransfer): CedarValueJson {
  return {
    ...transfer,
    dataset: entity('Dataset', transfer.dataset),
    class: entity('Class', transfer.class),
    zone: entity('Zone', transfer.zone),
  };
}
