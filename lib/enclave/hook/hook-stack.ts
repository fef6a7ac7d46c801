import { CfnStackSet, Fn, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { LAYER_VERSION_PARAMETER, rolloutTemplate } from './rollout-template';

/** The judge as it was packaged: a folder for a layer, and what the functions check it by. */
export interface HookCode {
  readonly folder: string;
  readonly digest: string;
}

export interface HookStackProps {
  readonly enclave: Enclave;
  readonly organization: NonNullable<Enclave['organization']>;
  readonly region: string;
  readonly code: HookCode;
}

/** Publishes the judge in one Region and has it asked there, in every account of the organisation's units. */
export class HookStack extends Stack {
  constructor(scope: Construct, { enclave, organization, region, code }: HookStackProps) {
    const { managementAccount, units } = organization;
    super(scope, `organization-hook-${region}`, {
      env: { account: managementAccount, region },
      terminationProtection: true,
      description: `${enclave.name}: the deploy-time hook of ${region}, in every account of the organisation`,
    });
    const layerName = `${enclave.name}-residency-judge`;
    const layer = new LayerVersion(this, 'Judge', {
      layerVersionName: layerName,
      description: `Judge ${code.digest.slice(0, 16)}`,
      code: Code.fromAsset(code.folder),
      compatibleRuntimes: [Runtime.NODEJS_22_X],
      compatibleArchitectures: [Architecture.ARM_64],
      // Accounts move to a new version one after the other; until then they need the old one.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const accountId of new Set([...enclave.sites.map(({ account }) => account), enclave.auditor.account]))
      layer.addPermission(`Of${accountId}`, { accountId });
    new CfnStackSet(this, 'Rollout', {
      stackSetName: `${enclave.name}-deploy-hook`,
      description: 'Refuses deployments by which data could leave the EEA',
      permissionModel: 'SERVICE_MANAGED',
      // An account that leaves a unit keeps its hook; one that joins gets it.
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      managedExecution: { Active: true },
      operationPreferences: { failureToleranceCount: 0, maxConcurrentCount: 1 },
      stackInstancesGroup: [
        {
          deploymentTargets: {
            organizationalUnitIds: [units.data, ...(units.gateway ? [units.gateway] : []), units.oversight],
          },
          regions: [region],
        },
      ],
      parameters: [
        {
          parameterKey: LAYER_VERSION_PARAMETER,
          parameterValue: Fn.select(7, Fn.split(':', layer.layerVersionArn, 8)),
        },
      ],
      templateBody: JSON.stringify(
        rolloutTemplate({
          name: enclave.name,
          publisher: managementAccount,
          layerName,
          digest: code.digest,
          auditor: enclave.auditor.account,
        }),
      ),
    });
    Tags.of(this).add('operator', enclave.operator.name);
    Tags.of(this).add('cost-centre', enclave.costCentre);
  }
}
