/**
 * Which document of the register is evidence for which public control. Evidence, not conformity: no certification is
 * claimed, and a control is more than the part that templates show.
 */
import { DECLARED_ONLY, document } from './document';
import type { RegisterInput } from './model';

interface Control {
  readonly framework: string;
  readonly control: string;
  readonly asks: string;
  readonly evidence: readonly string[];
  /** What the evidence leaves open. */
  readonly open: string;
}

const MANIFEST = 'residency-manifest.json';
const TRANSFERS = 'transfer-register.json';
const KEYS = 'key-custody.json';
const ACCESS = 'access-matrix.json';
const PROOF = 'proof.json';
const FLOWS = 'flows.json';
const RECORD = 'record-of-processing.json';
const WAIVERS = 'waivers.json';

const CONTROLS: readonly Control[] = [
  {
    framework: 'GDPR',
    control: 'Article 30',
    asks: 'records of processing activities',
    evidence: [RECORD],
    open: 'purposes, legal bases and contact points',
  },
  {
    framework: 'GDPR',
    control: 'Article 32',
    asks: 'security of processing',
    evidence: [KEYS, MANIFEST, PROOF],
    open: 'organisational measures, tests of their effectiveness',
  },
  {
    framework: 'GDPR',
    control: 'Articles 44–49',
    asks: 'transfers to third countries only under chapter V',
    evidence: [TRANSFERS, FLOWS],
    open: 'remote access by people; validity of the mechanism named',
  },
  {
    framework: 'EDPB',
    control: 'Recommendations 01/2020, use case 1',
    asks: 'encrypted storage with keys kept in the EEA by the exporter',
    evidence: [KEYS],
    open: 'AWS KMS is operated by the provider: the use case asks for keys under the exporter’s sole control',
  },
  {
    framework: 'EDPB',
    control: 'Recommendations 01/2020, use case 2',
    asks: 'transfer of pseudonymised data',
    evidence: [KEYS, TRANSFERS],
    open: 'that recipients cannot attribute the data to a person',
  },
  {
    framework: 'EDPB',
    control: 'Recommendations 01/2020, use cases 6 and 7',
    asks: 'no effective measure for access in the clear from a third country',
    evidence: [ACCESS, FLOWS, PROOF],
    open: 'who really logs in, from where',
  },
  {
    framework: 'NIS2',
    control: 'Article 21(2)(d), (h), (i)',
    asks: 'supply chain, cryptography, access control',
    evidence: [KEYS, ACCESS, MANIFEST, PROOF],
    open: 'governance, incident handling, reporting',
  },
  {
    framework: 'DORA',
    control: 'Article 28(8), Article 30(2)(b)',
    asks: 'register of ICT services; locations where data is processed and stored',
    evidence: [MANIFEST, FLOWS],
    open: 'contracts and exit plans',
  },
  {
    framework: 'FINOS CCC',
    control: 'CCC.Core.CN06',
    asks: 'deployment in a trust perimeter of allowed Regions',
    evidence: [MANIFEST],
    open: 'resources made outside the templates',
  },
  {
    framework: 'FINOS CCC',
    control: 'CCC.Core.CN10',
    asks: 'data replication only inside the trust perimeter',
    evidence: [FLOWS],
    open: 'replication set up by API after deployment',
  },
  {
    framework: 'CSA CCM',
    control: 'DSP-10',
    asks: 'sensitive data transfer',
    evidence: [TRANSFERS, FLOWS],
    open: 'protection in transit beyond what templates state',
  },
  {
    framework: 'CSA CCM',
    control: 'DSP-19',
    asks: 'data location is specified and documented',
    evidence: [MANIFEST],
    open: 'measured location of machines',
  },
  {
    framework: 'SecNumCloud 3.2',
    control: '19.2',
    asks: 'location of data inside the European Union',
    evidence: [MANIFEST, FLOWS],
    open: 'asks for the Union, not the EEA; administration and support from inside it',
  },
  {
    framework: 'BSI C5:2020',
    control: 'PSS-12',
    asks: 'locations of data processing and storage are the customer’s choice and documented',
    evidence: [MANIFEST, WAIVERS],
    open: 'the provider’s own statement',
  },
];

export function controlMap(input: RegisterInput): string {
  return document(
    'control-map',
    input,
    [
      DECLARED_ONLY,
      'No certification and no conformity is claimed. Each row names evidence for a part of a control, and what it leaves open.',
    ],
    { controls: CONTROLS },
  );
}
