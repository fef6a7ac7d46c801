import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { killSwitchParameterName } from '../names';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

/** The flag's text with access off; everything the gateway allowed before this moment is void. */
const OFF = `{% '{"access":"off","changedAt":' & $string($millis()) & ',"changedBy":[],"voidBefore":' & $string($millis()) & '}' %}`;

/**
 * Switches the gateway's access off, and can do nothing else. IAM cannot tell one value of a parameter from another, so
 * the value is fixed here and whoever may start this may not write the parameter. It reads no input: there is no way to
 * ask it for "on". Without code, there is none to sign, to bundle or to change at run time.
 */
export class StopAccess extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, at: SiteContext) {
    super(scope, id);
    const { partition, name: region } = at.region;
    const { account } = at.site;
    const name = `${at.enclave.name}-${at.site.id}-stop-access`;
    this.arn = `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
    const parameter = killSwitchParameterName(at);
    const role = new Role(this, 'Role', {
      description: 'Writes the kill switch, as the state machine says: off',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { ArnEquals: { 'aws:SourceArn': this.arn }, StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['ssm:PutParameter'],
        resources: [`arn:${partition}:ssm:${region}:${account}:parameter${parameter}`],
      }),
    );
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: name,
      roleArn: role.roleArn,
      definition: {
        Comment:
          'Switches the access of the gateway off. Switching on takes an operator and the auditor, at the gateway.',
        QueryLanguage: 'JSONata',
        StartAt: 'Off',
        States: {
          Off: {
            Type: 'Task',
            Resource: `arn:${partition}:states:::aws-sdk:ssm:putParameter`,
            Arguments: { Name: parameter, Value: OFF, Type: 'String', Overwrite: true },
            Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 5, BackoffRate: 2 }],
            End: true,
          },
        },
      },
    });
    machine.node.addDependency(role);
    tagWithClass(machine, 'audit');
    acknowledge(
      machine,
      'AwsSolutions-SF1',
      'The trail records who started it and the one call it makes; it has no input and no result to log.',
    );
    acknowledge(machine, 'AwsSolutions-SF2', 'X-Ray is no service of the perimeter; one call needs no trace.');
  }
}
