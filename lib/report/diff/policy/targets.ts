/**
 * What organisation policies are attached to. Those of one kind on one target are evaluated together: a denial counts in
 * whichever of them it stands. Levels (the organisation above, an account below) are not weighed against each other: every
 * level has to let a request through, so where no level lets anything new through, all of them together do not.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
import { nameOf as subjectOf } from '../../customer-keys';
import type { Resource } from '../../../template';
import { ofAll, referred } from '../canonical';
import type { Pairing } from '../pairing';
import type { Holder } from './holder';

const POLICY = 'AWS::Organizations::Policy';

const KINDS: Readonly<Record<string, string>> = {
  SERVICE_CONTROL_POLICY: 'service control policies',
  RESOURCE_CONTROL_POLICY: 'resource control policies',
};

export const isOrganizationPolicy = ({ type }: Resource): boolean => type === POLICY;

/** The targets of an organisation policy, each with the kind of policy; none where the template attaches it to nothing. */
export function targetsOf(resource: Resource, pairing: Pairing): readonly Holder[] {
  const kind = resource
    .at('Type')
    .flatMap((leaf) => ofAll(leaf.possible, pairing.nameOf))
    .join(' or ');
  const holders = new Map<string, Holder>();
  for (const leaf of resource.at('TargetIds[]')) {
    const target = `${ofAll(leaf.possible, pairing.nameOf).join(' or ')}${leaf.optional ? ', perhaps' : ''}`;
    const [unit, ...others] = leaf.possible.flatMap((one) => referred(one.value));
    const id = `${kind} on ${target}`;
    holders.set(id, {
      id,
      subject: unit && others.length === 0 ? subjectOf(unit) : pairing.readable(target),
      type: POLICY,
      policies: KINDS[kind] ?? `policies of type ${kind}`,
    });
  }
  return [...holders.values()];
}
