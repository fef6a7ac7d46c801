/** docs/FIELD.md, from what the judge said of each template. */
import type { Flow } from '../../lib/residency';
import PACKAGES from './packages.json';
import { HOME } from './templates';

export interface Outcome {
  readonly packageName: string;
  readonly name: string;
  readonly resources?: number;
  readonly findings?: readonly Flow[];
  /** Why the file is no template. */
  readonly refused?: string;
}

export function fieldPage(outcomes: readonly Outcome[]): string {
  const read = outcomes.filter(({ findings }) => findings);
  const silent = read.filter(({ findings }) => findings!.length === 0);
  const resources = read.reduce((sum, one) => sum + one.resources!, 0);
  return `# In the field: templates of other people

Written by \`npm run field -- --write\`; do not edit. It fetches ${PACKAGES.length} packages of AWS's own construct libraries from the npm
registry (\`scripts/field/packages.json\`), takes the ${outcomes.length} templates that their tests keep, and judges each as an application
of its own, nothing registered, every store without a class restricted. They show habits that are not ours: nobody wrote them
with residency in mind, and many were written to try a feature out, not to hold data.

Where a template keeps a placeholder for Region or account, \`${HOME.region}\` and one account stand in its place; Regions it names are
left as they are.

| templates | read | refused | resources | without a finding | with findings |
| --- | --- | --- | --- | --- | --- |
| ${outcomes.length} | ${read.length} | ${outcomes.length - read.length} | ${resources.toLocaleString('en')} | ${silent.length} | ${read.length - silent.length} |

Refused are snapshots that hold a list of several templates, which CloudFormation does not take either; each is refused with one
line. The judge ended on no template with an error of its own: that would have ended the run.

## What was found

A finding need not be a leak. The code of a function stands in a parameter that is open at deployment (an older kind of asset), a
distribution serves from edge locations worldwide, a custom resource runs code that is in no template: \`unknown\` says that nobody
can tell from here. Whoever ran such an application in earnest would state or register what it means.

| verdict | rule | findings | templates | one of them |
| --- | --- | --- | --- | --- |
${byRule(read).join('\n')}
`;
}

function byRule(read: readonly Outcome[]): readonly string[] {
  const rules = new Map<string, { flow: Flow; findings: number; templates: Set<Outcome> }>();
  for (const outcome of read)
    for (const flow of outcome.findings!) {
      const key = `${flow.verdict} ${flow.rule}`;
      const rule = rules.get(key) ?? { flow, findings: 0, templates: new Set() };
      rules.set(key, rule);
      rule.findings += 1;
      rule.templates.add(outcome);
    }
  return [...rules.values()]
    .sort((a, b) => b.templates.size - a.templates.size || (a.flow.rule < b.flow.rule ? -1 : 1))
    .map(
      ({ flow, findings, templates }) =>
        `| ${flow.verdict} | \`${flow.rule}\` | ${findings} | ${templates.size} | ${example(flow)} |`,
    );
}

/** The reason, without the names of generated resources before it where it stands by itself. */
function example({ why }: Flow): string {
  const [, ...reasons] = why.split(': ');
  const reason = reasons.length > 1 ? reasons.join(': ') : why;
  return reason.length > 140 ? `${reason.slice(0, 140)}…` : reason.replaceAll('|', '\\|');
}
