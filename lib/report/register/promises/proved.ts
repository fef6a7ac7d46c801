/** Promises that a proof over all policies of the assembly shows. */
import { findCountry } from '../../../geo';
import type { RegisterInput } from '../model';
import { met, notShown } from './finding';
import type { Finding } from './finding';

/** That every way to contents is closed but the gateway's. */
const ONLY_BY_THE_GATEWAY = [
  'objects-are-read-only-by-data-roles',
  'items-are-read-inside-the-perimeter',
  'gateway-sessions-carry-their-approval',
  'the-data-plane-is-reached-only-through-the-broker',
  'only-the-broker-marks-sessions',
  'databases-let-in-only-data-roles',
];

/** That the auditor sees what it must and nothing else, and nobody blinds it. */
const INDEPENDENT = ['auditors-come-with-their-external-id', 'auditors-read-no-data', 'audit-cannot-be-switched-off'];

function provedAll({ proof }: RegisterInput, slugs: readonly string[], words: (places: number) => string): Finding {
  if (!proof) return notShown('the assembly has no policies of an organisation, so nothing was proved');
  if ('refused' in proof) return notShown(`nothing was proved: ${proof.refused}`);
  const results = slugs.map((slug) => proof.report.results.find((result) => result.slug === slug));
  const refuted = results.find((result) => result?.answers.some(({ verdict }) => verdict === 'refuted'));
  if (refuted) return notShown(`contradicted: a request breaks ${refuted.slug}, see proof.json`);
  const missing = slugs.find((_, index) => (results[index]?.answers.length ?? 0) === 0);
  if (missing !== undefined) return notShown(`nothing in the assembly is what ${missing} is about`);
  return met(words(results.reduce((sum, result) => sum + result!.answers.length, 0)));
}

export const onlyByTheGateway = (input: RegisterInput): Finding =>
  provedAll(
    input,
    ONLY_BY_THE_GATEWAY,
    (places) =>
      `proved of ${places} places: nobody but the sites’ data roles and the gateway’s sessions reads contents`,
  );

export function independentAuditor(input: RegisterInput): Finding {
  const { enclave } = input;
  if (!enclave) return notShown('the assembly carries no record of an auditor');
  const { name, country } = enclave.auditor;
  if (findCountry(country)?.eea !== true)
    return notShown(`contradicted: ${name} is of ${country}, which is not in the EEA`);
  return provedAll(
    input,
    INDEPENDENT,
    () =>
      `${name} (${country}) is named; proved: it comes with its external id, reads no data, and nobody switches its records off`,
  );
}
