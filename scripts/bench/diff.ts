/**
 * `ts-node scripts/bench/diff.ts [RESOURCES] [ROUNDS]`: what `enclave diff` of two assemblies costs, as a ratio to one
 * `enclave check`. Whole processes in turn, medians. The base is compared with itself, with an ordinary change (a queue that
 * one more account may send to, in one stack), and with a head that differs everywhere in names, order and some flows.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from './scale/compiled';
import { median, usageOf } from './scale/measure';
import { writeOrdinaryAssembly } from './scale/ordinary-assembly';

/** A diff reads and judges two applications; the goal leaves a quarter more for comparing them. */
const GOAL = 2.5;
const [resources = '10000', rounds = '5'] = process.argv.slice(2);

interface Written {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

/** What a pull request changes: one statement more in one policy of one stack. */
function edited(folder: string): void {
  const name = readdirSync(folder).find((file) => file.endsWith('.template.json'))!;
  const file = join(folder, name);
  const template = JSON.parse(readFileSync(file, 'utf8')) as Written;
  const policy = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy')!;
  const { Statement } = policy.Properties['PolicyDocument'] as { Statement: unknown[] };
  const reader = { AWS: 'arn:aws:iam::222222222222:root' };
  Statement.push({ Effect: 'Allow', Principal: reader, Action: 's3:GetObject', Resource: '*' });
  writeFileSync(file, JSON.stringify(template, undefined, 1));
}

/** Every tenth bucket is called otherwise, every stack is in another order, every fiftieth resource is gone. */
function changed(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.template.json'))) {
    const file = join(folder, name);
    const template = JSON.parse(readFileSync(file, 'utf8')) as Written;
    const kept = Object.entries(template.Resources).filter((_entry, index) => index % 50 !== 49);
    // Laid out as the CDK writes it.
    const text = JSON.stringify({ ...template, Resources: Object.fromEntries(kept.reverse()) }, undefined, 1);
    const buckets = kept.filter(([, { Type }]) => Type === 'AWS::S3::Bucket').map(([id]) => id);
    const renamed = buckets
      .filter((_id, index) => index % 10 === 0)
      .reduce((written, id) => written.replaceAll(`"${id}"`, `"${id}Renamed"`), text);
    writeFileSync(file, renamed);
  }
}

// As it is published: a compiler in the measured process would count as its time.
const compiled = compile();
const folder = mkdtempSync(join(tmpdir(), 'enclave-diff-bench-'));
try {
  const [base, head, one] = [join(folder, 'base'), join(folder, 'head'), join(folder, 'one')];
  for (const assembly of [base, head, one]) writeOrdinaryAssembly(assembly, Number(resources));
  changed(head);
  edited(one);
  const cpu = { check: [] as number[], same: [] as number[], one: [] as number[], diff: [] as number[] };
  const run = (...args: readonly string[]): number =>
    usageOf(join(compiled, 'bin/cli.js'), args, { folder, fromSource: false, statuses: [0, 1] }).cpuSeconds;
  for (let round = 0; round < Number(rounds); round += 1) {
    cpu.check.push(run('check', base));
    cpu.same.push(run('diff', base, base));
    cpu.one.push(run('diff', base, one));
    cpu.diff.push(run('diff', base, head));
  }
  const check = median(cpu.check);
  const line = (what: string, all: readonly number[]): string =>
    `${what}: ${median(all).toFixed(2)} s CPU, ${(median(all) / check).toFixed(2)} × one check\n`;
  const met = (all: readonly number[]): string => (median(all) / check <= GOAL ? 'met' : 'missed');
  process.stdout.write(
    `${resources} resources, ${rounds} rounds, Node ${process.version}; goal ${GOAL} × one check\n` +
      line('enclave check', cpu.check) +
      line(`enclave diff, nothing changed (${met(cpu.same)})`, cpu.same) +
      line(`enclave diff, one policy changed (${met(cpu.one)})`, cpu.one) +
      line(`enclave diff, renamed, reordered and shortened everywhere (${met(cpu.diff)})`, cpu.diff),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
