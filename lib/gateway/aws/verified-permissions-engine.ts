/** The decision engine as a service: the same policies in a Verified Permissions store, asked the same question. */
import { GetPolicyCommand, IsAuthorizedCommand } from '@aws-sdk/client-verifiedpermissions';
import type { AttributeValue, VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import type { CedarValueJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import { cedarRequest } from '../policies/cedar-request';
import type { EngineQuery, PolicyEngine, PolicyVerdict } from '../policies/policy-engine';
import type { PolicySet } from '../policies/policy-set';

export class VerifiedPermissionsEngine implements PolicyEngine {
  readonly name = 'verified-permissions';
  readonly policyHash: string;
  /** The service names policies by ids of its own; which of ours that is stands in the policy's text. */
  private readonly names = new Map<string, string>();

  /** @param set the policies as shipped; the store has to hold exactly these */
  constructor(
    private readonly client: VerifiedPermissionsClient,
    private readonly policyStoreId: string,
    private readonly set: PolicySet,
  ) {
    this.policyHash = set.hash;
  }

  async evaluate(query: EngineQuery): Promise<PolicyVerdict> {
    const { policyStoreId } = this;
    const { principal, action, resource, context, entities } = cedarRequest(query);
    try {
      const { decision, determiningPolicies, errors } = await this.client.send(
        new IsAuthorizedCommand({
          policyStoreId,
          principal: entityOf(principal),
          action: { actionType: action.type, actionId: action.id },
          resource: entityOf(resource),
          context: { contextMap: attributesOf(context) },
          entities: {
            entityList: entities.map(({ uid, attrs }) => ({
              identifier: entityOf(uid as TypeAndId),
              attributes: attributesOf(attrs),
            })),
          },
        }),
      );
      if (errors?.length) return { allowed: false, policies: [], failure: 'policy-error' };
      const policies = await Promise.all(
        (determiningPolicies ?? []).map(({ policyId }) => this.nameOf(policyId ?? '')),
      );
      // A policy that is not of the shipped set decided: the store holds something nobody has reviewed.
      if (policies.some((id) => id === undefined)) return { allowed: false, policies: [], failure: 'policy-error' };
      return { allowed: decision === 'ALLOW', policies: policies.flatMap((id) => id ?? []).sort() };
    } catch {
      return { allowed: false, policies: [], failure: 'engine-unavailable' };
    }
  }

  private async nameOf(policyId: string): Promise<string | undefined> {
    const known = this.names.get(policyId);
    if (known !== undefined) return known;
    const { definition } = await this.client.send(
      new GetPolicyCommand({ policyStoreId: this.policyStoreId, policyId }),
    );
    const statement = definition?.static?.statement?.trim();
    const name = this.set.policies.find(({ text }) => text.trim() === statement)?.id;
    if (name !== undefined) this.names.set(policyId, name);
    return name;
  }
}

const entityOf = ({ type, id }: TypeAndId): { entityType: string; entityId: string } => ({
  entityType: type,
  entityId: id,
});

const attributesOf = (record: Record<string, CedarValueJson>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, attributeOf(value)]));

/** Cedar's JSON in the service's words. */
function attributeOf(value: CedarValueJson): AttributeValue {
  if (typeof value === 'boolean') return { boolean: value };
  if (typeof value === 'number') return { long: value };
  if (typeof value === 'string') return { string: value };
  if (Array.isArray(value)) return { set: value.map(attributeOf) };
  if (value === null) throw new Error('Cedar has no null.');
  if ('__entity' in value) return { entityIdentifier: entityOf(value.__entity as TypeAndId) };
  return { record: attributesOf(value as Record<string, CedarValueJson>) };
}
