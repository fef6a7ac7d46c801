/** The leak corpus as one App per side, so that every tool is shown the same thing. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { parse } from 'yaml';
import { OURS } from '../../test/leaks/places';
import type { Case } from '../../test/leaks/cases';
import type { Side } from '../../test/leaks/court';
import type { StackTemplate } from '../../test/leaks/writing';
import type { Build } from './tool';

export interface CorpusBuild extends Build {
  /** Cases whose minimal properties no typed class accepts: their templates are emitted as they stand. */
  readonly untyped: number;
}

/** Builds the cases of one side. Templates are taken in with CfnInclude, which makes typed constructs of them. */
export function buildCorpus(cases: readonly Case[], side: Side, folder: string): CorpusBuild {
  const app = new App({
    outdir: path.join(folder, side),
    analyticsReporting: false,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false },
  });
  let untyped = 0;
  for (const one of cases) {
    if (one.writing.level === 'program') {
      one.writing.build(app, one.channel, one[side]);
      continue;
    }
    const stacks = one.writing.templates(one.channel, one[side]);
    try {
      for (const stack of stacks) takeIn(app, stack, folder, side);
    } catch {
      untyped += 1;
      for (const { name } of stacks) app.node.tryRemoveChild(name);
      for (const stack of stacks) emit(app, stack);
    }
  }
  return { app, directory: app.synth().directory, untyped };
}

function takeIn(app: App, { name, region, template }: StackTemplate, folder: string, side: Side): void {
  const yaml = typeof template === 'string';
  const templateFile = path.join(folder, `${side}-${name}.${yaml ? 'yaml' : 'json'}`);
  writeFileSync(templateFile, yaml ? template : JSON.stringify(template));
  const stack = new CheckedStack(app, name, { stackName: name, env: { account: OURS, region } });
  new CfnInclude(stack, 'Included', { templateFile });
  stack.check();
}

/** A stack that renders itself as soon as it is complete: typed classes check their properties only then. */
class CheckedStack extends Stack {
  check(): void {
    this.resolve(this._toCloudFormation());
  }
}

/** A stack whose template is given, with no construct behind it. */
class EmittedStack extends Stack {
  private readonly emitted: object;

  constructor(app: App, { name, region, template }: StackTemplate) {
    super(app, name, { stackName: name, env: { account: OURS, region } });
    this.emitted = (typeof template === 'string' ? parseCloudFormation(template) : template) as object;
  }

  override _toCloudFormation(): object {
    return this.emitted;
  }
}

/** Puts a template into the App as it stands, with no construct behind it. */
function emit(app: App, stack: StackTemplate): void {
  new EmittedStack(app, stack);
}

/** YAML whose only tags are `!Join` and `!Sub`. */
function parseCloudFormation(text: string): unknown {
  return parse(
    text.replace(/!(Join|Sub) (\[.*\]|"[^"]*")/g, '{ "Fn::$1": $2 }').replace(/!Sub ("[^"]*")/g, '{ "Fn::Sub": $1 }'),
  );
}
