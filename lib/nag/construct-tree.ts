/** What the construct tree owns: its template files, the resources in them, and acknowledgements of residency rules. */
import * as path from 'node:path';
import { CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

export interface ConstructTree {
  /** Absolute paths of the templates of every stack, nested ones too. */
  readonly templates: ReadonlySet<string>;
  /** Template → logical id → construct path, for every resource a construct owns. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Attempts to silence a residency rule. */
  readonly acknowledgements: readonly {
    readonly constructPath: string;
    readonly id: string;
    readonly reason: string;
  }[];
}

/** Reads a finished construct tree. */
export function readTree(root: IConstruct): ConstructTree {
  const owners = new Map<string, Map<string, string>>();
  const ofStacks = new Map<Stack, Map<string, string>>();
  const ownedIn = (stack: Stack): Map<string, string> => {
    const known = ofStacks.get(stack);
    if (known) return known;
    const template = templateOf(stack);
    const owned = owners.get(template) ?? new Map<string, string>();
    owners.set(template, owned);
    ofStacks.set(stack, owned);
    return owned;
  };
  const acknowledgements: { constructPath: string; id: string; reason: string }[] = [];
  for (const node of root.node.findAll()) {
    if (Stack.isStack(node)) ownedIn(node);
    if (CfnResource.isCfnResource(node)) {
      const logicalId: unknown = node.stack.resolve(node.logicalId);
      if (typeof logicalId === 'string') ownedIn(node.stack).set(logicalId, node.node.path);
    }
    for (const { type, data } of node.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || data === null || typeof data !== 'object') continue;
      for (const [id, reason] of Object.entries(data as Record<string, unknown>))
        if (isResidencyRule(id)) acknowledgements.push({ constructPath: node.node.path, id, reason: String(reason) });
    }
  }
  return { templates: new Set(owners.keys()), owners, acknowledgements };
}

function templateOf(stack: Stack): string {
  return path.resolve(Stage.of(stack)!.outdir, stack.templateFile);
}

/** Ids may carry a namespace (`Annotation::`, the plug-in's name) or none; all forms are meant for the same rule. */
function isResidencyRule(id: string): boolean {
  return /^Residency(?:-|$)/i.test(id.slice(id.lastIndexOf('::') + (id.includes('::') ? 2 : 0)));
}
