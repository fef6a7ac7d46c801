/** A question as Cedar's JSON: the one translation, used by every engine. */
import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyQuery } from './policy-engine';

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
export function cedarRequest(query: PolicyQuery): CedarRequest {
  const { person, dataset, grant, transfer, answer } = query;
  return {
    principal: uid('Person', person.id),
    action: uid('Action', 'read'),
    resource: uid('Dataset', dataset.id),
    context: {
      access: entity('Access', query.access),
      now: query.now,
      purpose: entity('Purpose', query.purpose),
      answer: { ...answer, form: entity('Form', answer.form) },
      ...(grant ? { grant: grantValue(grant) } : {}),
      ...(transfer ? { transfer: transferValue(transfer) } : {}),
    },
    entities: [
      {
        uid: uid('Person', person.id),
        attrs: {
          active: person.active,
          zone: entity('Zone', person.zone),
          role: entity('Role', person.role),
          cleared: person.cleared.map((c) => entity('Class', c)),
          line: people(person.line),
        },
        parents: [],
      },
      { uid: uid('Dataset', dataset.id), attrs: { class: entity('Class', dataset.class) }, parents: [] },
    ],
  };
}

function grantValue(grant: NonNullable<PolicyQuery['grant']>): CedarValueJson {
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

function transferValue(transfer: NonNullable<PolicyQuery['transfer']>): CedarValueJson {
  return {
    ...transfer,
    dataset: entity('Dataset', transfer.dataset),
    class: entity('Class', transfer.class),
    zone: entity('Zone', transfer.zone),
  };
}
