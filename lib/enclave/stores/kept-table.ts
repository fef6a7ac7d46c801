import { RemovalPolicy } from 'aws-cdk-lib/core';
import { BillingMode, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { TableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** What every table of the enclave is: under its own key, recoverable to any point in time, protected, kept when its stack goes. */
export const keptTable = (key: IKey) =>
  ({
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  }) satisfies Partial<TableProps>;
