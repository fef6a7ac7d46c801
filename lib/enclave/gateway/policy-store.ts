import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnPolicy, CfnPolicyStore } from 'aws-cdk-lib/aws-verifiedpermissions';
import { Construct } from 'constructs';
import { tagWithClass } from '../tags';
import type { GatewayPlan } from './gateway-plan';

/**
 * The policies as a Verified Permissions store of the site: the schema, and one policy per statement of `config/gateway`,
 * as it stands there. The service validates strictly, as the synthesis has done before.
 */
export class PolicyStore extends Construct {
  readonly id: string;
  readonly arn: string;
  /** What has to exist before the store is asked: without its policies it denies everything. */
  readonly policies: readonly CfnPolicy[];

  constructor(scope: Construct, id: string, { policySet: { policies, schemaJson } }: GatewayPlan) {
    super(scope, id);
    const store = new CfnPolicyStore(this, 'Store', {
      description: 'Who may read what through the security gateway',
      validationSettings: { mode: 'STRICT' },
      schema: { cedarJson: schemaJson },
      deletionProtection: { mode: 'ENABLED' },
    });
    // It cannot be deleted while it is protected. What is left of it without its policies denies everything.
    store.applyRemovalPolicy(RemovalPolicy.RETAIN);
    tagWithClass(store, 'audit');
    this.id = store.attrPolicyStoreId;
    this.arn = store.attrArn;
    this.policies = policies.map(
      ({ id: name, effect, text }) =>
        new CfnPolicy(this, name, {
          policyStoreId: store.attrPolicyStoreId,
          definition: { static: { statement: text, description: `${effect} ${name}` } },
        }),
    );
  }
}
