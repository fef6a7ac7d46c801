/** The attestation as one self-contained page that runs nothing and loads nothing. Pure: the same input, the same bytes. */
import { chip } from '../../report/page/chips';
import { factList } from '../../report/page/facts';
import { frame } from '../../report/page/frame';
import type { Markup } from '../../report/page/markup';
import { markup } from '../../report/page/markup';
import { staticTable } from '../../report/page/static-table';
import type { Attestation, AttestationVerdict, AttestedClaim } from '../model';
import { describePlace } from '../places';
import { byStack, told } from './order';
import { printable } from './printable';

/** Verdicts by the classes of the page's style: what holds looks like what stays inside. */
const LOOKS: Readonly<
  Record<AttestationVerdict, { readonly look: string; readonly sign: string; readonly means: string }>
> = {
  holds: { look: 'inside', sign: '✓', means: 'Every claim of the templates is shown by an answer of AWS.' },
  broken: { look: 'outside', sign: '✕', means: 'An answer of AWS shows the contrary of what a template declares.' },
  unexpected: { look: 'outside', sign: '✕', means: 'The accounts hold what no template declares.' },
  unseen: { look: 'unknown', sign: '?', means: 'Nothing is known to be wrong, and not everything could be seen.' },
};

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

const verdictChip = (verdict: AttestationVerdict): Markup => chip(LOOKS[verdict].look, LOOKS[verdict].sign, verdict);

function header({ verdict, counts, places, claims }: Attestation): Markup {
  const { look, sign, means } = LOOKS[verdict];
  const accounts = new Set(places.map(({ account }) => account)).size;
  const regions = new Set(places.map(({ region }) => region)).size;
  const figures = Object.entries(counts);
  return markup`<header class="top"><div class="verdict ${look}"><p class="kicker">Attestation</p><h1>Does what runs equal what was declared?</h1>
<p class="answer"><span class="word"><span class="sign" aria-hidden="true">${sign}</span>${verdict}</span><span class="meaning">${means}</span></p></div>
<ul class="figures" aria-label="Figures">${figures.map(([words, number]) => markup`<li><strong>${number}</strong> ${words}</li>`)}</ul>
${factList([
  { name: 'Claims', value: String(claims.length) },
  { name: 'Looked at', value: `${accounts} accounts, ${regions} Regions` },
])}</header>`;
}

const HEAD = ['Resource', 'Claim', 'Verdict', 'Expected', 'Seen', 'Why', 'To do'] as const;

/** Faults first, each cause once; what holds is behind a line that opens. */
function stack(id: string, title: string, claims: readonly AttestedClaim[]): Markup {
  const faults = told(claims.filter(({ verdict }) => verdict !== 'holds'));
  const held = claims.filter(({ verdict }) => verdict === 'holds');
  return markup`<h3>${printable(title)}</h3>${
    faults.length > 0
      ? staticTable(
          `${id}-faults`,
          'What does not hold, or was not seen',
          HEAD,
          faults.map(({ first, claims: group }) => row(first, group)),
        )
      : undefined
  }${
    held.length > 0
      ? markup`<details><summary>${held.length} of ${claims.length} claims hold</summary>${staticTable(
          `${id}-held`,
          'What holds, with the answer that shows it',
          ['Resource', 'Claim', 'Expected', 'Seen'],
          held.map(({ resource, claim, expected, seen }) => [resource.name, claim, expected, seen].map(printable)),
        )}</details>`
      : undefined
  }`;
}

const row = (first: AttestedClaim, group: readonly AttestedClaim[]): (string | Markup)[] => [
  [...new Set(group.map(({ resource }) => printable(resource.name)))].join(', '),
  [...new Set(group.map(({ claim }) => printable(claim)))].join(', '),
  verdictChip(first.verdict),
  ...[first.expected, first.seen, first.why, first.remedy].map(printable),
];

/** Channels that share a reason are told together. */
function byReason(channels: Attestation['channels']['impossible']): [string, string[]][] {
  const reasons = new Map<string, string[]>();
  for (const { slug, why } of channels) reasons.set(why, [...(reasons.get(why) ?? []), slug]);
  return [...reasons];
}

function parts(attestation: Attestation): readonly Part[] {
  const { claims, unexpected, accepted, channels, notAttested } = attestation;
  return [
    {
      id: 'unexpected',
      title: 'Unexpected',
      content: staticTable(
        'unexpected-caption',
        'What no template declares',
        ['What', 'Type', 'Data class', 'Seen', 'Reaches', 'Why', 'To do'],
        unexpected.map(({ name, type, dataClass, seen, reaches, why, remedy }) =>
          [name, type, dataClass, seen, reaches.map(describePlace).join(', ') || 'no other Region', why, remedy].map(
            printable,
          ),
        ),
      ),
    },
    {
      id: 'claims',
      title: 'Claims',
      content: markup`${byStack(claims).map(([title, group], index) => stack(`claims-${index + 1}`, title, group))}`,
    },
    {
      id: 'accepted',
      title: 'Accepted',
      content: staticTable(
        'accepted-caption',
        'What stands although no template declares it, by the register',
        ['What', 'Type', 'Data class', 'Owner', 'Reason', 'Until'],
        accepted.map(({ thing, owner, reason, expires }) =>
          [thing.name, thing.type, thing.dataClass, owner, reason, expires].map(printable),
        ),
      ),
    },
    {
      id: 'not-looked-at',
      title: 'Not looked at',
      content: markup`${staticTable(
        'types-caption',
        'Declared resources that no claim speaks about',
        ['Type', 'Resources'],
        notAttested.map(({ type, count }) => [type, String(count)]),
      )}${staticTable(
        'channels-caption',
        'Channels of the catalogue without a probe here: unseen, never taken to be fine',
        ['Channel', 'Type', 'Probe that would show it'],
        channels.unseen.map(({ slug, type, probe }) => [slug, type, markup`<code>${probe}</code>`]),
        'the JSON form',
      )}${staticTable(
        'impossible-caption',
        'Channels that no read-only call can show',
        ['Why', 'Channels'],
        byReason(channels.impossible).map(([why, slugs]) => [why, slugs.join(', ')]),
      )}`,
    },
  ];
}

/** @param version of the tool */
export function attestationAsHtml(attestation: Attestation, version: string): string {
  const sections = parts(attestation);
  const { channels, places } = attestation;
  const total = channels.attested.length + channels.unseen.length + channels.impossible.length;
  return frame({
    title: `Attestation: ${attestation.verdict}`,
    skip: { to: 'unexpected', words: 'Skip to the findings' },
    body: markup`${header(attestation)}
<nav aria-label="Parts of this page"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${sections.map(({ id, title, content }) => markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`)}
<footer><h2>Made from</h2>${factList([
      { name: 'Tool', value: `enclave ${version}` },
      { name: 'Channels looked at', value: `${channels.attested.length} of ${total}` },
      { name: 'Places', value: places.map(({ account, region }) => `${account} ${region}`).join(', ') },
    ])}</footer>
</main>
`,
  });
}
