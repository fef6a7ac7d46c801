/** Opens one way after the other and lets the attestation look: each must be named within one run, and nothing else. */
import type { Attestation } from '../../lib/attestation';
import type { Attack, Field } from './attack';

/** What another defence says of an attack: it stands (`yes`), it does not (`no`), or why it was not asked. */
export type Said = 'yes' | 'no' | `not asked: ${string}`;

/** Defences beside attestation; each is asked about the attack as data. */
export interface OtherDefences {
  /** Do the rules of the oversight stack match the event of the call? */
  readonly detected: (attack: Attack) => Said;
  /** Do the policies of the perimeter deny the call? */
  readonly prevented: (attack: Attack) => Said;
}

export const NOT_ASKED: OtherDefences = {
  detected: () => 'not asked: no detectors were given',
  prevented: () => 'not asked: no perimeter was given',
};

export interface Row {
  readonly slug: string;
  readonly what: string;
  readonly action: string;
  readonly channels: readonly string[];
  /** `yes`: named, and nothing else. A gap names what the emulator could not do. */
  readonly attested: 'yes' | 'no' | `gap: ${string}`;
  /** What the attestation named. */
  readonly named: readonly string[];
  readonly detected: Said;
  readonly prevented: Said;
}

/** Everything an attestation found wrong, as the attacks name it. */
export const faultsOf = ({ claims, unexpected }: Attestation): string[] => [
  ...claims
    .filter(({ verdict }) => verdict !== 'holds')
    .map(({ id, verdict }) => (verdict === 'broken' ? id : `${verdict} ${id}`)),
  ...unexpected.map(({ type, region, name }) => `unexpected ${type} ${name} in ${region}`),
];

/**
 * @param look runs an attestation: of every account before and after, of the attacked one in between, as no attack touches
 * another account
 */
export async function exercise(
  attacks: readonly Attack[],
  field: Field,
  look: (accounts?: readonly string[]) => Promise<Attestation>,
  { detected, prevented }: OtherDefences = NOT_ASKED,
  tell: (row: Row) => void = () => undefined,
): Promise<{ rows: Row[]; before: string[]; after: string[]; claims: number }> {
  const clean = await look();
  const before = faultsOf(clean);
  const known = new Set(before);
  const rows: Row[] = [];
  for (const attack of attacks) {
    const row = {
      ...(await tried(attack, field, look, known)),
      detected: detected(attack),
      prevented: prevented(attack),
    };
    rows.push(row);
    tell(row);
  }
  return {
    rows,
    before,
    claims: clean.counts.holds,
    after: faultsOf(await look()).filter((fault) => !known.has(fault)),
  };
}

async function tried(
  attack: Attack,
  field: Field,
  look: (accounts: readonly string[]) => Promise<Attestation>,
  known: Set<string>,
): Promise<Omit<Row, 'detected' | 'prevented'>> {
  const { slug, what, action, channels, names } = attack;
  const about = { slug, what, action, channels };
  let undo;
  try {
    undo = await attack.open(field);
  } catch (error) {
    const why = (error as Error).message.replace(/\s+/gu, ' ').slice(0, 120);
    // What was opened half way is not to be laid to the next one.
    for (const fault of faultsOf(await look([field.account]))) known.add(fault);
    return { ...about, attested: `gap: the emulator refused it (${(error as Error).name}: ${why})`, named: [] };
  }
  const named = faultsOf(await look([field.account])).filter((fault) => !known.has(fault));
  const left = await undo().then(
    () => undefined,
    (error: Error) => error,
  );
  if (left !== undefined) for (const fault of named) known.add(fault);
  const all = names.every((name) => named.some((fault) => name.test(fault)));
  const only = named.every((fault) => names.some((name) => name.test(fault)));
  // What stays after the attack is over, such as a key that is only scheduled for deletion, is no fault of the next one.
  return { ...about, attested: all && only ? 'yes' : 'no', named };
}
