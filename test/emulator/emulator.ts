import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { endpointProblem, type FindOptions, type FoundEmulator, type OwnEmulator, type Variables } from './find';

const SERVER = join(__dirname, 'server.py');
const START_SECONDS = 60;

/** The account in which callers without assumed credentials act; fixed by moto. */
export const BASE_ACCOUNT = '123456789012';

/** An organization to found at the start. Ids are the caller's, so that a configuration's targets exist. */
export interface Organization {
  /** Account number of the management account. */
  readonly management: string;
  /** Id of the root, `r-…`. */
  readonly root?: string;
  /** Ids of organizational units, `ou-…`, all directly under the root. */
  readonly units?: readonly string[];
  /** Account numbers of the members. */
  readonly accounts?: readonly string[];
}

export interface StartOptions extends FindOptions {
  /** The environment to start from, usually `process.env`. */
  readonly env: Variables;
  /** Where `cdk` and SDK clients act when nothing else is said. */
  readonly region: string;
  readonly organization?: Organization;
  /** Outlive this process, writing to this file; stop it with `Emulator.kill(pid)`. */
  readonly detachedLog?: string;
}

/** What a command printed, standard output and error together, and its exit status (null: killed). */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const DUMMY: Credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };

interface Greeting {
  readonly url: string;
  readonly pid?: number;
}

/**
 * A local AWS with a CloudFormation that really deploys, and the environment in which the CDK command line uses it.
 *
 * Every command gets a temporary HOME, dummy keys and no AWS, CDK or proxy setting of the caller, so nothing here can
 * reach a real account. The endpoint is checked before anything is started against it.
 */
export class Emulator {
  readonly url: string;
  /** Process id of a server this object started. */
  readonly pid: number | undefined;
  /** The temporary HOME of every command; removed by `stop`. */
  readonly home: string;
  /** What the server wrote to standard error. */
  readonly log: readonly string[];
  private readonly issued = new Map<string, Promise<Credentials>>();

  private constructor(
    greeting: Greeting,
    private readonly options: StartOptions,
    private readonly child: ChildProcess | undefined,
    log: readonly string[],
  ) {
    const problem = endpointProblem(greeting.url, options);
    if (problem !== undefined) throw new Error(problem);
    this.url = greeting.url;
    this.pid = greeting.pid;
    this.log = log;
    this.home = mkdtempSync(join(tmpdir(), 'emulator-home-'));
  }

