/** What a reader can choose by: verdict, class, channel, words; and what the lines of the map mean. */
import type { Judgement } from '../../residency';
import { DATA_CLASSES } from '../../residency';
import type { Markup } from './markup';
import { markup } from './markup';
import { stateChip } from './chips';
import { SIGNS, STATES, STATE_WORDS, stateOf } from './state';
import type { State } from './state';

const statesOf = ({ flows }: Pick<Judgement, 'flows'>): readonly State[] =>
  STATES.filter((one) => flows.some((flow) => stateOf(flow) === one));

function choice(name: string, value: string, sign: string, words: string, count: number): Markup {
  return markup`<label class="choice ${name}-${value}"><input type="checkbox" name="${name}" value="${value}"/><span>${sign ? markup`<span class="sign" aria-hidden="true">${sign}</span>` : undefined}${words} <span class="amount">${count}</span></span></label>`;
}

/** The form; nothing ticked shows everything. */
export function filters({ flows }: Judgement): Markup {
  const count = (matches: (flow: Judgement['flows'][number]) => boolean): number => flows.filter(matches).length;
  const channels = [...new Set(flows.map(({ channel }) => channel))].sort();
  const classes = DATA_CLASSES.filter((one) => flows.some(({ store }) => store.class === one));
  const states = statesOf({ flows });
  return markup`<form class="filters" id="filters" role="search" aria-label="Filter flows and stores">
<label class="search"><span>Search</span><input type="search" id="search" placeholder="store, place, rule, fingerprint …" autocomplete="off" spellcheck="false"/></label>
<fieldset><legend>Verdict</legend>${states.map((one) =>
    choice(
      'state',
      one,
      SIGNS[one],
      STATE_WORDS[one],
      count((flow) => stateOf(flow) === one),
    ),
  )}</fieldset>
<fieldset><legend>Class</legend>${classes.map((one) =>
    choice(
      'class',
      one,
      '',
      one,
      count(({ store }) => store.class === one),
    ),
  )}</fieldset>
<fieldset><legend>Channel</legend>${channels.map((one) =>
    choice(
      'channel',
      one,
      '',
      one,
      count(({ channel }) => channel === one),
    ),
  )}</fieldset>
<p class="actions"><button type="reset" id="reset">Show everything</button></p>
</form>`;
}

/** The key to the map: only what occurs in it. */
export const legend = (judgement: Judgement): Markup => markup`<ul class="legend">
<li><span class="swatch eea"></span>EEA</li><li><span class="swatch adequate"></span>adequate, not EEA</li><li><span class="swatch third"></span>third country, or not rated</li>
${statesOf(judgement).map((state) => markup`<li><svg class="key" width="34" height="12" aria-hidden="true"><path class="line ${state}" d="M1 6H32" stroke-width="2.4"/></svg>${stateChip(state)}</li>`)}
</ul>`;
