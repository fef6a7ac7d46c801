/** The documents of the register, as the page reads them: it shows what they say, and computes nothing of its own. */
import type { SiteRecord } from '../register/model';

export interface EvidenceHeader {
  readonly assembly: string;
  readonly configuration: string;
  readonly judgedOn: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly rules: Readonly<Record<string, string>>;
}

interface Shown {
  readonly document: string;
  readonly notShown: readonly string[];
}

export interface Manifest extends Shown, EvidenceHeader {
  readonly sites: readonly SiteRecord[] | null;
  readonly operator: { readonly name: string; readonly country: string } | null;
  readonly stores: readonly {
    readonly store: string;
    readonly type: string;
    readonly physicalName: string | null;
    readonly class: string;
    readonly classified: boolean;
    readonly account: string | null;
    readonly region: string | null;
    readonly countryName: string | null;
    readonly keys: readonly string[];
    readonly findings: number;
  }[];
}

export interface Custody extends Shown {
  readonly keys: readonly {
    readonly key: string;
    readonly class: string;
    readonly account: string | null;
    readonly region: string | null;
    readonly country: string | null;
    readonly origin: string;
    readonly multiRegion: string;
    readonly rotation: string;
    readonly policy: readonly string[];
    readonly opens: readonly { readonly store: string; readonly class: string }[];
  }[];
  readonly keysOutsideTheApplication: readonly { readonly store: string; readonly key: string }[];
}

export interface Commitments extends Shown {
  readonly commitments: readonly {
    readonly id: string;
    readonly promise: string;
    readonly status: string;
    readonly because: string;
    readonly shownBy: string;
  }[];
}

export interface Transfers extends Shown {
  readonly entries: readonly Readonly<Record<string, string>>[];
}

export interface Waivers extends Shown {
  readonly waivers: readonly {
    readonly fingerprint: string;
    readonly owner: string;
    readonly approver: string;
    readonly reason: string;
    readonly expires: string;
    readonly state: string;
    readonly covers: readonly { readonly store: string; readonly destination: string }[];
  }[];
}

export interface Matrix extends Shown {
  readonly cells: readonly { readonly cell: string; readonly decision: string }[];
}

export interface Proven extends Shown {
  readonly status: 'not asked' | 'refused' | 'proved' | 'refuted';
  /** Why nothing was proved. */
  readonly because?: string;
  readonly invariants?: readonly {
    readonly slug: string;
    readonly sentence: string;
    /** Set when the assembly has nothing the invariant is about. */
    readonly notApplicable?: string;
    readonly answers: readonly { readonly verdict: string; readonly scope: string }[];
  }[];
}

export interface Processing extends Shown {
  readonly activities: readonly {
    readonly category: string;
    readonly stores: number;
    readonly storedIn: readonly string[];
    readonly recipientsOutsideTheEea: readonly string[];
    readonly transfers: readonly string[];
    readonly retention: readonly string[];
    readonly security: { readonly encryptedWithCustomerKeys: number; readonly keptWhenTheStackGoes: number };
  }[];
}

export interface ControlMap extends Shown {
  readonly controls: readonly {
    readonly framework: string;
    readonly control: string;
    readonly asks: string;
    readonly evidence: readonly string[];
    readonly open: string;
  }[];
}

export interface Evidence {
  readonly manifest: Manifest;
  readonly custody: Custody;
  readonly commitments: Commitments;
  readonly matrix: Matrix;
  readonly transfers: Transfers;
  readonly waivers: Waivers;
  readonly proof: Proven;
  readonly processing: Processing;
  readonly controls: ControlMap;
  /** What each document says it does not show. */
  readonly notShown: readonly Shown[];
}

/** Reads the register's documents. @throws Error when one is missing */
export function evidenceOf(documents: ReadonlyMap<string, string>): Evidence {
  const read = <T>(name: string): T => {
    const text = documents.get(name);
    if (text === undefined)
      throw new Error(`The page shows ${name}, which is not among the documents of the register.`);
    return JSON.parse(text) as T;
  };
  const all = [...documents].filter(([name]) => name.endsWith('.json')).map(([, text]) => JSON.parse(text) as Shown);
  return {
    manifest: read('residency-manifest.json'),
    custody: read('key-custody.json'),
    commitments: read('commitments.json'),
    matrix: read('access-matrix.json'),
    transfers: read('transfer-register.json'),
    waivers: read('waivers.json'),
    proof: read('proof.json'),
    processing: read('record-of-processing.json'),
    controls: read('control-map.json'),
    notShown: all.map(({ document, notShown }) => ({ document, notShown })),
  };
}
