/** The frame of every document of the register. */
import { canonicalJson, sha256 } from '../statement/canonical-json';
import type { HashedFile, Header, RegisterInput } from './model';

/** One hash for a whole assembly, whatever folder it lies in. */
export function assemblyHash(files: readonly HashedFile[]): string {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sha256(sorted.map(({ name, sha256: hash }) => `${hash}  ${name}\n`).join(''));
}

/** One hash for what the judge was told beside the templates. */
export function configurationHash({ options, enclave }: Pick<RegisterInput, 'options' | 'enclave'>): string {
  const { stores, accounts, classDefault, transfers, waivers, reviewedTypes } = options;
  return sha256(
    canonicalJson({ stores, accounts, classDefault, transfers, waivers, reviewedTypes, enclave: enclave ?? null }),
  );
}

/** A document as indented JSON, ending in a line break: header first, then its content. */
export function document(name: string, input: RegisterInput, notShown: readonly string[], content: object): string {
  const header: Header = {
    document: name,
    schemaVersion: '1.0',
    assembly: assemblyHash(input.files),
    configuration: configurationHash(input),
    judgedOn: input.judgedOn,
    tool: input.tool,
    rules: input.rules,
    notShown,
  };
  return `${JSON.stringify({ ...header, ...content }, null, 2)}\n`;
}

/** What no document made from templates can show. */
export const DECLARED_ONLY =
  'Templates show what was declared. Whether the accounts hold what was declared is the question of the attestation.';
