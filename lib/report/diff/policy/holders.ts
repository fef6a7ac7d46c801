/**
 * Whose policy a document is. Documents that AWS evaluates together have one holder, so that a statement may move between
 * them: the inline and the attached policies of a role, and the organisation policies of one kind on one target.
 */
import type { Application, Resource } from '../../../template';
import { referred } from '../canonical';
import type { Pairing } from '../pairing';
import type { Holder } from './holder';
import { itself } from './holder';
import type { Attachments } from './managed';
import { attachmentsOf, isManagedPolicy } from './managed';
import { isOrganizationPolicy, targetsOf } from './targets';

/** Properties that say whose policy a resource is. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::IAM::UserPolicy': ['UserName'],
  'AWS::IAM::GroupPolicy': ['GroupName'],
  'AWS::S3::BucketPolicy': ['Bucket'],
  'AWS::SQS::QueuePolicy': ['Queues'],
  'AWS::SQS::QueueInlinePolicy': ['Queue'],
  'AWS::SNS::TopicPolicy': ['Topics'],
  'AWS::SNS::TopicInlinePolicy': ['TopicArn'],
  'AWS::SecretsManager::ResourcePolicy': ['SecretId'],
};

export class Holders {
  private readonly attachments = new Map<Application, (policy: Resource) => Attachments>();

  constructor(private readonly pairing: Pairing) {}

  /** Every holder of the documents in a resource; never none. */
  of(resource: Resource): readonly Holder[] {
    if (!isOrganizationPolicy(resource) && !isManagedPolicy(resource))
      return [itself(holderOf(resource), this.pairing.nameOf)];
    const partner = this.pairing.partnerOf(resource);
    const { holders, alsoAlone } = this.attachedTo(resource);
    // Attached on one side alone, it is compared as a document too: its attachment changed, what it says need not have.
    const alone = alsoAlone || (partner !== undefined && this.attachedTo(partner).alsoAlone);
    return alone ? [...holders, itself(resource, this.pairing.nameOf)] : holders;
  }

  /** `alsoAlone`: the document may be attached to more, or to nothing yet, and has to be compared as it stands. */
  private attachedTo(policy: Resource): { readonly holders: readonly Holder[]; readonly alsoAlone: boolean } {
    if (isOrganizationPolicy(policy)) {
      const targets = targetsOf(policy, this.pairing);
      return { holders: targets, alsoAlone: targets.length === 0 };
    }
    const { application } = policy.template;
    let attachments = this.attachments.get(application);
    if (!attachments) this.attachments.set(application, (attachments = attachmentsOf(application)));
    const { holders, elsewhere } = attachments(policy);
    return {
      holders: holders.map((one) => itself(one, this.pairing.nameOf)),
      alsoAlone: elsewhere || holders.length === 0,
    };
  }
}

/** Whom or what a policy is about: itself, unless it names exactly one resource of the application. */
function holderOf(resource: Resource): Resource {
  const named = (HOLDERS[resource.type] ?? []).flatMap((property) =>
    resource.at(property).flatMap((leaf) =>
      leaf.possible.flatMap((one) => {
        const direct = referred(one.value);
        return direct.length > 0 ? direct : resource.template.application.denoted(one.value);
      }),
    ),
  );
  const [only, ...more] = new Set(named);
  return only && more.length === 0 ? only : resource;
}
