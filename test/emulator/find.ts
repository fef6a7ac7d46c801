import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The one version of moto the Python layer is written against; it replaces methods of moto's classes. */
export const MOTO_VERSION = '5.2.1';

/** An environment as `process.env` has it. Read it at the edge and pass it in. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A Python that can start the emulator. */
export interface OwnEmulator {
  readonly ok: true;
  readonly kind: 'own';
  readonly python: string;
  readonly moto: string;
}

/** An endpoint that already answers, named by AWS_ENDPOINT_URL: this emulator, LocalStack, or another. */
export interface RunningEmulator {
  readonly ok: true;
  readonly kind: 'running';
  readonly url: string;
}

/** Neither; `why` is one line that says what is missing and how to get it. */
export interface NoEmulator {
  readonly ok: false;
  readonly why: string;
}

export type FoundEmulator = OwnEmulator | RunningEmulator;
export type Found = FoundEmulator | NoEmulator;

export interface FindOptions {
  /** Accept an AWS_ENDPOINT_URL on another machine. It must never be a real AWS endpoint. */
  readonly allowRemote?: boolean;
}

/**
 * Find something that answers like AWS: the endpoint AWS_ENDPOINT_URL names, else a Python with moto.
 *
 * Python candidates, in this order: $MOTO_PYTHON, the interpreter behind `moto_server` on the PATH, python3, python.
 * Never throws: a reason not to deploy is an answer.
 */
export function findEmulator(env: Variables, options: FindOptions = {}): Found {
  const url = env['AWS_ENDPOINT_URL'];
  if (url !== undefined && url !== '') {
    const why = endpointProblem(url, options);
    return why === undefined ? { ok: true, kind: 'running', url } : { ok: false, why };
  }
  return findPython(env);
}

/** Why an endpoint may not be deployed to, or undefined. Only loopback is trusted unless a remote one is allowed. */
export function endpointProblem(url: string, options: FindOptions = {}): string | undefined {
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    return `AWS_ENDPOINT_URL is no URL: ${url}`;
  }
  if (/(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|aws\.dev)$/i.test(host))
    return `${host} is real AWS, not an emulator`;
  if (isLoopback(host) || options.allowRemote === true) return undefined;
  return `AWS_ENDPOINT_URL points to ${host}, not to this machine: unset it, or allow remote endpoints explicitly`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function findPython(env: Variables): Found {
  const candidates = [env['MOTO_PYTHON'], interpreterOf('moto_server', env), 'python3', 'python'];
  const tried: string[] = [];
  for (const python of new Set(
    candidates.filter((candidate): candidate is string => candidate !== undefined && candidate !== ''),
  )) {
    const probe =
      'import boto3, flask, flask_cors, yaml; from importlib.metadata import version; print(version("moto"))';
    const run = spawnSync(python, ['-c', probe], { encoding: 'utf8', timeout: 60_000, env: { ...env } });
    const version = run.stdout?.trim() ?? '';
    if (run.status === 0 && version === MOTO_VERSION) return { ok: true, kind: 'own', python, moto: version };
    const problem =
      run.status === 0 ? `has moto ${version}` : (run.error?.message ?? run.stderr.trim().split('\n').pop());
    tried.push(`${python}: ${problem}`);
  }
  const how = `Install it with: pip install 'moto[server]==${MOTO_VERSION}' (or name an interpreter in MOTO_PYTHON, or an endpoint in AWS_ENDPOINT_URL)`;
  return { ok: false, why: `no Python with moto ${MOTO_VERSION} found (${tried.join('; ')}). ${how}` };
}

/** The interpreter in the first line of a Python script on the PATH. */
function interpreterOf(command: string, env: Variables): string | undefined {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, command);
    if (folder !== '' && existsSync(file)) {
      const [first] = readFileSync(file, 'utf8').split('\n', 1);
      return /^#!\s*(\/\S*python\S*)/.exec(first ?? '')?.[1];
    }
  }
  return undefined;
}
