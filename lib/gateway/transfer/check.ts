/**
 * What is wrong with the register of transfers: one line each, none when it is in order.
 *
 * Asked at synth, where any line fails it, and again for one transfer each time data is about to leave.
 */
import type { Dataset } from '../datasets';
import { MECHANISMS, endOfTransfer } from './transfer';
import type { Transfer } from './transfer';
import { zoneOf } from './zone';

const DAY = 24 * 60 * 60 * 1000;

/** Least number of persons in a group of an exported table. */
export const LEAST_EXPORTED_GROUP = 10;

/**
 * @param today clock of the caller
 * @param sites ids of the enclave's sites
 * @returns one line per mistake: where, what was seen, what to do
 */
export function checkTransfers(
  transfers: readonly Transfer[],
  today: Date,
  sites: readonly string[],
  datasets: readonly Dataset[],
): readonly string[] {
  return transfers.flatMap((transfer, i) => [
    ...notUnique(transfers, transfer, i),
    ...transferProblems(transfer, today, sites, datasets).map((problem) => line(transfer, problem)),
  ]);
}

/** A mistake in one transfer: the key, and the rest of the sentence. */
interface Problem {
  readonly key: string;
  readonly saw: string;
  readonly what: string;
}

const line = ({ id }: Transfer, { key, saw, what }: Problem): string => `transfers: ${id}: ${key}: saw ${saw}, ${what}`;

function notUnique(all: readonly Transfer[], transfer: Transfer, i: number): readonly string[] {
  const earlier = all.slice(0, i);
  return [
    ...(earlier.some(({ id }) => id === transfer.id)
      ? [
          line(transfer, {
            key: 'id',
            saw: transfer.id,
            what: 'which is registered twice; give every transfer its own id',
          }),
        ]
      : []),
    ...(earlier.some(({ to }) => to.bucket === transfer.to.bucket)
      ? [
          line(transfer, {
            key: 'to.bucket',
            saw: transfer.to.bucket,
            what: 'which another transfer fills; a bucket has one transfer',
          }),
        ]
      : []),
  ];
}

function transferProblems(
  transfer: Transfer,
  today: Date,
  sites: readonly string[],
  datasets: readonly Dataset[],
): readonly Problem[] {
  const dataset = datasets.find(({ name }) => name === transfer.dataset);
  return [
    ...problem(
      !sites.includes(transfer.from),
      'from',
      transfer.from,
      `which is no site; the sites are ${sites.join(', ')}`,
    ),
    ...(dataset === undefined
      ? problem(
          true,
          'dataset',
          transfer.dataset,
          `which is not registered; the datasets are ${datasets.map(({ name }) => name).join(', ')}`,
        )
      : [...contentProblems(transfer, dataset)]),
    ...footingProblems(transfer),
    ...keyProblems(transfer),
    ...termProblems(transfer, today),
    ...problem(
      transfer.owner.trim().toLowerCase() === transfer.approver.trim().toLowerCase(),
      'approver',
      transfer.approver,
      'who is the owner too; another person approves',
    ),
  ];
}

function problem(wrong: boolean, key: string, saw: string, what: string): readonly Problem[] {
  return wrong ? [{ key, saw, what }] : [];
}

function contentProblems(transfer: Transfer, dataset: Dataset): readonly Problem[] {
  const { fields, minimumGroup } = transfer;
  const asTable = transfer.class === 'aggregate';
  const table = dataset.table && [...dataset.table.groupBy, ...dataset.table.sums.map(({ field }) => field)];
  const shown = Object.keys(dataset.fields).filter((name) => dataset.fields[name]?.treatment !== 'drop');
  const mayLeave = asTable ? (table ?? []) : shown;
  const hidden = fields.filter((name) => !mayLeave.includes(name));
  const left = asTable ? mayLeave.filter((name) => !fields.includes(name)) : [];
  return [
    ...problem(
      dataset.class !== transfer.class,
      'class',
      transfer.class,
      `while the dataset is ${dataset.class}; data leaves under its own class`,
    ),
    ...problem(
      hidden.length > 0,
      'fields',
      hidden.join(', '),
      `which the dataset does not show; it shows ${mayLeave.join(', ') || 'nothing'}`,
    ),
    ...problem(
      left.length > 0,
      'fields',
      fields.join(', ') || 'none',
      `while the table also shows ${left.join(', ')}; name all its fields`,
    ),
    ...problem(
      !asTable && minimumGroup !== undefined,
      'minimumGroup',
      String(minimumGroup),
      'while only tables of class aggregate have groups; remove it',
    ),
    ...problem(
      asTable && (minimumGroup === undefined || minimumGroup < LEAST_EXPORTED_GROUP),
      'minimumGroup',
      String(minimumGroup ?? 'nothing'),
      `which is less than ${LEAST_EXPORTED_GROUP}; a table of class aggregate leaves with a threshold of at least that`,
    ),
  ];
}

function footingProblems({ to, zone, mechanism, assessment }: Transfer): readonly Problem[] {
  const actual = zoneOf(to);
  if (actual === 'BLOCKED')
    return problem(
      true,
      'to',
      `${to.country}, ${to.region}`,
      'of which one has no row in lib/geo; nothing leaves for an unknown place',
    );
  const { zones, article } = MECHANISMS[mechanism];
  const accepted = (Object.keys(MECHANISMS) as (keyof typeof MECHANISMS)[]).filter((name) =>
    (MECHANISMS[name].zones as readonly string[]).includes(actual),
  );
  return [
    ...problem(
      actual !== zone,
      'zone',
      zone,
      `while country ${to.country} and Region ${to.region} make it ${actual}; write that`,
    ),
    ...problem(
      !(zones as readonly string[]).includes(actual),
      'mechanism',
      mechanism,
      `(${article}) which is no footing in zone ${actual}; choose ${accepted.join(' or ')}`,
    ),
    ...problem(
      actual === 'THIRD' && !assessment?.trim(),
      'assessment',
      'nothing',
      'while a transfer to a third country needs the id of its impact assessment',
    ),
  ];
}

/** Copies are sealed where they lie: a key elsewhere would be one more place the data depends on. */
function keyProblems({ to: { key, region, account } }: Transfer): readonly Problem[] {
  const [, , , keyRegion, keyAccount] = key.split(':');
  return problem(
    keyRegion !== region || keyAccount !== account,
    'to.key',
    key,
    `while the bucket stands in ${region}, account ${account}; name a key of there`,
  );
}

function termProblems({ expires, mechanism }: Transfer, today: Date): readonly Problem[] {
  const end = endOfTransfer({ expires }).getTime();
  if (Number.isNaN(end)) return problem(true, 'expires', expires, 'which is no day; write it like 2027-06-30');
  const { longestDays } = MECHANISMS[mechanism];
  const latest = new Date(today.getTime() + longestDays * DAY).toISOString().slice(0, 10);
  return [
    ...problem(
      today.getTime() >= end,
      'expires',
      expires,
      'which is over; renew the transfer with its approval, or remove it',
    ),
    ...problem(
      expires > latest,
      'expires',
      expires,
      `which is too far away for ${mechanism}; ${latest} is the latest today`,
    ),
  ];
}
