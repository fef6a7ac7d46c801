/**
 * Rows that say the same of several subjects. One line of configuration may change forty policies: a reviewer reads once what
 * happened, and then to what. Only how the subject itself is called may differ; any other name that differs keeps rows apart.
 */
import type { DiffRow, SampleRequest } from './model';
import { whereWords } from './wording';

/** What stands for the subject in the texts of rows that are told together; no template holds it. */
const SUBJECT = '\u0000';

export interface Alike {
  /** What all of them say; the row itself where there is one. */
  readonly row: Omit<DiffRow, 'sample'>;
  /** Where they are written, when it is one place. */
  readonly where: string | undefined;
  readonly count: number;
  /** The rows by the request that is allowed now, which may be another one for another subject. */
  readonly shown: readonly Shown[];
}

/** Rows of which one request shows that more is allowed, or none does. */
export interface Shown {
  readonly sample?: SampleRequest;
  readonly rows: readonly DiffRow[];
}

/** Rows put together with those alike, in the order of the first of each. */
export function alike(rows: readonly DiffRow[]): readonly Alike[] {
  const known = new Map<DiffRow, Texts>();
  const said = (row: DiffRow): Texts => {
    const texts = known.get(row) ?? general(row);
    known.set(row, texts);
    return texts;
  };
  const together = groupedBy(rows, (row) => {
    const { section, effect, change, type, class: cls, channel, covered } = row;
    const { sample: _sample, ...texts } = said(row);
    return [section, effect, change, kindOf(row), type, cls, channel, covered, texts];
  });
  return together.map((group) => {
    const [first] = group;
    const say = (row: DiffRow): Texts => (group.length === 1 ? row : readable(said(row)));
    const { sample: _sample, ...row } = { ...first, ...say(first) };
    const places = new Set(group.map(whereWords));
    return {
      row,
      where: places.size === 1 ? whereWords(first) : undefined,
      count: group.length,
      shown: groupedBy(group, (one) => said(one).sample).map((own) => {
        const { sample } = say(own[0]);
        return { ...(sample ? { sample } : {}), rows: own };
      }),
    };
  });
}

type Group = readonly [DiffRow, ...DiffRow[]];

function groupedBy(rows: readonly DiffRow[], of: (row: DiffRow) => unknown): readonly Group[] {
  const groups = new Map<string, [DiffRow, ...DiffRow[]]>();
  for (const row of rows) {
    const key = JSON.stringify([of(row)]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** `(resource policy)` of `shop/Orders (resource policy)`. */
const kindOf = ({ subject }: DiffRow): string => / (\([^()]*\))$/u.exec(subject)?.[1] ?? '';

type Texts = Pick<DiffRow, 'before' | 'after' | 'why' | 'remedy' | 'sample'>;

/** The texts of a row with its subject called the same for every row. */
function general(row: DiffRow): Texts {
  const { before, after, why, remedy, sample } = row;
  const texts: Texts = {
    why,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(sample === undefined ? {} : { sample }),
  };
  return row.resource ? rewritten(texts, withoutName(row, row.resource)) : texts;
}

const readable = (texts: Texts): Texts => rewritten(texts, (text) => text.replaceAll(SUBJECT, 'each'));

const rewritten = (texts: Texts, write: (text: string) => string): Texts =>
  JSON.parse(
    JSON.stringify(texts, (_key, value: unknown) => (typeof value === 'string' ? write(value) : value)),
  ) as Texts;

/** A reference as policies are told: `${Orders.Arn}`. */
const REFERENCE = /\$\{([A-Za-z0-9]+)(?=[.}])/gu;
/** A resource as sentences call it: `Orders of stack shop`, and what stands below it: `Orders/Policy of stack shop`. */
const LABEL = /(?<= )(\S+) of stack ([\w-]+)/gu;

/** Writes a text without what it calls the subject. */
function withoutName(
  { subject }: DiffRow,
  { stack, logicalId }: NonNullable<DiffRow['resource']>,
): (text: string) => string {
  const path = subject
    .replace(/ \([^()]*\)$/u, '')
    .split('/')
    .filter((part) => part !== 'Resource' && part !== 'Default');
  // A stack of a stage is called after both: `Prod/shop` is `Prod-shop`.
  const depth = path.findIndex((_part, index) => path.slice(0, index + 1).join('-') === stack) + 1 || 1;
  const labels = [path.slice(depth).join('/'), logicalId].filter((label) => label !== '');
  return (text) =>
    text
      .replace(REFERENCE, (whole, id: string) => (id === logicalId ? `\${${SUBJECT}` : whole))
      .replace(LABEL, (whole, name: string, of: string) => {
        const label = of === stack ? labels.find((one) => name === one || name.startsWith(`${one}/`)) : undefined;
        if (label === undefined) return whole;
        return name === label ? SUBJECT : `${SUBJECT}${name.slice(label.length)} of stack ${of}`;
      });
}
