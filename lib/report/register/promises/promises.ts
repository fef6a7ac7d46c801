/**
 * The twenty-one promises of a European enclave (from the public record of Project Clover, 2023–24), each with what an
 * assembly can show of it.
 */
import { everyExportRegistered, migrationEnds, transfersShrink } from './course';
import { met } from './finding';
import type { Commitment } from './finding';
import { approvedOnly, blockedIsBlocked, groupsOnly, listedReasonsAbroad, restrictedStays } from './gateway';
import { noWildcardUse, ownKeys, pseudonyms } from './keys';
import { closedNetwork, operator, sitesAsPromised, storedInEea, storesInSites } from './places';
import { independentAuditor, onlyByTheGateway } from './proved';
import { costTags, signedCode } from './upkeep';

/** Where the decisions of the gateway are evaluated in every case. */
const BY_GATEWAY = 'access matrix; npx jest test/gateway';

export const PROMISES: readonly Commitment[] = [
  {
    id: 'P1',
    promise: 'A secure enclave: isolated networks without a way out',
    shownBy: 'types in every template',
    look: closedNetwork,
  },
  { id: 'P2', promise: 'Sites stand in the countries committed', shownBy: 'record of sites', look: sitesAsPromised },
  { id: 'P3', promise: 'Stores stand only in sites', shownBy: 'account of every store', look: storesInSites },
  { id: 'P4', promise: 'A European provider operates the sites', shownBy: 'record of sites', look: operator },
  {
    id: 'P5',
    promise: 'Restricted data is never reachable from third countries',
    shownBy: 'flows and access matrix',
    look: restrictedStays,
  },
  { id: 'P6', promise: 'Classes share no key', shownBy: 'keys of every store', look: ownKeys },
  { id: 'P7', promise: 'Data is pseudonymised before it flows', shownBy: 'key policies', look: pseudonyms },
  {
    id: 'P8',
    promise: 'Aggregates suppress small groups',
    shownBy: BY_GATEWAY,
    look: groupsOnly,
  },
  {
    id: 'P9',
    promise: 'Every access passes the security gateway',
    shownBy: 'npx enclave prove',
    look: onlyByTheGateway,
  },
  {
    id: 'P10',
    promise: 'Every transfer out refers to a register entry',
    shownBy: 'flows and registers',
    look: everyExportRegistered,
  },
  {
    id: 'P11',
    promise: 'Only approved employees, for certain data',
    shownBy: BY_GATEWAY,
    look: approvedOnly,
  },
  {
    id: 'P12',
    promise: 'Access from outside Europe only for listed reasons, audited',
    shownBy: BY_GATEWAY,
    look: listedReasonsAbroad,
  },
  {
    id: 'P13',
    promise: 'Transfers shrink over time',
    shownBy: 'flows and registers; npx enclave diff',
    look: transfersShrink,
  },
  {
    id: 'P14',
    promise: 'Staff in named countries only; unknown is blocked',
    shownBy: BY_GATEWAY,
    look: blockedIsBlocked,
  },
  {
    id: 'P15',
    promise: 'An external European company supervises',
    shownBy: 'record of sites; npx enclave prove',
    look: independentAuditor,
  },
  {
    id: 'P16',
    promise: 'It inspects the code and every update',
    shownBy: 'functions of every template',
    look: signedCode,
  },
  {
    id: 'P17',
    promise: 'Migration comes in one way, and ends',
    shownBy: 'record of the enclave; npx jest test/enclave',
    look: migrationEnds,
  },
  { id: 'P18', promise: 'Subjects’ data is stored in the EEA', shownBy: 'placement of every store', look: storedInEea },
  { id: 'P19', promise: 'Costs are allocated', shownBy: 'tags of every store', look: costTags },
  { id: 'P20', promise: 'No standing access, no wildcard use of keys', shownBy: 'key policies', look: noWildcardUse },
  {
    id: 'P21',
    promise: 'Commitments are listed with their state',
    shownBy: 'this document',
    look: () => met('this document lists them, those not shown included'),
  },
];
