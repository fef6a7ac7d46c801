/** What leaves the EEA, or cannot be shown to stay, and under which registered transfer: GDPR chapter V as a table. */
import { findCountry } from '../../geo';
import type { Flow, Transfer } from '../../residency';
import { countryName } from '../../residency';
import { placeWords, storeWords } from '../wording';
import { csv } from './csv';
import { DECLARED_ONLY, document } from './document';
import { leavingFlows } from './leaving';
import type { RegisterInput } from './model';

interface Entry {
  readonly id: string;
  readonly store: string;
  readonly class: string;
  readonly destination: string;
  readonly country: string;
  readonly adequate: string;
  readonly channel: string;
  readonly verdict: string;
  readonly mechanism: string;
  readonly assessment: string;
  readonly until: string;
  /** `registered`, `waived`, `not registered`, or `registered, no flow`. */
  readonly state: string;
  readonly fingerprint: string;
}

const TRANSFER_ID = /^transfer (.+) \([^()]*\)$/u;

function entryOf(flow: Flow, transfers: readonly Transfer[]): Entry {
  const id = flow.waiver === undefined ? undefined : TRANSFER_ID.exec(flow.waiver)?.[1];
  const transfer = transfers.find((one) => one.id === id);
  const country = flow.destination.country;
  const row = country === undefined ? undefined : findCountry(country);
  return {
    id: transfer?.id ?? '',
    store: storeWords(flow.store),
    class: flow.store.class,
    destination: placeWords(flow.destination),
    country: country === undefined ? '' : countryName(country),
    adequate: row === undefined ? '' : String(row.adequate),
    channel: flow.channel,
    verdict: flow.verdict,
    mechanism: transfer?.mechanism ?? '',
    assessment: transfer?.assessment ?? '',
    until: transfer?.until ?? '',
    state: transfer ? 'registered' : flow.waiver ? 'waived' : 'not registered',
    fingerprint: flow.fingerprint,
  };
}

const unused = (transfer: Transfer): Entry => ({
  id: transfer.id,
  store: transfer.store,
  class: transfer.class,
  destination: transfer.destination,
  country: '',
  adequate: '',
  channel: '',
  verdict: '',
  mechanism: transfer.mechanism,
  assessment: transfer.assessment,
  until: transfer.until ?? '',
  state: 'registered, no flow',
  fingerprint: '',
});

const COLUMNS = [
  'id',
  'store',
  'class',
  'destination',
  'country',
  'adequate',
  'channel',
  'verdict',
  'mechanism',
  'assessment',
  'until',
  'state',
  'fingerprint',
] as const satisfies readonly (keyof Entry)[];

function entriesOf(input: RegisterInput): readonly Entry[] {
  const { transfers } = input.options;
  const entries = leavingFlows(input).map((flow) => entryOf(flow, transfers));
  const used = new Set(entries.map(({ id }) => id));
  return [...entries, ...transfers.filter(({ id }) => !used.has(id)).map(unused)];
}

export function transferRegister(input: RegisterInput): string {
  const entries = entriesOf(input);
  return document(
    'transfer-register',
    input,
    [
      DECLARED_ONLY,
      'Access by people from a third country is a transfer too; templates do not show who logs in from where.',
      'A mechanism and an assessment are named by whoever registered them; neither is checked here.',
    ],
    { entries },
  );
}

/** The same entries for a spreadsheet. */
export const transferRegisterCsv = (input: RegisterInput): string =>
  csv(
    COLUMNS,
    entriesOf(input).map((entry) => COLUMNS.map((column) => entry[column])),
  );
