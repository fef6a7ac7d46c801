import type { Flow } from '../../residency';
import type { RegisterInput } from './model';

/** Flows that leave the EEA, or cannot be shown to stay; a waiver that waives nothing is a finding, but nothing flows. */
export const leavingFlows = ({ judgement }: Pick<RegisterInput, 'judgement'>): readonly Flow[] =>
  judgement.flows.filter(({ verdict, store }) => verdict !== 'inside' && store.type !== 'waiver');
