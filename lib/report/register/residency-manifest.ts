/** Which store stands where, of which class, under which key: the list a data protection officer asks for first. */
import { findCountry } from '../../geo';
import type { Flow } from '../../residency';
import { countryName } from '../../residency';
import { storeWords } from '../wording';
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';
import { physicalNameOf } from '../../residency/labels';
import { encryptionOf, storesOf } from './stores';

export function residencyManifest(input: RegisterInput): string {
  const { judgement, application, enclave, files } = input;
  const leaving = new Map<string, number>();
  const key = ({ store }: Flow): string => JSON.stringify([store.stack, store.logicalId]);
  for (const flow of judgement.findings) leaving.set(key(flow), (leaving.get(key(flow)) ?? 0) + 1);
  const stores = storesOf(input).map(({ resource, placement }) => {
    const { store, destination } = placement;
    const country = destination.country;
    return {
      store: storeWords(store),
      type: store.type,
      physicalName: physicalNameOf(resource) ?? null,
      class: store.class,
      classified: store.classified,
      account: store.account ?? null,
      region: destination.region ?? null,
      country: country ?? null,
      countryName: country === undefined ? null : countryName(country),
      inEea: country === undefined ? null : (findCountry(country)?.eea ?? null),
      keys: encryptionOf(resource),
      findings: leaving.get(key(placement)) ?? 0,
    };
  });
  return document(
    'residency-manifest',
    input,
    [
      DECLARED_ONLY,
      'The country of a Region or zone comes from AWS documentation; no measurement of ours confirms where a machine stands.',
      ...(enclave ? [] : ['The assembly carries no record of sites, so no store is assigned to one.']),
    ],
    {
      verdict: judgement.verdict,
      counts: judgement.counts,
      sites: enclave?.sites ?? null,
      operator: enclave?.operator ?? null,
      stacks: application.templates.map(({ source }) => ({
        stack: source.stackName,
        account: source.account ?? null,
        region: source.region ?? null,
      })),
      templates: files.filter(({ name }) => name.endsWith('.template.json')),
      stores,
    },
  );
}
