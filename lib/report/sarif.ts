/** A judgement as SARIF 2.1.0, for code scanning: at the line of the program where one is recorded, else of the template. */
import type { Location, Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Flow, Judgement } from '../residency';
import { storeWords } from './wording';

export const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF as indented JSON, ending in a line break. @param version of the tool */
export function sarif(judgement: Judgement, version: string): string {
  const told = judgement.flows.filter((flow) => flow.verdict !== 'inside');
  const rules = rulesOf(told);
  const index = new Map(rules.map((rule, at) => [rule.id, at]));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'enclave', version, rules } },
        columnKind: 'utf16CodeUnits',
        results: told.map((flow) => resultOf(flow, index.get(flow.rule)!)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rulesOf(flows: readonly Flow[]): ReportingDescriptor[] {
  const byId = new Map<string, ReportingDescriptor>();
  for (const flow of flows)
    if (!byId.has(flow.rule))
      byId.set(flow.rule, {
        id: flow.rule,
        shortDescription: { text: `${flow.channel}: ${flow.rule}` },
        help: { text: flow.remedy },
        defaultConfiguration: { level: 'error' },
      });
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function resultOf(flow: Flow, ruleIndex: number): Result {
  const template = flow.source ? physical(flow.source) : undefined;
  const program = flow.program ? physical(flow.program) : undefined;
  const at = program ?? template;
  const location: Location = {
    ...(at ? { physicalLocation: at } : {}),
    logicalLocations: [{ fullyQualifiedName: storeWords(flow.store), kind: 'resource' }],
  };
  return {
    ruleId: flow.rule,
    ruleIndex,
    level: flow.verdict === 'outside' ? 'error' : 'warning',
    message: { text: `${flow.why}. ${flow.remedy}` },
    locations: [location],
    ...(program && template
      ? { relatedLocations: [{ id: 0, message: { text: 'in the template' }, physicalLocation: template }] }
      : {}),
    partialFingerprints: { 'residencyFlow/v1': flow.fingerprint },
    properties: { verdict: flow.verdict, channel: flow.channel, dataClass: flow.store.class, path: flow.path },
    ...(flow.waiver ? { suppressions: [{ kind: 'external' as const, justification: flow.waiver }] } : {}),
  };
}

export function physical(at: { readonly file: string; readonly line?: number }): PhysicalLocation {
  const uri = isAbsolute(at.file) ? pathToFileURL(at.file).href : encodeURI(at.file.replace(/\\/g, '/'));
  return { artifactLocation: { uri }, ...(at.line === undefined ? {} : { region: { startLine: at.line } }) };
}
