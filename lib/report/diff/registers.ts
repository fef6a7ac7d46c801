/** The registers of exceptions: waivers and transfers that came, went, were extended or ran out. */
import type { Flow, Transfer, Waiver } from '../../residency';
import { storeWords } from '../wording';
import { rowFingerprint } from './fingerprint';
import type { DiffRow, Effect, Side } from './model';

/** The rows of the sections `transfers` and `waivers`. An exception covers its own entry: it was registered, by two people. */
export function registerRows(base: Side, head: Side): readonly DiffRow[] {
  return [...transferRows(base, head), ...waiverRows(base, head)];
}

function byKey<T>(entries: readonly T[], key: (entry: T) => string): Map<string, T> {
  return new Map(entries.map((entry) => [key(entry), entry]));
}

const transferWords = ({ class: cls, store, destination, mechanism, assessment, until }: Transfer): string =>
  `${cls} data of ${store} to ${destination}, ${mechanism}, ${assessment}${until === undefined ? '' : `, until ${until}`}`;

function transferRows(base: Side, head: Side): readonly DiffRow[] {
  const before = byKey(base.transfers, ({ id }) => id);
  const now = byKey(head.transfers, ({ id }) => id);
  const rows: DiffRow[] = [];
  for (const [id, transfer] of now) {
    const old = before.get(id);
    const after = transferWords(transfer);
    const covered = `transfer ${id} (${transfer.mechanism}, ${transfer.assessment})`;
    if (!old)
      rows.push(row('transfers', 'appeared', 'widens', id, 'a transfer was registered', undefined, after, covered));
    else if (transferWords(old) !== after) {
      const { until: wasUntil, ...was } = old;
      const { until, ...is } = transfer;
      const shortened = same(was, is) && until !== undefined && (wasUntil === undefined || until < wasUntil);
      rows.push(
        row(
          'transfers',
          'changed',
          shortened ? 'narrows' : 'widens',
          id,
          shortened ? 'the transfer ends earlier' : 'the registered transfer is another',
          transferWords(old),
          after,
          shortened ? undefined : covered,
        ),
      );
    }
  }
  for (const [id, transfer] of before)
    if (!now.has(id))
      rows.push(
        row('transfers', 'gone', 'narrows', id, 'the transfer is no longer registered', transferWords(transfer)),
      );
  return rows;
}

/** Rules of the judge about a waiver that covers nothing. */
const OBJECTIONS = new Map([
  ['waiver-expired', 'it has run out'],
  ['waiver-self-approved', 'its owner approved it'],
  ['waiver-over-broad', 'it names no exact flow'],
  ['waiver-unused', 'no flow has its fingerprint'],
]);

const waiverWords = ({ owner, approver, reason, legalBasis, expires }: Waiver): string =>
  `${reason} (${legalBasis}); ${owner}, approved by ${approver}, until ${expires}`;

function waiverRows(base: Side, head: Side): readonly DiffRow[] {
  const before = byKey(base.waivers, ({ fingerprint }) => fingerprint);
  const now = byKey(head.waivers, ({ fingerprint }) => fingerprint);
  const objections = objectionsOf(head.judgement.flows);
  const objected = objectionsOf(base.judgement.flows);
  // Fingerprints are hashes, and most applications have no waiver to look for.
  const flows = new Map((now.size > 0 ? head.judgement.flows : []).map((flow) => [flow.fingerprint, flow]));
  const rows: DiffRow[] = [];
  for (const [fingerprint, waiver] of now) {
    const old = before.get(fingerprint);
    const flow = flows.get(fingerprint);
    const subject = flow ? `${fingerprint} (${storeWords(flow.store)}, ${flow.channel})` : fingerprint;
    const objection = objections.get(fingerprint);
    const after = waiverWords(waiver);
    const cover = `waiver of ${waiver.owner}, approved by ${waiver.approver}, until ${waiver.expires}`;
    if (objection !== undefined && objection !== objected.get(fingerprint))
      // What it covered shows as a flow that lost its cover.
      rows.push(
        row(
          'waivers',
          old ? 'changed' : 'appeared',
          'neutral',
          subject,
          `it covers nothing: ${objection}`,
          old && waiverWords(old),
          after,
        ),
      );
    else if (!old)
      rows.push(row('waivers', 'appeared', 'widens', subject, 'an exception was registered', undefined, after, cover));
    else if (waiverWords(old) !== after) {
      const shorter = waiver.expires < old.expires;
      rows.push(
        row(
          'waivers',
          'changed',
          shorter ? 'narrows' : waiver.expires > old.expires ? 'widens' : 'neutral',
          subject,
          shorter ? 'the exception ends earlier' : 'the exception was written anew',
          waiverWords(old),
          after,
          cover,
        ),
      );
    }
  }
  for (const [fingerprint, waiver] of before)
    if (!now.has(fingerprint))
      rows.push(
        row('waivers', 'gone', 'narrows', fingerprint, 'the exception is no longer registered', waiverWords(waiver)),
      );
  return rows;
}

function objectionsOf(flows: readonly Flow[]): ReadonlyMap<string, string> {
  return new Map(
    flows.flatMap((flow) => {
      const words = OBJECTIONS.get(flow.rule);
      return flow.store.type === 'waiver' && words !== undefined ? [[flow.store.logicalId, words] as const] : [];
    }),
  );
}

const same = (a: object, b: object): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: object): unknown => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

function row(
  section: 'transfers' | 'waivers',
  change: DiffRow['change'],
  effect: Effect,
  subject: string,
  why: string,
  before?: string,
  after?: string,
  covered?: string,
): DiffRow {
  return {
    fingerprint: rowFingerprint(section, subject, before ?? '', after ?? ''),
    section,
    change,
    effect,
    subject,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    why,
    ...(effect === 'widens' && covered !== undefined ? { covered } : {}),
  };
}
