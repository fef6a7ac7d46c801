import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logGroupName } from '../names';
import type { SiteContext } from '../site-context';
import { tagWithClass } from '../tags';

/** A log group of the site: own key, fixed retention, kept when its stack goes, class `audit`. */
export class EnclaveLogGroup extends LogGroup {
  constructor(
    scope: Construct,
    id: string,
    at: SiteContext,
    key: IKey,
    name: string = logGroupName(at, id.toLowerCase()),
  ) {
    super(scope, id, {
      logGroupName: name,
      encryptionKey: key,
      retention: at.enclave.retention.logDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    tagWithClass(this, 'audit');
  }
}
