/** What the register is made from, and what every document of it carries. */
import type { ProofReport } from '../../proof';
import type { Judgement, JudgeOptions } from '../../residency';
import type { Application } from '../../template';
import type { MatrixCell } from '../diff';
import type { RulesVersion } from '../statement/rules-version';

/** A file of the assembly. */
export interface HashedFile {
  /** Path below the assembly, with forward slashes. */
  readonly name: string;
  readonly sha256: string;
}

/** What was promised about a site and what is built, as a synthesis records it. */
export interface SiteRecord {
  readonly site: string;
  readonly account: string;
  readonly region: string;
  /** ISO codes. */
  readonly committed: string;
  readonly actual: string;
  readonly status: string;
  readonly standIn?: { readonly reason: string; readonly acceptedBy: string; readonly reviewBy: string } | undefined;
  readonly zones: readonly string[];
  readonly homeOf: readonly string[];
}

export interface EnclaveRecord {
  readonly enclave: string;
  readonly operator: { readonly name: string; readonly country: string };
  /** The account holds records; absent when the assembly does not name it. */
  readonly auditor: { readonly name: string; readonly country: string; readonly account?: string | undefined };
  readonly sites: readonly SiteRecord[];
  /** What comes in from outside, and until when (ISO date); absent: nothing. */
  readonly migration?: { readonly sunset: string; readonly sources: number } | undefined;
}

/** A report, or why a policy could not be read. */
export type Proven = { readonly report: ProofReport } | { readonly refused: string };

export interface RegisterInput {
  readonly application: Application;
  readonly judgement: Judgement;
  readonly options: JudgeOptions;
  /** ISO date on which waivers and transfers were held against the calendar. */
  readonly judgedOn: string;
  readonly files: readonly HashedFile[];
  readonly tool: { readonly name: string; readonly version: string };
  readonly rules: RulesVersion;
  /** Absent when the assembly carries no record of sites. */
  readonly enclave?: EnclaveRecord;
  /** Absent when the assembly carries no access matrix. */
  readonly matrix?: readonly MatrixCell[];
  /** What the prover says of the policies; absent when the assembly has none of an organisation. */
  readonly proof?: Proven;
}

/** What a document says beside its own content. */
export interface Header {
  readonly document: string;
  readonly schemaVersion: '1.0';
  /** SHA-256 over names and hashes of all files of the assembly. */
  readonly assembly: string;
  /** SHA-256 over what the judge was told: registers, default class, and the record of sites. */
  readonly configuration: string;
  readonly judgedOn: string;
  readonly tool: RegisterInput['tool'];
  readonly rules: RulesVersion;
  /** What this document does not show. */
  readonly notShown: readonly string[];
}