  /** Start the emulator, or take the endpoint that already runs. Throws when it does not answer in a minute. */
  static async start(found: FoundEmulator, options: StartOptions): Promise<Emulator> {
    if (found.kind === 'running') return new Emulator({ url: found.url }, options, undefined, []);
    const log: string[] = [];
    if (options.detachedLog !== undefined) {
      return new Emulator(await startDetached(found, options, options.detachedLog), options, undefined, log);
    }
    const child = spawn(found.python, serverArguments(options, '--exit-with-stdin'), {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: serverEnvironment(options.env),
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
    return new Emulator(await greeting(child, log), options, child, log);
  }

  /** Stop a detached server by its process id. A process that is already gone is no error. */
  static kill(pid: number): void {
    try {
      process.kill(pid, 'SIGTERM');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /**
   * The environment for the CDK command line, the AWS command line and SDK clients. With `account`, they act in that
   * account; otherwise in the base account, from which every bootstrapped account can be deployed to.
   */
  async env({ account = BASE_ACCOUNT }: { account?: string } = {}): Promise<Record<string, string>> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.credentials(account);
    return {
      ...withoutSettings(this.options.env),
      HOME: this.home,
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      AWS_REGION: this.options.region,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
      CI: '1',
      NO_COLOR: '1',
      NODE_NO_WARNINGS: '1',
      NO_PROXY: '127.0.0.1,localhost',
    };
  }

  /** Credentials of an account, for SDK clients. Issued by STS: the account follows from the role's ARN alone. */
  credentials(account: string): Promise<Credentials> {
    if (account === BASE_ACCOUNT) return Promise.resolve(DUMMY);
    let issued = this.issued.get(account);
    if (issued === undefined) {
      issued = this.assume(account);
      this.issued.set(account, issued);
    }
    return issued;
  }

  /** Settings of an SDK client in an account and Region: `new S3Client(await emulator.client(account, region))`. */
  async client(account: string, region: string) {
    return {
      endpoint: this.url,
      region,
      credentials: await this.credentials(account),
      maxAttempts: 1,
      forcePathStyle: true,
    };
  }

  /** Run the CDK command line in `cwd`, with the base credentials or those of `account`. Resolves when it ends. */
  async cdk(args: readonly string[], cwd: string, account?: string): Promise<Outcome> {
    const env = await this.env(account === undefined ? {} : { account });
    const cli = require.resolve('aws-cdk/bin/cdk');
    const child = spawn(process.execPath, [cli, ...args, '--no-notices'], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, output };
  }

  /** `cdk bootstrap` of every environment, each account with its own credentials. Throws with the output on failure. */
  async bootstrap(environments: readonly { readonly account: string; readonly region: string }[]): Promise<void> {
    const accounts = [...new Set(environments.map(({ account }) => account))];
    await Promise.all(
      accounts.map(async (account) => {
        const targets = environments
          .filter((e) => e.account === account)
          .map(({ region }) => `aws://${account}/${region}`);
        const { status, output } = await this.cdk(['bootstrap', ...targets], this.home, account);
        if (status !== 0) throw new Error(`cdk bootstrap of ${targets.join(' ')} failed:\n${output}`);
      }),
    );
  }

  /** Stop a server that was started here and is not detached; remove the temporary HOME. */
  async stop(): Promise<void> {
    if (this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.stdin?.end();
      await Promise.race([gone, sleep(5_000, undefined, { ref: false }).then(() => this.child?.kill('SIGKILL'))]);
    }
    rmSync(this.home, { recursive: true, force: true });
  }

  private async assume(account: string): Promise<Credentials> {
    const sts = new STSClient({ endpoint: this.url, region: this.options.region, credentials: DUMMY });
    const RoleArn = `arn:aws:iam::${account}:role/emulator-harness`;
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'emulator-harness' }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
      throw new Error(`${this.url} issued no credentials for account ${account}`);
    }
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }
}

/** The caller's variables without anything that steers AWS, the CDK or a proxy. */
export function withoutSettings(env: Variables): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !/^(AWS_|CDK_|(HTTPS?|ALL|NO)_PROXY$)/i.test(name));
  return Object.fromEntries(kept.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function serverArguments(options: StartOptions, life: string): string[] {
  const organization =
    options.organization === undefined ? [] : ['--organization', JSON.stringify(options.organization)];
  return [SERVER, '--port', '0', life, ...organization];
}

function serverEnvironment(env: Variables): Record<string, string> {
  return { ...withoutSettings({ ...env, MOTO_ACCOUNT_ID: undefined }), PYTHONUNBUFFERED: '1' };
}

function greeting(child: ChildProcess, log: string[]): Promise<Greeting> {
  return new Promise((settle, fail) => {
    const give = (why: string) => {
      child.kill('SIGKILL');
      fail(new Error(`the emulator ${why}\n${log.join('')}`));
    };
    const timer = setTimeout(() => give(`did not answer in ${START_SECONDS} s`), START_SECONDS * 1000);
    child.once('error', (error) => give(`could not be started: ${error.message}`));
    child.once('exit', (code) => give(`ended with status ${code}`));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = parseGreeting(line);
      if (said === undefined) return void log.push(`${line}\n`);
      clearTimeout(timer);
      settle(said);
    });
  });
}

async function startDetached(found: OwnEmulator, options: StartOptions, logFile: string): Promise<Greeting> {
  const file = openSync(logFile, 'w');
  const child = spawn(found.python, serverArguments(options, '--detach-safe'), {
    stdio: ['ignore', file, file],
    env: serverEnvironment(options.env),
    detached: true,
  });
  closeSync(file);
  child.unref();
  for (let waited = 0; waited < START_SECONDS * 10; waited += 1) {
    const said = readFileSync(logFile, 'utf8')
      .split('\n')
      .map(parseGreeting)
      .find((line) => line !== undefined);
    if (said !== undefined) return said;
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  if (child.pid !== undefined) Emulator.kill(child.pid);
  throw new Error(`the emulator did not start:\n${readFileSync(logFile, 'utf8')}`);
}

function parseGreeting(line: string): Greeting | undefined {
  try {
    const said = JSON.parse(line) as Partial<Greeting> | null;
    return typeof said?.url === 'string'
      ? { url: said.url, ...(said.pid === undefined ? {} : { pid: said.pid }) }
      : undefined;
  } catch {
    return undefined;
  }
}
