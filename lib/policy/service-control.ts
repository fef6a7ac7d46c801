/** Service control policies: what nobody in an account of the enclave may call, whatever identity policies allow. */
import { shortened } from './action-families';
import { actionsStoppedBy } from './action-stops';
import { attestorDenial } from './attestor';
import { deliveryRoles, writeDenial } from './deliveries';
import { destinationKeyDenials } from './destination-keys';
import { deny } from './document';
import type { Statement } from './document';
import { boundaryArn } from './boundary';
import {
  attestorRole,
  boundRoles,
  dataRoles,
  deploymentRoles,
  keyAdministrators,
  protectedRoles,
  repairRoles,
} from './roles';
import type { PerimeterSettings } from './settings';

/** Where and with what: the Regions, the services, and no root user. */
export function placeDenials(settings: PerimeterSettings, regions: readonly string[]): readonly Statement[] {
  const attestor = attestorRole(settings, '*');
  return [
    deny('OnlyDeclaredRegions', {
      NotAction: settings.globalActions,
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': regions },
        ArnNotLike: { 'aws:PrincipalArn': [...deliveryRoles(settings), attestor] },
      },
    }),
    // By NotAction: a service that AWS launches tomorrow is denied today.
    deny('OnlyServicesInUse', {
      NotAction: settings.services.map((service) => `${service}:*`),
      Condition: { ArnNotLike: { 'aws:PrincipalArn': attestor } },
    }),
    attestorDenial(settings),
    deny('NothingAsRoot', {
      Action: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': `arn:${settings.partition}:iam::*:root` } },
    }),
  ];
}

/** Calls that move data to wherever a parameter says, and calls that only the deployment, or a repair, may make. */
function callDenials(settings: PerimeterSettings): readonly Statement[] {
  const { services } = settings;
  const unless = (
    sid: string,
    kind: 'deployment' | 'repair' | 'keyAdministration',
    roles: readonly string[],
  ): Statement =>
    deny(sid, {
      Action: shortened(actionsStoppedBy(kind, services)),
      Condition: { ArnNotLike: { 'aws:PrincipalArn': roles } },
    });
  return [
    deny('NeverCalled', { Action: shortened(actionsStoppedBy('never', services)) }),
    unless('OnlyByTheDeployment', 'deployment', deploymentRoles(settings)),
    unless('OnlyByTheDeploymentOrARepair', 'repair', repairRoles(settings)),
    unless('OnlyByKeyAdministrators', 'keyAdministration', [...repairRoles(settings), ...keyAdministrators(settings)]),
  ];
}

/** Whoever could write these would be above every other statement. */
function guardrailDenials(settings: PerimeterSettings): readonly Statement[] {
  return [
    deny('TrustedRolesStayAsDeployed', {
      Action: [
        'iam:Attach*',
        'iam:Create*',
        'iam:Delete*',
        'iam:Detach*',
        'iam:Put*',
        'iam:Tag*',
        'iam:Untag*',
        'iam:Update*',
      ],
      Resource: [...protectedRoles(settings), `arn:${settings.partition}:iam::*:policy/${settings.name}/*`],
      Condition: { ArnNotLike: { 'aws:PrincipalArn': deploymentRoles(settings) } },
    }),
    deny('TrustedRolesKeepTheirBoundary', {
      Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'],
      Resource: boundRoles(settings),
      Condition: { ArnNotLike: { 'iam:PermissionsBoundary': boundaryArn(settings, '*') } },
    }),
    deny('TrustedRolesAreNotUnbound', {
      Action: 'iam:DeleteRolePermissionsBoundary',
      Resource: boundRoles(settings),
    }),
    // A tag of the role counts as a tag of its sessions; only the broker sets these, and only on sessions.
    deny('NobodyOwnsGatewayTags', {
      Action: ['iam:CreateRole', 'iam:CreateUser', 'iam:TagRole', 'iam:TagUser'],
      Condition: { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'gw:*' } },
    }),
  ];
}

/** Where data may be written and from where secrets may be read. */
function dataDenials(settings: PerimeterSettings): readonly Statement[] {
  return [
    writeDenial(settings),
    deny('SecretsAndDatabasesOnlyForDataRoles', {
      Action: ['rds-db:connect', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'],
      Condition: { ArnNotLike: { 'aws:PrincipalArn': dataRoles(settings) } },
    }),
    deny('SecretsOnlyThroughEndpoints', {
      Action: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'],
      Condition: { Null: { 'aws:SourceVpce': 'true' } },
    }),
  ];
}

/** Every statement that is the same for all units, in the order in which documents are filled. */
export const commonDenials = (settings: PerimeterSettings): readonly Statement[] => [
  ...callDenials(settings),
  ...destinationKeyDenials(settings),
  ...guardrailDenials(settings),
  ...dataDenials(settings),
];
