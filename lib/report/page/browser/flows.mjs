/** Rows of the table of flows, and the reasoning behind one. */
import { element } from './rows.mjs';

const SIGNS = { outside: '✕', unknown: '?', covered: '§', inside: '✓' };

const cell = (kind, ...children) => element('span', { role: 'cell', class: kind }, ...children);

const chip = (state) =>
  element(
    'span',
    { class: `chip ${state}` },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[state]),
    state,
  );

export function flowCells(flows, index, position, open) {
  const at = (column) => flows.at(index, column);
  return [
    cell('c-verdict', chip(at('state'))),
    cell(
      'c-store',
      element('b', { title: at('store') }, at('store')),
      element('small', {}, `${at('class')}, ${at('type').replace('AWS::', '')}, in ${at('stands')}`),
    ),
    cell('c-channel', at('channel')),
    cell('c-to', element('span', { title: at('to') }, at('to'))),
    cell(
      'c-why',
      element(
        'button',
        {
          type: 'button',
          'data-row': position,
          'aria-expanded': String(open),
          'aria-controls': open ? 'flows-detail' : undefined,
          'aria-label': `Why: ${at('store')}, ${at('channel')} to ${at('to')}`,
        },
        open ? 'Close' : 'Why',
      ),
    ),
  ];
}

const step = (title, ...words) => element('li', {}, element('b', {}, title), ' ', ...words);
const fact = (name, value, code) =>
  value === ''
    ? undefined
    : element('div', {}, element('dt', {}, name), element('dd', {}, code ? element('code', {}, value) : value));

export function flowDetail(flows, index) {
  const at = (column) => flows.at(index, column);
  const opened =
    at('channel') === 'placement'
      ? 'placement: where the store itself stands'
      : `${at('channel')}, opened by ${at('via') === '' ? 'the store itself' : at('via')}`;
  return element(
    'div',
    { class: 'detail', role: 'cell' },
    element(
      'ol',
      { class: 'chain', 'aria-label': 'Reasoning' },
      step('Store', `${at('store')} holds ${at('class')} data and stands in ${at('stands')}.`),
      step(
        'Channel',
        opened,
        at('path') === '' ? '.' : ' at ',
        at('path') === '' ? '' : element('code', {}, at('path')),
      ),
      step('Place', at('to')),
      step('Verdict', chip(at('state')), ' ', at('why')),
    ),
    element(
      'dl',
      {},
      ...[
        fact('What to do', at('remedy')),
        fact('Covered by', at('waiver')),
        fact('Carries', at('carries')),
        fact('Destination', at('latent') === '' ? '' : 'latent: none yet'),
        fact('Rule', at('rule'), true),
        fact('Written in', at('source'), true),
        fact('Fingerprint', at('fingerprint'), true),
      ].filter(Boolean),
    ),
  );
}

export function storeCells(stores, index) {
  const at = (column) => stores.at(index, column);
  const findings = Number(at('findings'));
  return [
    cell(
      'c-store',
      element('b', { title: at('store') }, at('store')),
      element('small', {}, [at('type').replace('AWS::', ''), at('name')].filter(Boolean).join(', ')),
    ),
    cell('c-class', at('class')),
    cell('c-region', element('span', {}, at('region')), element('small', {}, at('country'))),
    cell('c-account', at('account')),
    cell('c-keys', element('span', { title: at('keys') }, at('keys') === '' ? '–' : at('keys'))),
    cell('c-findings', findings === 0 ? '0' : element('b', {}, at('findings'))),
  ];
}
