/** What is handed to those who ask: proofs, the draft of the record of processing, evidence for public controls. */
import { counted } from '../wording';
import { chip } from './chips';
import type { Evidence } from './evidence';
import type { Markup } from './markup';
import { markup } from './markup';
import { SIGNS } from './state';
import { staticTable } from './static-table';

export function proof({ proof: { invariants, because } }: Evidence): Markup {
  if (!invariants)
    return markup`<p class="none">${because ?? 'The assembly has no policies of an organisation: nothing was asked.'}</p>`;
  const stateChip = (refuted: boolean, asked: boolean): Markup => {
    if (refuted) return chip('outside', SIGNS.outside, 'refuted');
    return asked ? chip('inside', '✓', 'proved') : chip('open', '–', 'not asked');
  };
  const rows = invariants.map(({ slug, sentence, answers, notApplicable }) => {
    const broken = answers.filter(({ verdict }) => verdict === 'refuted').map(({ scope }) => scope);
    return [
      sentence,
      stateChip(broken.length > 0, answers.length > 0),
      broken.length > 0 ? `not of ${broken.join(', ')}` : (notApplicable ?? counted(answers.length, 'place')),
      markup`<code>${slug}</code>`,
    ];
  });
  const head = ['No request breaks this', 'State', 'Of what', 'Name'];
  return staticTable(
    'proof-caption',
    'Proved of all policies, whatever identity policies allow',
    head,
    rows,
    'proof.json',
  );
}

export const processing = ({ processing: { activities } }: Evidence): Markup =>
  staticTable(
    'processing-caption',
    'Draft for the record of processing activities: what templates can fill in. Purposes, legal bases and contact points are for the controller to add',
    [
      'Data',
      'Stores',
      'Stored in',
      'Recipients outside the EEA',
      'Transfers',
      'Kept for',
      'Under own keys',
      'Kept when the stack goes',
    ],
    activities.map(({ category, stores, storedIn, recipientsOutsideTheEea, transfers: own, retention, security }) => [
      category,
      String(stores),
      storedIn.join(', '),
      recipientsOutsideTheEea.join(', ') || 'none',
      own.join(', ') || 'none',
      retention.join('; '),
      String(security.encryptedWithCustomerKeys),
      String(security.keptWhenTheStackGoes),
    ]),
    'record-of-processing.json',
  );

export const controls = ({ controls: { controls: all } }: Evidence): Markup =>
  staticTable(
    'controls-caption',
    'Evidence for parts of public controls. No conformity is claimed',
    ['Framework', 'Control', 'Asks for', 'Evidence', 'Leaves open'],
    all.map(({ framework, control, asks, evidence, open }) => [
      framework,
      control,
      asks,
      evidence.map((name) => markup`<code>${name}</code> `),
      open,
    ]),
    'control-map.json',
  );
