/** The structural rules, each named by its slug; the list is closed by type. */
import type { Resource } from '../../template';
import type { Draft } from '../draft';
import type { Premises } from '../premises';
import { holdsData } from '../stores';
import type { Survey } from '../survey';
import { foreignKey } from './foreign-key';
import { missingClass } from './missing-class';
import type { StructuralRule } from './rule';
import { asDraft } from './rule';
import { sharedKey } from './shared-key';
import { storeOutsideSite } from './store-outside-site';
import { unencryptedStore } from './unencrypted-store';

export const STRUCTURAL_RULES = {
  'store-outside-site': storeOutsideSite,
  'missing-class': missingClass,
  'shared-key': sharedKey,
  'foreign-key': foreignKey,
  'unencrypted-store': unencryptedStore,
} as const satisfies Readonly<Record<string, StructuralRule>>;

/** Everything the structural rules find. */
export function structuralFindings(
  resources: readonly Resource[],
  survey: Survey,
  premises: Premises,
): readonly Draft[] {
  const stores = resources.filter(holdsData);
  return Object.values<StructuralRule>(STRUCTURAL_RULES).flatMap((rule) =>
    rule.findings(stores, survey, premises).map((finding) => asDraft(rule, finding)),
  );
}
