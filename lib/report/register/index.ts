/** The evidence a data protection officer asks for, as documents made from one judgement. Pure: the same input, the same bytes. */
import { evidencePage } from '../page';
import { accessMatrix } from './access-matrix';
import { commitmentsDocument } from './commitments';
import { controlMap } from './control-map';
import { flowsDocument } from './flows';
import { keyCustody } from './key-custody';
import type { RegisterInput } from './model';
import { proofDocument } from './proof';
import { recordOfProcessing } from './processing';
import { residencyManifest } from './residency-manifest';
import { transferRegister, transferRegisterCsv } from './transfer-register';
import { waiversDocument } from './waivers';

export { assemblyHash, configurationHash } from './document';
export type { EnclaveRecord, HashedFile, Header, Proven, RegisterInput } from './model';

const DOCUMENTS: Readonly<Record<string, (input: RegisterInput) => string>> = {
  'residency-manifest.json': residencyManifest,
  'transfer-register.json': transferRegister,
  'transfer-register.csv': transferRegisterCsv,
  'access-matrix.json': accessMatrix,
  'key-custody.json': keyCustody,
  'commitments.json': commitmentsDocument,
  'proof.json': proofDocument,
  'waivers.json': waiversDocument,
  'record-of-processing.json': recordOfProcessing,
  'control-map.json': controlMap,
  'flows.json': flowsDocument,
};

/** File name → text of every document, and `index.html`, which shows what they say. */
export function registerDocuments(input: RegisterInput): ReadonlyMap<string, string> {
  const documents = new Map(Object.entries(DOCUMENTS).map(([name, write]) => [name, write(input)]));
  return documents.set('index.html', evidencePage(documents, input.judgement));
}
