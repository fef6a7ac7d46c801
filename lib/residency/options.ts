/** What the judge is told beside the templates. Everything is handed in: the judge reads no file, clock or environment. */
import type { DataClass } from './model';
import { NO_EXTERNAL_STORES } from './registers/external-stores';
import type { ExternalStores } from './registers/external-stores';
import type { Transfer } from './registers/transfers';
import type { Waiver } from './registers/waivers';

/** A place of a site: stores may stand in this account and Region. */
export interface SitePlace {
  readonly siteId: string;
  readonly account: string;
  readonly region: string;
  /** Physical placement; `outpost` means the Region is only the parent. Default `region`. */
  readonly placement?: 'region' | 'outpost' | 'dedicated-local-zone';
  /** ISO code of the country, where the placement is not the Region itself. */
  readonly country?: string;
}

/** A place from which data is brought in until a day: the only stores allowed to stand outside a site. */
export interface SourcePlace {
  readonly account: string;
  readonly region: string;
}

export interface JudgeOptions {
  readonly stores: ExternalStores;
  /** Accounts that are ours beside those of the judged stacks. */
  readonly accounts: readonly string[];
  /** Class of a store that carries none. */
  readonly classDefault: DataClass;
  readonly transfers: readonly Transfer[];
  readonly waivers: readonly Waiver[];
  /** Custom resource and module types that were reviewed and may stand beside restricted data. */
  readonly reviewedTypes: readonly string[];
  readonly now: Date;
  /**
   * While synthesising: whether a template file belongs to the application. The output folder may still hold templates of
   * an earlier synthesis that nothing can deploy. Without it every template is judged, because nobody can tell.
   */
  readonly belongs?: (file: string) => boolean;
  /** Given for the enclave; switches the structural rules on. */
  readonly sites?: readonly SitePlace[];
  readonly sources?: readonly SourcePlace[];
}

/** The strictest options: nothing outside the application is known, nothing is excepted, every store is restricted. */
export const NOTHING_REGISTERED: Omit<JudgeOptions, 'now'> = {
  stores: NO_EXTERNAL_STORES,
  accounts: [],
  classDefault: 'restricted',
  transfers: [],
  waivers: [],
  reviewedTypes: [],
};
