/** What the page does: filters, search, and the choice of a connection on the map. Everything is there without it but the long tables. */
/* global cancelAnimationFrame, document, matchMedia, requestAnimationFrame */
import { flowCells, flowDetail, storeCells } from './flows.mjs';
import { LongTable } from './long-table.mjs';
import { reader } from './rows.mjs';

const data = JSON.parse(document.getElementById('data').textContent);
const flows = reader(data.flows);
const stores = reader(data.stores);
const { link } = data.flows;
const form = document.getElementById('filters');
const search = document.getElementById('search');
const lines = [...document.querySelectorAll('.flow')];
/** The drawn line of a button, which lies below all buttons. */
const routeOf = new Map(
  lines.map((line) => [line, line.closest('.map').querySelector(`.route[data-line="${line.dataset.line}"]`)]),
);
const chosenBox = document.getElementById('chosen');

/** Connections chosen on the map; nothing chosen is all. */
let chosen;

const flowTable = new LongTable({
  id: 'flows',
  row: (index, position, open) => flowCells(flows, index, position, open),
  detail: (index) => flowDetail(flows, index),
  words: (shown) => (shown === flows.length ? `${shown} flows` : `${shown} of ${flows.length} flows`),
});
const storeTable = new LongTable({
  id: 'stores',
  row: (index) => storeCells(stores, index),
  words: (shown) => (shown === stores.length ? `${shown} stores` : `${shown} of ${stores.length} stores`),
});

const picked = (name) => new Set([...form.querySelectorAll(`input[name="${name}"]:checked`)].map(({ value }) => value));

const SEARCHED = [
  'store',
  'type',
  'stands',
  'to',
  'via',
  'path',
  'rule',
  'why',
  'source',
  'fingerprint',
  'waiver',
  'channel',
];
const SEARCHED_STORES = ['store', 'type', 'region', 'country', 'account', 'name', 'keys'];

/** Rows whose cells are among what is ticked (nothing ticked: all); whole columns are compared by position. */
function allows(table, column, ticked, matches = (value, one) => value === one) {
  if (ticked.size === 0) return () => true;
  const answers = new Map();
  return (row) => {
    const code = table.code(row, column);
    let answer = answers.get(code);
    if (answer === undefined) {
      const value = table.at(row, column);
      answer = [...ticked].some((one) => matches(value, one));
      answers.set(code, answer);
    }
    return answer;
  };
}

function rowsWhere(length, ...tests) {
  const rows = [];
  for (let row = 0; row < length; row += 1) if (tests.every((test) => test(row))) rows.push(row);
  return rows;
}

function apply() {
  const classes = picked('class');
  const tests = [
    allows(flows, 'state', picked('state')),
    allows(flows, 'class', classes),
    allows(flows, 'channel', picked('channel')),
    flows.matcher(search.value, SEARCHED),
  ];
  const matching = rowsWhere(flows.length, ...tests);
  showLines(matching);
  flowTable.show(chosen ? matching.filter((row) => chosen.has(link[row])) : matching);
  storeTable.show(
    rowsWhere(
      stores.length,
      allows(stores, 'class', classes, (value, one) => value === one || value.startsWith(`${one} (`)),
      stores.matcher(search.value, SEARCHED_STORES),
    ),
  );
}

/** Lines of the map carry the flows that match; those that carry none step back. */
function showLines(matching) {
  const counts = new Map();
  for (const row of matching) counts.set(link[row], (counts.get(link[row]) ?? 0) + 1);
  for (const line of lines) {
    const count = line.dataset.links.split(' ').reduce((sum, one) => sum + (counts.get(Number(one)) ?? 0), 0);
    for (const one of [line, routeOf.get(line)]) one.classList.toggle('none', count === 0);
    line.setAttribute('tabindex', count === 0 ? '-1' : '0');
    line.setAttribute('aria-hidden', String(count === 0));
    line.querySelector('.count').textContent = `${line.dataset.sign} ${count}`;
  }
}

function choose(line) {
  const again = line === undefined || line.getAttribute('aria-pressed') === 'true';
  chosen = again ? undefined : new Set(line.dataset.links.split(' ').map(Number));
  for (const one of lines) {
    const same = !again && one.dataset.links === line.dataset.links;
    one.setAttribute('aria-pressed', String(same));
    routeOf.get(one).classList.toggle('chosen', same);
  }
  document.documentElement.classList.toggle('choosing', !again);
  chosenBox.hidden = again;
  if (!again)
    document.getElementById('chosen-words').textContent = `Only ${line.getAttribute('aria-label').split(':')[0]}.`;
  apply();
}

let waiting = 0;
const soon = () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(apply);
};
form.addEventListener('input', soon);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => {
  choose(undefined);
  soon();
});
document.getElementById('chosen-clear').addEventListener('click', () => {
  choose(undefined);
  document.getElementById('flows-title').focus();
});
for (const line of lines) {
  for (const one of [line, routeOf.get(line)]) one.addEventListener('click', () => choose(line));
  line.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(line);
  });
}
const paper = matchMedia('print');
const toPaper = ({ matches }) => [flowTable, storeTable].forEach((table) => table.print(matches));
paper.addEventListener('change', toPaper);
document.getElementById('flows-title').tabIndex = -1;
apply();
toPaper(paper);
