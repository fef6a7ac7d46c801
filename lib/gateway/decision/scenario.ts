/** A case described in the words of the published table, made into a question: for the matrix and for explanations. */
import { COUNTRIES } from '../../geo';
import type { DataClass } from '../settings';
import { zoneOfCountry } from '../zones/requester-zone';
import type { Zone } from '../zones/requester-zone';
import type { Question } from './decide';
import type { Access, Approval } from './facts';

export const TRANSFERS = ['none', 'registered', 'assessed'] as const;
export const TIMES = ['before', 'within', 'at the end'] as const;

/** One case. `approvals` counts approvers other than the requester, the first of them the privacy officer if there is one. */
export interface Scenario {
  /** Country of contract, employer and network alike. */
  readonly country: string;
  readonly role: string;
  readonly class: DataClass;
  readonly purpose: string;
  readonly approvals: number;
  readonly privacyApproval: boolean;
  readonly transfer: (typeof TRANSFERS)[number];
  /** The moment of use, seen from the grant. */
  readonly time: (typeof TIMES)[number];
  readonly access: Access;
}

/** A country of the zone; for BLOCKED a code no country has. */
export function countryIn(zone: Zone): string {
  return COUNTRIES.find(({ code }) => zoneOfCountry(code) === zone)?.code ?? 'ZZ';
}

const BEGIN = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const LENGTH = 2 * HOUR;
const MOMENT: Record<Scenario['time'], number> = {
  before: BEGIN - 1,
  within: BEGIN + HOUR,
  'at the end': BEGIN + LENGTH,
};

/** The question that the scenario describes. */
export function questionOf(s: Scenario): Question {
  const zone = zoneOfCountry(s.country);
  const dataset = { id: 'dataset', class: s.class, source: 'dataset', prefix: '' };
  const transfer = {
    id: 'transfer',
    dataset: dataset.id,
    class: s.class,
    zone,
    expiresAt: BEGIN + 24 * HOUR,
    ...(s.transfer === 'assessed' ? { assessment: 'assessment' } : {}),
  };
  return {
    requester: {
      id: 'requester',
      role: s.role,
      active: true,
      countries: { contract: s.country, employer: s.country, network: s.country },
      managers: ['manager'],
    },
    asked: { dataset: dataset.id, class: s.class, purpose: s.purpose },
    dataset,
    ...(s.approvals > 0
      ? {
          grant: {
            id: '00000000-0000-4000-8000-000000000000',
            holder: 'requester',
            dataset: dataset.id,
            class: s.class,
            purpose: s.purpose,
            approvals: approvalsOf(s),
            notBefore: BEGIN,
            expiresAt: BEGIN + LENGTH,
            revoked: false,
            ...(s.transfer === 'none' ? {} : { transfer: transfer.id }),
          },
        }
      : {}),
    ...(s.transfer === 'none' ? {} : { transfer }),
    access: s.access,
    now: MOMENT[s.time],
  };
}

function approvalsOf({ approvals, privacyApproval }: Scenario): Approval[] {
  return Array.from({ length: approvals }, (_, i) => ({
    approver: `approver-${i + 1}`,
    role: i === 0 && privacyApproval ? 'privacy' : 'analyst',
    zone: 'EEA',
    managers: [],
    at: BEGIN,
  }));
}
