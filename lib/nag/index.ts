/** The synth gate: the only place where the judge meets aws-cdk-lib and cdk-nag. */
export { RULE_PREFIX, ResidencyChecks } from './residency-checks';
export type { ResidencyChecksOptions } from './residency-checks';
export { residencyGateContext } from './gate-context';
