import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { initialSwitch, switchText } from '../../gateway/decision/kill-switch';
import { killSwitchParameterName } from '../names';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

/**
 * The flag every decision reads. It is created off: the first act at a site is to switch it on, by two. A deployment that
 * leaves the template's value as it is does not touch the flag.
 */
export class KillSwitch extends StringParameter {
  constructor(scope: Construct, id: string, at: SiteContext) {
    super(scope, id, {
      parameterName: killSwitchParameterName(at),
      description: 'Security gateway: on or off, by whom, since when',
      // A fixed moment: with the time of the synthesis every deployment would switch off.
      stringValue: switchText(initialSwitch(0)),
    });
    tagWithClass(this, 'audit');
  }

  read(): PolicyStatement {
    return new PolicyStatement({ sid: 'ReadSwitch', actions: ['ssm:GetParameter'], resources: [this.parameterArn] });
  }

  write(): PolicyStatement {
    return new PolicyStatement({ sid: 'WriteSwitch', actions: ['ssm:PutParameter'], resources: [this.parameterArn] });
  }
}
