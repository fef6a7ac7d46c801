/** A draft of the record of processing activities (GDPR Article 30(1)), as far as templates can fill it in. */
import { countryName } from '../../residency';
import type { DataClass } from '../../residency';
import { isKey } from '../../residency/rules/store-keys';
import { placeWords } from '../wording';
import { DECLARED_ONLY, document } from './document';
import { leavingFlows } from './leaving';
import type { RegisterInput } from './model';
import { keysOf, stated, storesOf } from './stores';

const TO_BE_COMPLETED = 'to be completed by the controller';

/** Properties in which templates state how long data is kept. */
const RETENTION = [
  'RetentionInDays',
  'BackupRetentionPeriod',
  'MessageRetentionPeriod',
  'RetentionPeriodHours',
] as const;

export function recordOfProcessing(input: RegisterInput): string {
  const { enclave } = input;
  const stores = storesOf(input).filter(({ resource }) => !isKey(resource));
  const classes = [...new Set(stores.map(({ placement }) => placement.store.class))].sort();
  return document(
    'record-of-processing',
    input,
    [
      DECLARED_ONLY,
      'Purposes, legal bases, categories of subjects and the contact points are decisions of the controller; a template holds none of them.',
      'This is a draft: Article 30 asks for a record that the controller maintains.',
    ],
    {
      status: 'draft',
      controller: TO_BE_COMPLETED,
      dataProtectionOfficer: TO_BE_COMPLETED,
      processors: enclave
        ? [
            { role: 'operator', ...enclave.operator },
            { role: 'auditor', ...enclave.auditor },
          ]
        : TO_BE_COMPLETED,
      purposes: TO_BE_COMPLETED,
      categoriesOfSubjects: enclave
        ? `residents of ${[...new Set(enclave.sites.flatMap(({ homeOf }) => homeOf))].sort().map(countryName).join(', ')}`
        : TO_BE_COMPLETED,
      activities: classes.map((cls: DataClass) => {
        const own = stores.filter(({ placement }) => placement.store.class === cls);
        const flows = leavingFlows(input).filter((flow) => flow.store.class === cls);
        const distinct = (values: readonly (string | undefined)[]): readonly string[] =>
          [...new Set(values.filter((value) => value !== undefined))].sort();
        return {
          category: cls,
          stores: own.length,
          storedIn: distinct(own.map(({ placement }) => placement.destination.country)).map(countryName),
          recipientsOutsideTheEea: distinct(flows.map((flow) => placeWords(flow.destination))),
          transfers: distinct(flows.map((flow) => flow.waiver)),
          retention: distinct(
            own.flatMap(({ resource }) =>
              RETENTION.map((property) => {
                const value = stated(resource, property);
                return value === undefined ? undefined : `${resource.type} ${property}: ${value}`;
              }),
            ),
          ),
          security: {
            encryptedWithCustomerKeys: own.filter(({ resource }) => keysOf(resource).length > 0).length,
            keptWhenTheStackGoes: own.filter(({ resource }) => resource.deletionPolicy?.startsWith('Retain') === true)
              .length,
          },
        };
      }),
    },
  );
}
