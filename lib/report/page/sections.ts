/** The parts of the page that are read rather than searched. */
import { countryName } from '../../residency';
import { counted } from '../wording';
import { chip } from './chips';
import type { Evidence } from './evidence';
import type { Drawing } from './links';
import type { Markup } from './markup';
import { markup } from './markup';
import { controls, processing, proof } from './paperwork';
import { STATUS_WORDS } from './places';
import { SIGNS } from './state';
import { staticTable } from './static-table';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/** Words that stay on one line. */
const short = (words: string): Markup => markup`<span class="short">${words}</span>`;

/** The places of the map as a table: the numbers are those of the marks. */
export function placesTable({ places, links }: Drawing): Markup {
  const rows = places.map(({ index, name, where, region, account, status, site, stores, staying }) => {
    const leaving = links.filter(({ from }) => from.index === index).reduce((sum, { count }) => sum + count, 0);
    const coming = links.filter(({ to }) => to.index === index).reduce((sum, { count }) => sum + count, 0);
    return [
      markup`<span class="number ${status}">${index + 1}</span> ${name}`,
      markup`${where}${site && site.committed !== site.actual ? markup`<br/><small>stands in for ${countryName(site.committed)}</small>` : undefined}`,
      short(region ?? ''),
      account ?? '',
      STATUS_WORDS[status],
      String(stores),
      String(staying),
      String(leaving),
      String(coming),
    ];
  });
  const head = ['Place', 'Where', 'Region', 'Account', 'Status', 'Stores', 'Flows that stay', 'Flows out', 'Flows in'];
  return staticTable('places-caption', 'Places, by the numbers of the map', head, rows);
}

const statusChip = (status: string, because = ''): Markup => {
  if (because.startsWith('contradicted')) return chip('outside', SIGNS.outside, 'contradicted');
  const kind = status === 'met' ? 'inside' : status === 'stand-in' ? 'unknown' : 'open';
  return chip(kind, status === 'met' ? '✓' : status === 'stand-in' ? '≈' : '–', status);
};

function sites({ manifest }: Evidence): Markup {
  if (!manifest.sites) return markup`<p class="none">The assembly carries no record of sites.</p>`;
  const rows = manifest.sites.map(({ site, committed, actual, region, account, status, standIn, zones }) => [
    site,
    countryName(committed),
    countryName(actual),
    short(region),
    account,
    zones.map((zone) => markup`${short(zone)} `),
    statusChip(status),
    standIn ? `${standIn.reason} Accepted by ${standIn.acceptedBy}, to be reviewed by ${standIn.reviewBy}.` : '',
  ]);
  const operator = manifest.operator;
  return markup`${staticTable('sites-caption', 'Sites: the country committed, and the country where they stand', ['Site', 'Committed', 'Stands in', 'Region', 'Account', 'Zones', 'State', 'Stand-in'], rows)}${operator ? markup`<p class="none">Operated by ${operator.name}, ${countryName(operator.country)}, as the configuration names it.</p>` : undefined}`;
}

const commitments = (evidence: Evidence): Markup =>
  markup`${sites(evidence)}${staticTable(
    'commitments-caption',
    'Promises, and what this assembly shows of them',
    ['Promise', 'Words', 'State', 'What was seen', 'Shown by'],
    evidence.commitments.commitments.map(({ id, promise, status, because, shownBy }) => [
      id,
      promise,
      statusChip(status, because),
      because,
      markup`<code>${shownBy}</code>`,
    ]),
  )}`;

function keys({ custody }: Evidence): Markup {
  const rows = custody.keys.map((key) => [
    key.key,
    key.class,
    [key.region ?? 'Region not stated', key.country].filter(Boolean).join(', '),
    key.account ?? '',
    markup`${key.origin}<br/><small>multi-Region: ${key.multiRegion}; rotation: ${key.rotation}</small>`,
    markup`<details><summary>${counted(key.opens.length, 'store')}</summary><ul>${key.opens.map(({ store }) => markup`<li>${store}</li>`)}</ul></details>`,
    markup`<details><summary>${counted(key.policy.length, 'statement')}</summary><ul>${key.policy.map((words) => markup`<li>${words}</li>`)}</ul></details>`,
  ]);
  const head = ['Key', 'Class', 'Stands in', 'Account', 'Origin', 'Opens', 'Policy'];
  return markup`${staticTable('keys-caption', 'Customer keys', head, rows, 'key-custody.json')}${staticTable(
    'foreign-keys-caption',
    'Keys from outside the application',
    ['Store', 'Key'],
    custody.keysOutsideTheApplication.map(({ store, key }) => [store, key]),
    'key-custody.json',
  )}`;
}

const access = ({ matrix }: Evidence): Markup =>
  matrix.cells.length === 0
    ? markup`<p class="none">The assembly carries no access matrix: nothing about decisions of the security gateway is shown.</p>`
    : staticTable(
        'access-caption',
        'What the security gateway decides',
        ['Request', 'Decision'],
        matrix.cells.map(({ cell, decision }) => [cell, decision]),
        'access-matrix.json',
      );

const transfers = ({ transfers: { entries } }: Evidence): Markup =>
  staticTable(
    'transfers-caption',
    'What leaves the EEA or cannot be shown to stay, and every registered transfer',
    ['Store', 'Class', 'Destination', 'Country', 'Channel', 'Entry', 'Mechanism', 'Assessment', 'Until', 'State'],
    entries.map((entry) =>
      ['store', 'class', 'destination', 'country', 'channel', 'id', 'mechanism', 'assessment', 'until', 'state'].map(
        (column) => entry[column] ?? '',
      ),
    ),
    'transfer-register.csv',
  );

const waivers = ({ waivers: { waivers: all } }: Evidence): Markup =>
  staticTable(
    'waivers-caption',
    'Registered exceptions',
    ['Fingerprint', 'Owner', 'Approver', 'Reason', 'Expires', 'State', 'Covers'],
    all.map(({ fingerprint, owner, approver, reason, expires, state, covers }) => [
      markup`<code>${fingerprint}</code>`,
      owner,
      approver,
      reason,
      expires,
      state,
      covers.map(({ store, destination }) => `${store} → ${destination}`).join('; '),
    ]),
    'waivers.json',
  );

/** What no document shows, each sentence once, with the documents that say so. */
export function notShownList(
  all: readonly { readonly document: string; readonly notShown: readonly string[] }[],
): Markup {
  const byWords = new Map<string, string[]>();
  for (const { document, notShown } of all)
    for (const words of notShown) byWords.set(words, [...(byWords.get(words) ?? []), document]);
  return markup`<ul class="not-shown">${[...byWords].map(
    ([words, from]) =>
      markup`<li>${words} ${all.length > 1 ? markup`<small>${from.length === all.length ? 'every document' : from.join(', ')}</small>` : undefined}</li>`,
  )}</ul>`;
}

/** Sections that only the register can fill. */
export const evidenceSections = (evidence: Evidence): readonly Section[] => [
  { id: 'commitments', title: 'Commitments', content: commitments(evidence) },
  { id: 'keys', title: 'Keys', content: keys(evidence) },
  { id: 'access', title: 'Access', content: access(evidence) },
  { id: 'transfers', title: 'Transfers', content: transfers(evidence) },
  { id: 'waivers', title: 'Waivers', content: waivers(evidence) },
  { id: 'proof', title: 'Proof', content: proof(evidence) },
  { id: 'processing', title: 'Processing', content: processing(evidence) },
  { id: 'controls', title: 'Controls', content: controls(evidence) },
  { id: 'not-shown', title: 'Not shown here', content: notShownList(evidence.notShown) },
];
