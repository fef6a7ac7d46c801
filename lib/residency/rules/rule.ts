/** A structural rule looks at the application as a whole; it is active where sites are declared. */
import type { Resource } from '../../template';
import type { Channel } from '../../catalogue/model';
import type { Draft } from '../draft';
import type { Opinion } from '../opinion';
import type { Premises } from '../premises';
import type { Survey } from '../survey';

export interface StructuralRule {
  readonly slug: string;
  /** One sentence for documentation. */
  readonly demands: string;
  readonly remedy: string;
  readonly channel: Channel;
  findings(stores: readonly Resource[], survey: Survey, premises: Premises): readonly RuleFinding[];
}

export interface RuleFinding {
  readonly store: Resource;
  readonly path: string;
  readonly opinion: Opinion;
  /** Where it stands, when that is more than the store. */
  readonly at?: { readonly line: number | undefined };
}

/** A rule's finding in the shape of every other finding. */
export function asDraft(rule: StructuralRule, finding: RuleFinding): Draft {
  return {
    rule: rule.slug,
    channel: rule.channel,
    resource: finding.store,
    store: finding.store,
    path: finding.path,
    opinion: finding.opinion,
    origin: [],
    remedy: rule.remedy,
    at: finding.at ?? finding.store,
  };
}
