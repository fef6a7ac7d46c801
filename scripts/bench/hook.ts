/**
 * `npx ts-node scripts/bench/hook.ts`: how large the hook's package is and how long its answers take, written into
 * docs/hook.md. Every cold answer is a fresh process of the packaged code, asked about a stack of the shipped enclave; S3 is a
 * document in memory, CloudFormation a server on this machine that holds the enclave's templates.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { App } from 'aws-cdk-lib/core';
import * as prettier from 'prettier';
import { bundleGateway } from '../../bin/gateway/bundle';
import { checkedGateway } from '../../bin/gateway/checked';
import { packageHook } from '../../bin/hook/package';
import { hookRegister } from '../../bin/hook/register';
import { enclave } from '../../config/enclave';
import { parseEnclave } from '../../config/parse';
import { buildEnclave } from '../../lib/enclave/enclave';
import { startCheck } from '../../lib/enclave/hook/start-check';

const ROOT = resolve(__dirname, '../..');
const PAGE = join(ROOT, 'docs/hook.md');
const COLD_ROUNDS = 7;

interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: string;
}

interface Measured {
  readonly stack: string;
  readonly status: string;
  readonly loaded: number;
  readonly first: number;
  readonly second: number;
  readonly memory: number;
}

// The CDK's own validation of templates is the main app's business, and is not what is measured.
process.env['CDK_VALIDATION'] ??= 'false';

const config = parseEnclave(enclave);
const gateway = bundleGateway(config, checkedGateway(config, new Date()));
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
const app = new App({ context });
buildEnclave(app, config, gateway.plan);
const code = packageHook(hookRegister(config, app, new Date()));
const stacks: Stack[] = app.synth().stacksRecursively.map(({ stackName: name, environment, templateFullPath }) => ({
  name,
  account: environment.account,
  region: environment.region,
  template: readFileSync(templateFullPath, 'utf8'),
}));
writeFileSync(join(code.folder, 'index.js'), startCheck(code.digest, join(code.folder, 'judge')));

/** What runs in the fresh process: loads the function as Lambda does and asks it the same twice. */
const ASK = `
const { handler } = require(process.argv[1] + '/index.js');
const loaded = performance.now();
const { event, document, arn } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
globalThis.fetch = () => Promise.resolve(new Response(document));
const timed = async () => {
  const from = performance.now();
  const answer = await handler(event, { invokedFunctionArn: arn });
  return [answer, performance.now() - from];
};
timed().then(async ([answer, first]) => {
  const [, second] = await timed();
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ status: answer.hookStatus + ' ' + answer.message, loaded, first, second, memory }));
});`;

/** Answers GetTemplate for the enclave's stacks, in the query protocol of CloudFormation. */
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const name = new URLSearchParams(body).get('StackName');
    const [, region] = /\/\d{8}\/([a-z0-9-]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const found = stacks.find((stack) => stack.name === name && stack.region === region);
    const text = (found?.template ?? '').replace(/&/g, '&amp;').replace(/</g, '&lt;');
    response.writeHead(found ? 200 : 400, { 'content-type': 'text/xml' });
    response.end(
      found
        ? `<GetTemplateResponse><GetTemplateResult><TemplateBody>${text}</TemplateBody></GetTemplateResult></GetTemplateResponse>`
        : `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`,
    );
  });
});

function measure(stack: Stack): Promise<Measured> {
  const { name, account, region, template } = stack;
  const event = {
    clientRequestToken: 'bench',
    awsAccountId: account,
    stackId: `arn:aws:cloudformation:${region}:${account}:stack/${name}/1a2345b6-0000-00a0-a123-00abc0abc000`,
    hookTypeName: 'EeaEnclave::Residency::Judge',
    actionInvocationPoint: 'CREATE_PRE_PROVISION',
    requestData: {
      targetName: 'STACK',
      targetType: 'STACK',
      payload: `https://cfn-hooks-payload.s3.${region}.amazonaws.com/bench`,
    },
  };
  const child = spawn(process.execPath, ['-e', ASK, code.folder], {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(
    JSON.stringify({
      event,
      document: JSON.stringify({ template }),
      arn: `arn:aws:lambda:${region}:${account}:function:judge`,
    }),
  );
  return new Promise((done, failed) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.on('error', failed);
    child.on('close', (status) =>
      status === 0
        ? done({ stack: name, ...(JSON.parse(out) as Omit<Measured, 'stack'>) })
        : failed(new Error(`${name}: the packaged judge ended with status ${status}`)),
    );
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const whole = (value: number): string => Math.round(value).toLocaleString('en');

function sizes(): string {
  const judge = join(code.folder, 'judge');
  const files = readdirSync(judge, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = (of: typeof files) => of.reduce((sum, f) => sum + statSync(join(f.parentPath, f.name)).size, 0);
  const packed = files.reduce((sum, f) => sum + gzipSync(readFileSync(join(f.parentPath, f.name))).length, 0);
  const script = files.filter(({ name }) => name === 'judge.js');
  const told = files.filter(({ name }) => name === 'register.json');
  const kb = (size: number): string => `${whole(size / 1024)} KB`;
  return `| what | size |
| --- | --- |
| the judge, one script | ${kb(bytes(script))} |
| the catalogue, ${files.length - 2} files | ${kb(bytes(files) - bytes(script) - bytes(told))} |
| what the judge is told | ${kb(bytes(told))} |
| all of it, compressed | ${kb(packed)} |`;
}

async function main(): Promise<void> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const once: Measured[] = [];
  for (const stack of stacks) once.push(await measure(stack));
  const refused = once.filter(({ status }) => !status.startsWith('SUCCESS'));
  const slowest = once.reduce((a, b) => (b.first > a.first ? b : a));
  const rounds: Measured[] = [];
  for (let i = 0; i < COLD_ROUNDS; i++) rounds.push(await measure(stacks.find(({ name }) => name === slowest.stack)!));
  server.close();
  const text = `Written by \`npx ts-node scripts/bench/hook.ts\`: every stack once in a fresh process, the slowest ${COLD_ROUNDS} times, medians
(${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; Lambda’s own start of a sandbox and the way over the network come on top).

${sizes()}

| what | measured |
| --- | --- |
| stacks of the enclave that pass, one by one | ${once.length - refused.length} of ${once.length} |
| start of the process until the judge is checked and loaded | ${whole(median(rounds.map((r) => r.loaded)))} ms |
| first answer after that, for the slowest stack (\`${slowest.stack}\`) with its neighbours | ${whole(median(rounds.map((r) => r.first)))} ms |
| the same answer again, warm | ${whole(median(rounds.map((r) => r.second)))} ms |
| first answer, median of all stacks | ${whole(median(once.map((r) => r.first)))} ms |
| peak memory | ${whole(Math.max(...[...once, ...rounds].map((r) => r.memory)))} MB |`;
  const page = readFileSync(PAGE, 'utf8').replace(
    /(<!-- measured -->)[\s\S]*(<!-- end -->)/,
    (_, begin: string, end: string) => `${begin}\n\n${text}\n\n${end}`,
  );
  writeFileSync(PAGE, await prettier.format(page, { ...(await prettier.resolveConfig(PAGE)), filepath: PAGE }));
  process.stdout.write(`${text}\n${refused.map(({ stack, status }) => `${stack}: ${status}\n`).join('')}`);
  for (const folder of [code.folder, gateway.folder]) rmSync(folder, { recursive: true });
  if (refused.length > 0) process.exitCode = 1;
}

void main();
