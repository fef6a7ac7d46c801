/** The section of the configuration about the organisation above the accounts. */
import { z } from 'zod';
import { EEA_REGIONS, findRegion, requireCountry } from '../lib/geo';
import { strict } from './strict';

const unit = z
  .string()
  .regex(/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/, 'is no id of an organizational unit; write it like "ou-exam-data0001"');

const eeaRegion = z.string().refine((name) => isEea(name), {
  error: `is no Region in the EEA; choose one of ${EEA_REGIONS.join(', ')}`,
});

const roleName = z
  .string()
  .regex(/^[a-z][a-z-]*(\/[a-zA-Z0-9-]+)+$/, 'is no path and name of a role; write it like "deployment/pipeline"');

const servicePrefix = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'is no IAM prefix of a service; write it like "s3", without actions');

const globalAction = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z]*\*?$/, 'is no action with a service prefix; write it like "iam:*"');

const servicePrincipal = z
  .string()
  .regex(/^[a-z0-9.-]+\.amazonaws\.com$/, 'is no service principal; write it like "lambda.amazonaws.com"');

/** Global actions beyond these hold or move data, or decide where it may go. */
const GLOBAL_AT_MOST =
  /^(iam:|sts:|health:|(organizations|account):(Describe|Get|List)|s3:(ListAllMyBuckets|(Get|Put)AccountPublicAccessBlock)$)/;

export const organizationSchema = strict({
  /** Account of the organisation's management; it holds the policies and no data, for no policy binds it. */
  managementAccount: z.string().regex(/^\d{12}$/, 'is no AWS account id; write it like "666677778888"'),
  /** Region of the stack that deploys the policies. Organizations itself is a global service. */
  region: eeaRegion,
  units: strict({
    /** Unit of the sites' accounts. */
    data: unit,
    /** Unit of the security gateway's own accounts; absent when it stands in the sites' accounts alone. */
    gateway: unit.optional(),
    /** Unit of the auditor's account. */
    oversight: unit,
  }),
  /** Role that bootstraps accounts and deploys stacks: path and name below the enclave's own path. */
  pipelineRole: roleName,
  /** Role that puts policies right in an emergency and reads nothing. */
  breakGlassRole: roleName,
  /** IAM prefix of every service in use, with what it is used for. Everything else is denied. */
  services: z.record(servicePrefix, z.string().min(4, 'is too short; say what the service is used for')),
  /** Actions AWS authorises in another Region than the one that is worked in. Short, and none of them moves data. */
  globalActions: z
    .array(
      globalAction.refine((action) => GLOBAL_AT_MOST.test(action), {
        error:
          'is no global action without data; only iam, sts, health, and reading of organizations, account and the bucket list have such',
      }),
    )
    .min(1, 'is empty; at least "iam:*" and "sts:*" are authorised outside the EEA'),
  /** Services that a role may be handed to. */
  passRoleTo: z.array(servicePrincipal),
  gateway: strict({
    /** Pattern of the tickets that open a session of the gateway. */
    ticket: z.string().min(3, 'is too short to tell a ticket from anything else; write it like "GW-*"'),
    reasons: z.array(z.string().min(2)).min(1, 'is empty; without a reason no session of the gateway would open'),
  }),
});

export type OrganizationInput = z.input<typeof organizationSchema>;
export type Organization = z.output<typeof organizationSchema>;

interface Accounts {
  readonly sites: readonly { readonly account: string }[];
  readonly auditor: { readonly account: string };
  readonly organization?: Organization | undefined;
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
  readonly seen: unknown;
}

/** What is wrong between this section and the others. */
export function organizationProblems({ sites, auditor, organization }: Accounts): readonly Problem[] {
  if (!organization) return [];
  const problems: Problem[] = [];
  const { managementAccount, units, globalActions, services } = organization;
  if ([auditor.account, ...sites.map(({ account }) => account)].includes(managementAccount)) {
    problems.push({
      path: ['organization', 'managementAccount'],
      message:
        'is an account that holds data or records; no policy of the organisation binds it, use one that holds nothing',
      seen: managementAccount,
    });
  }
  if (units.data === units.oversight) {
    problems.push({
      path: ['organization', 'units', 'oversight'],
      message: 'is the unit of the sites too; the auditor is independent of every site',
      seen: units.oversight,
    });
  }
  globalActions.forEach((action, index) => {
    if (!(action.split(':')[0]! in services)) {
      problems.push({
        path: ['organization', 'globalActions', index],
        message: 'is an action of a service that is not among services; add the service or remove the action',
        seen: action,
      });
    }
  });
  return problems;
}

function isEea(name: string): boolean {
  const region = findRegion(name);
  return region !== undefined && requireCountry(region.country).eea;
}
