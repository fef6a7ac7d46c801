/**
 * The synth gate: a cdk-nag pack that judges the templates on disk, all of them, as one application.
 *
 * It reads no typed property and applies no rule through cdk-nag's `applyRule`, because both can be evaded: escape hatches
 * change only what is emitted, and an acknowledgement silences a rule without a trace. Violations are `fatal`, the only
 * severity the CDK lets nobody acknowledge.
 */
import type { IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib/core';
import { Stage } from 'aws-cdk-lib/core';
// The file itself: the package as a whole loads the rules of all its packs.
import { NagPack } from 'cdk-nag/lib/nag-pack';
import type { IConstruct } from 'constructs';
import * as path from 'node:path';
import { findRegion } from '../geo';
import type { Flow, Judgement, JudgeOptions } from '../residency';
import { NOTHING_REGISTERED, countryName, judge } from '../residency';
import { readApplication } from '../template';
import type { Application } from '../template';
import type { ConstructTree } from './construct-tree';
import { readTree } from './construct-tree';

/** Rule ids are `Residency-<slug>`. */
export const RULE_PREFIX = 'Residency';

/** What is registered; whatever is left out is the strictest: nothing known outside, nothing excepted, all stores restricted. */
export interface ResidencyChecksOptions extends Partial<Omit<JudgeOptions, 'belongs'>> {
  /** Called with every judgement, for the summary and the evidence written at the end of synthesis. */
  readonly onJudgement?: (judgement: Judgement) => void;
}

export class ResidencyChecks extends NagPack {
  override readonly name = 'eea-residency';

  /** @param scope the App; register with `Validations.of(app).addPlugins(new ResidencyChecks(app))` */
  constructor(
    scope: IConstruct,
    private readonly options: ResidencyChecksOptions = {},
  ) {
    super(scope);
    this.packName = RULE_PREFIX;
  }

  /** Judges the assembly of the App. Never throws: a judge that fails is a violation, because the CLI lets a crash pass. */
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    try {
      const violations = this.violationsOf(context.appConstruct);
      return { success: violations.length === 0, violations };
    } catch (error) {
      return failed(error, context.templatePaths);
    }
  }

  /** There is nothing to judge in a construct tree without templates; asking is answered with a violation, never with silence. */
  override validateScope(): PolicyValidationPluginReport {
    return failed(new Error('residency is judged on synthesised templates; call synth() on the App'), []);
  }

  protected override checkResource(): void {
    throw new Error('residency is judged on templates, not on constructs');
  }

  private violationsOf(root: IConstruct): PolicyViolation[] {
    const assembly = Stage.isStage(root) ? root : Stage.of(root);
    if (!assembly) throw new Error('the construct tree has no App at its root');
    const tree = readTree(root);
    const application = readApplication([{ path: assembly.outdir }], {
      partitionOf: (region) => findRegion(region)?.partition,
    });
    const judgement = judge(application, {
      ...NOTHING_REGISTERED,
      now: new Date(),
      ...this.options,
      belongs: (file) => tree.templates.has(path.resolve(file)),
    });
    this.options.onJudgement?.(judgement);
    return [
      ...judgement.findings.map((flow) => violationOf(flow, tree)),
      ...unjudgedTemplates(application, tree),
      ...unownedResources(application, tree),
      ...tree.acknowledgements.map(acknowledged),
    ];
  }
}

function violationOf(flow: Flow, tree: ConstructTree): PolicyViolation {
  const at = flow.via ?? flow.store;
  const template = flow.source?.file;
  const owner = template === undefined ? undefined : tree.owners.get(path.resolve(template))?.get(at.logicalId);
  const constructPath = owner ?? at.constructPath;
  const { country, region, value } = flow.destination;
  const where = [value, region === value ? undefined : region, country && countryName(country)]
    .filter(Boolean)
    .join(', ');
  return {
    ruleName: `${RULE_PREFIX}-${flow.rule}`,
    description: `${flow.why}. Destination: ${where}. ${flow.remedy} [${flow.fingerprint}]`,
    fix: flow.remedy,
    severity: 'fatal',
    ruleMetadata: { fingerprint: flow.fingerprint, verdict: flow.verdict, channel: flow.channel },
    violatingResources: [
      {
        ...(constructPath
          ? { constructPath }
          : { resourceLogicalId: at.logicalId, ...(template ? { templatePath: template } : {}) }),
        locations: [flow.path ? `Properties.${flow.path}` : 'Properties'],
      },
    ],
  };
}

/** A stack of the tree whose template was not read was not judged. */
function unjudgedTemplates(application: Application, tree: ConstructTree): PolicyViolation[] {
  const read = new Set(application.templates.map(({ source }) => path.resolve(source.file)));
  return [...tree.templates]
    .filter((file) => !read.has(file))
    .map((file) =>
      fatal(
        'template-not-judged',
        `The template ${path.basename(file)} was not among those judged.`,
        'Synthesise into an empty folder.',
        {
          templatePath: file,
          resourceLogicalId: '',
          locations: [],
        },
      ),
    );
}

/** Resources in a template that no construct emitted: written by an element or stack that overrides its own output. */
function unownedResources(application: Application, tree: ConstructTree): PolicyViolation[] {
  return application.templates.flatMap((template) => {
    const owned = tree.owners.get(path.resolve(template.source.file));
    // A template of no stack of the tree is left over from an earlier synthesis.
    if (!owned) return [];
    return template.resources
      .filter(({ logicalId }) => !owned.has(logicalId))
      .map((resource) =>
        fatal(
          'unowned-resource',
          `${resource.type} ${resource.logicalId} is in the template of stack ${template.source.stackName}, but no construct of the application is that resource.`,
          'Create the resource with a construct, so that it can be reviewed where it is written.',
          {
            resourceLogicalId: resource.logicalId,
            templatePath: template.source.file,
            locations: [`Resources.${resource.logicalId}`],
          },
        ),
      );
  });
}

function acknowledged({ constructPath, id, reason }: ConstructTree['acknowledgements'][number]): PolicyViolation {
  return fatal(
    'acknowledged',
    `${constructPath || 'The App'} acknowledges ${id} ("${reason}"). A residency rule cannot be acknowledged; the finding stands.`,
    'Remove the acknowledgement and register a waiver with an owner, another approver, a legal basis and an end.',
    { constructPath, locations: [] },
  );
}

function failed(error: unknown, templates: readonly string[]): PolicyValidationPluginReport {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
  return {
    success: false,
    violations: [
      fatal(
        'judge-failed',
        `Residency could not be judged: ${message}.`,
        'Nothing may be deployed that was not judged. Mend the template named, or report the error.',
        { ...(templates[0] ? { templatePath: templates[0] } : {}), resourceLogicalId: '', locations: [] },
      ),
    ],
  };
}

function fatal(
  slug: string,
  description: string,
  fix: string,
  resource: PolicyViolation['violatingResources'][number],
): PolicyViolation {
  return {
    ruleName: `${RULE_PREFIX}-${slug}`,
    description: `${description} ${fix}`,
    fix,
    severity: 'fatal',
    violatingResources: [resource],
  };
}
