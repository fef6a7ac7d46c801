/** The validation built into the CDK: what it wrote into the report of the synthesis. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tool, ToolFinding } from './tool';
import { versionOf } from './version';

interface Report {
  readonly pluginReports?: readonly {
    readonly violations?: readonly {
      readonly ruleName: string;
      readonly violatingConstructs?: readonly Place[];
      readonly violatingResources?: readonly Place[];
    }[];
  }[];
}

interface Place {
  readonly constructPath?: string;
  readonly resourceLogicalId?: string;
  readonly templatePath?: string;
  readonly cloudFormationResource?: { readonly templatePath?: string; readonly logicalId?: string };
}

export const cdkValidation: Tool = {
  name: 'CDK built-in validation',
  version: `aws-cdk-lib ${versionOf('aws-cdk-lib')}`,
  command: 'CDK_VALIDATION=true npx cdk synth; cat cdk.out/validation-report.json',
  findings: ({ directory }) => {
    const file = path.join(directory, 'validation-report.json');
    if (!existsSync(file))
      throw new Error(`${file} was not written: was the App synthesised with CDK_VALIDATION=true?`);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    return (report.pluginReports ?? []).flatMap(({ violations }) =>
      (violations ?? []).flatMap((violation): ToolFinding[] =>
        (violation.violatingConstructs ?? violation.violatingResources ?? []).map((place) => {
          const template = place.templatePath ?? place.cloudFormationResource?.templatePath;
          const logicalId = place.resourceLogicalId ?? place.cloudFormationResource?.logicalId;
          return {
            at: place.constructPath ?? (template ? path.basename(template) : ''),
            what: `${violation.ruleName} ${place.constructPath ?? logicalId ?? ''}`,
          };
        }),
      ),
    );
  },
};
