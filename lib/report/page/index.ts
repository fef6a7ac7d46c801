/** One self-contained HTML page about a judgement: a map, and a table beside every picture. Pure: the same input, the same bytes. */
import type { Flow, Judgement } from '../../residency';
import { countryName } from '../../residency';
import { byStore, isFinding, storeWords } from '../wording';
import { evidenceOf } from './evidence';
import type { Manifest } from './evidence';
import { drawingOf } from './links';
import { page } from './page';
import type { StoreRow } from './rows';
import { fullSource, portableSource } from './rows';
import { evidenceSections, notShownList } from './sections';

const classWords = (name: string, classified: boolean): string => (classified ? name : `${name} (not classified)`);

const storeOfManifest = (store: Manifest['stores'][number]): StoreRow => ({
  store: store.store,
  type: store.type,
  class: classWords(store.class, store.classified),
  region: store.region ?? 'not stated',
  country: store.countryName ?? 'not known',
  account: store.account ?? 'not stated',
  name: store.physicalName ?? '',
  keys: store.keys.join(', '),
  findings: String(store.findings),
});

function storesOfJudgement({ flows }: Judgement): readonly StoreRow[] {
  return byStore(flows).flatMap(({ store, flows: own }): StoreRow[] => {
    const placement = own.find((flow: Flow) => flow.rule === 'store-placement')?.destination;
    if (!placement) return [];
    return [
      {
        store: storeWords(store),
        type: store.type,
        class: classWords(store.class, store.classified),
        region: placement.region ?? 'not stated',
        country: placement.country === undefined ? 'not known' : countryName(placement.country),
        account: placement.account ?? 'not stated',
        name: '',
        keys: '',
        findings: String(own.filter(isFinding).length),
      },
    ];
  });
}

/**
 * The page of the register: everything its documents say, in one file.
 *
 * @param documents file name → text, as `registerDocuments` makes them
 */
export function evidencePage(documents: ReadonlyMap<string, string>, judgement: Judgement): string {
  const evidence = evidenceOf(documents);
  const { assembly, configuration, judgedOn, tool, rules, stores, sites } = evidence.manifest;
  return page({
    kind: 'Residency register',
    judgement,
    drawing: drawingOf(judgement.flows, sites ?? []),
    stores: stores.map(storeOfManifest),
    facts: [
      { name: 'Judged on', value: judgedOn },
      { name: 'Assembly', value: assembly, code: true },
    ],
    madeFrom: [
      { name: 'Tool', value: `${tool.name} ${tool.version}` },
      { name: 'Configuration', value: configuration, code: true },
      ...Object.entries(rules).map(([name, value]) => ({ name: `Rules: ${name}`, value: String(value), code: true })),
    ],
    sections: evidenceSections(evidence),
    sourceOf: portableSource,
  });
}

/** The page of a check: flows and stores; what only an assembly and its registers show is named as not shown. */
export function judgementPage(judgement: Judgement, version: string): string {
  return page({
    kind: 'Residency check',
    judgement,
    drawing: drawingOf(judgement.flows, []),
    stores: storesOfJudgement(judgement),
    facts: [],
    madeFrom: [{ name: 'Tool', value: `enclave ${version}` }],
    sections: [
      {
        id: 'not-shown',
        title: 'Not shown here',
        content: notShownList([
          {
            document: 'check',
            notShown: [
              'Templates show what was declared. Whether the accounts hold what was declared is the question of the attestation.',
              'Only channels of the catalogue are flows. What a program does with data it may lawfully read is not in a template.',
              'Keys and their policies, commitments, registered transfers and waivers: the register (npx enclave register) shows them, with the hash of the assembly.',
            ],
          },
        ]),
      },
    ],
    sourceOf: fullSource,
  });
}
