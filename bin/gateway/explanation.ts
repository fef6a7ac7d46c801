/** How an explanation is shown. */
import { relative } from 'node:path';
import type { Explanation } from '../../lib/gateway/decision/explain';
import type { Obligations } from '../../lib/gateway/decision/obligations';
import type { Scenario } from '../../lib/gateway/decision/scenario';

type View = (scenario: Scenario, explanation: Explanation) => string;

/** One line on what an answer is bound to. */
function obligationsLine({ form, minimumGroup, noise, maxRows, maxBytes, sessionSeconds }: Obligations): string {
  const groups = form === 'aggregated' ? `, groups of ${minimumGroup} or more${noise ? ' with noise' : ''}` : '';
  return `${form}${groups}; at most ${maxRows} rows and ${maxBytes} bytes; session of at most ${sessionSeconds} s`;
}

const asText: View = (scenario, { decision, decidedBy, otherReasons, changes, then }) => {
  const { outcome, zone, obligations, policyHash } = decision;
  const lines = [
    `${outcome.toUpperCase()}  ${scenario.role} in ${scenario.country} (zone ${zone}) reads ${scenario.class} data for ${scenario.purpose}`,
    ...(obligations ? [`answer      ${obligationsLine(obligations)}`] : []),
    ...decidedBy.flatMap(({ effect, id, file, line, advice }) => [
      `decided by  ${effect} ${id}  (${relative(process.cwd(), file)}:${line})`,
      `            ${advice}`,
    ]),
    ...otherReasons.map((reason) => `because     ${reason}`),
    ...changes.map((change, i) => `${i === 0 ? 'needs      ' : '       and '} ${change}`),
    ...(then ? [`then        ${obligationsLine(then)}`] : []),
    `policies    sha256 ${policyHash}`,
  ];
  return `${lines.join('\n')}\n`;
};

const asJson: View = (scenario, { decision, decidedBy, otherReasons, changes, then }) =>
  `${JSON.stringify(
    {
      scenario,
      decision,
      decidedBy: decidedBy.map(({ text: _, file, ...policy }) => ({ ...policy, file: relative(process.cwd(), file) })),
      otherReasons,
      changes,
      ...(then ? { then } : {}),
    },
    null,
    2,
  )}\n`;

export const EXPLANATION_VIEWS: Readonly<Record<'text' | 'json', View>> = { text: asText, json: asJson };
