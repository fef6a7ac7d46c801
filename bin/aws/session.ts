/**
 * Who calls AWS, and with which credentials an account is reached. The SDK finds the caller's own (environment, profile,
 * instance role) and honours AWS_ENDPOINT_URL; nothing here reads the environment.
 */
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { findRegion } from '../../lib/geo';

/** Temporary credentials in the SDK's form. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** How clients for an account are made: `credentials` is absent when the SDK's own chain is the right one. */
export interface Access {
  readonly region: string;
  readonly credentials?: () => Promise<Credentials>;
}

/** Why an account cannot be reached, and what to do. */
export interface NoAccess {
  readonly why: string;
  readonly remedy: string;
}

export interface SessionOptions {
  /** Name of the role to assume in accounts that are not the caller's. */
  readonly role: string | undefined;
  /** Assume it in the caller's own account too, and ask nothing as the caller. */
  readonly alsoAtHome?: boolean;
  /** Session name that CloudTrail of the other account shows. */
  readonly sessionName: string;
  /** External id that the role of an account asks for. */
  readonly externalId?: (account: string) => string | undefined;
}

/** Credentials per account, asked once each. */
export class AwsSession {
  private caller: Promise<string | NoAccess> | undefined;
  private readonly assumed = new Map<string, Promise<NoAccess | (() => Promise<Credentials>)>>();

  constructor(private readonly options: SessionOptions) {}

  /** Access to an account in a Region, tried out: an account that cannot be reached is told, not thrown. */
  async access(account: string, region: string): Promise<Access | NoAccess> {
    const caller = await (this.caller ??= this.callerAccount(region));
    if (typeof caller !== 'string') return caller;
    const { role, alsoAtHome = false } = this.options;
    if (caller === account && !alsoAtHome) return { region };
    if (role === undefined)
      return {
        why: `account ${account} is not the caller's own (${caller})`,
        remedy: 'Name a role of that account with --role, or run once with credentials of that account.',
      };
    const partition = findRegion(region)?.partition;
    if (partition === undefined)
      return { why: `Region ${region} is not known`, remedy: 'Check the name of the Region.' };
    const arn = `arn:${partition}:iam::${account}:role/${role}`;
    const key = `${arn} ${partition}`;
    const known = this.assumed.get(key) ?? this.assume(arn, region, account);
    this.assumed.set(key, known);
    const credentials = await known;
    return typeof credentials === 'function' ? { region, credentials } : credentials;
  }

  private async callerAccount(region: string): Promise<string | NoAccess> {
    try {
      const { Account: account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
      if (account === undefined) throw new Error('STS answered without an account');
      return account;
    } catch (error) {
      return {
        why: `the caller's account is not known: ${awsError(error)}`,
        remedy: 'Give the AWS SDK valid credentials (environment, profile or role), then repeat.',
      };
    }
  }

  private async assume(arn: string, region: string, account: string): Promise<NoAccess | (() => Promise<Credentials>)> {
    const fetch = async (): Promise<Credentials> => {
      const { sessionName, externalId } = this.options;
      const command = new AssumeRoleCommand({
        RoleArn: arn,
        RoleSessionName: sessionName,
        ExternalId: externalId?.(account),
      });
      const { Credentials: given } = await new STSClient({ region }).send(command);
      if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined)
        throw new Error('STS answered without credentials');
      return {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
        ...(given.Expiration === undefined ? {} : { expiration: given.Expiration }),
      };
    };
    try {
      // The first credentials are used, so that a long run starts with one call per account; later calls renew them.
      let first: Credentials | undefined = await fetch();
      return async () => {
        const ready = first;
        first = undefined;
        return ready && !expired(ready) ? ready : fetch();
      };
    } catch (error) {
      return {
        why: `${arn} cannot be assumed: ${awsError(error)}`,
        remedy: `Allow sts:AssumeRole on ${arn} to the caller, in the caller's policies and in the role's trust policy.`,
      };
    }
  }
}

const expired = ({ expiration }: Credentials): boolean =>
  expiration !== undefined && expiration.getTime() <= Date.now();

/** An error as one line without a stack. */
export function awsError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // An AggregateError of refused connections has an empty message.
  const inner =
    error instanceof AggregateError
      ? error.errors.map((each) => (each instanceof Error ? each.message : String(each))).join(', ')
      : '';
  return [error.name, error.message || inner]
    .filter((part) => part !== '')
    .join(': ')
    .replace(/\s+/gu, ' ');
}
