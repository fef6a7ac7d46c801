/** What the construct tree owns: its template files, the resources in them, and acknowledgements of residency rules. */
import * as path from 'node:path';
import { CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

export interface ConstructTree {
  /** Absolute paths of the templates of every stack, nested ones too. */
  readonly templates: ReadonlySet<string>;
  /** `template#logicalId` → construct path, for every resource a construct owns. */
  readonly owners: ReadonlyMap<string, string>;
  /** Attempts to silence a residency rule. */
  readonly acknowledgements: readonly {
    readonly constructPath: string;
    readonly id: string;
    readonly reason: string;
  }[];
}

/** The key under which a resource of a template is owned. */
export function ownerKey(template: string, logicalId: string): string {
  return `${path.resolve(template)}#${logicalId}`;
}

/** Reads a finished construct tree. */
export function readTree(root: IConstruct): ConstructTree {
  const templates = new Set<string>();
  const owners = new Map<string, string>();
  const acknowledgements: { constructPath: string; id: string; reason: string }[] = [];
  for (const node of root.node.findAll()) {
    if (Stack.isStack(node)) templates.add(templateOf(node));
    if (CfnResource.isCfnResource(node)) {
      const logicalId: unknown = node.stack.resolve(node.logicalId);
      if (typeof logicalId === 'string') owners.set(ownerKey(templateOf(node.stack), logicalId), node.node.path);
    }
    for (const { type, data } of node.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || data === null || typeof data !== 'object') continue;
      for (const [id, reason] of Object.entries(data as Record<string, unknown>))
        if (isResidencyRule(id)) acknowledgements.push({ constructPath: node.node.path, id, reason: String(reason) });
    }
  }
  return { templates, owners, acknowledgements };
}

function templateOf(stack: Stack): string {
  return path.resolve(Stage.of(stack)!.outdir, stack.templateFile);
}

/** Ids may carry a namespace (`Annotation::`, the plug-in's name) or none; all forms are meant for the same rule. */
function isResidencyRule(id: string): boolean {
  return /^Residency(?:-|$)/i.test(id.slice(id.lastIndexOf('::') + (id.includes('::') ? 2 : 0)));
}
