/** One way out, opened by the API as somebody with stolen rights would open it. */
import type { Emulator } from '../../test/emulator/emulator';

/** Where the attack happens: a site of the deployed enclave, and somewhere it must not lead. */
export interface Field {
  readonly emulator: Emulator;
  /** Account and Region of the attacked site. */
  readonly account: string;
  readonly region: string;
  /** Prefix of the site's physical names: `enclave-dub-1`. */
  readonly site: string;
  /** A Region outside the EEA that is looked at. */
  readonly abroad: string;
}

/** Puts back what was there. */
export type Undo = () => Promise<unknown>;

export interface Attack {
  /** Slug, names the row of the table. */
  readonly slug: string;
  /** What is done, in words. */
  readonly what: string;
  /** IAM action of the call that opens the way, for the perimeter, and the events that betray it, for the detectors. */
  readonly action: string;
  /** Where the call is made, authorised and recorded: in the site's Region, or where the copy or store would stand. */
  readonly at: 'site' | 'abroad';
  readonly eventSource: string;
  readonly eventName: string;
  /** Rows of the catalogue that describe the way; empty when only the inventory knows it. */
  readonly channels: readonly string[];
  /** What an attestation must name: ids of broken claims or `unexpected <type>`. Each must be met, and nothing else named. */
  readonly names: readonly RegExp[];
  /** Opens the way. Throws where the emulator cannot: the row is then a gap, and recorded answers speak for it. */
  open(field: Field): Promise<Undo>;
}
