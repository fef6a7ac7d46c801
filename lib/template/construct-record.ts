/**
 * What a CDK assembly records of its constructs beside the templates: the path of each logical id, and the place in the
 * program where the construct was created. Read only when asked for.
 */
import type { Json } from './model';
import { isObject, own } from './scalar';

export interface ConstructRecord {
  readonly path: string;
  readonly location?: { readonly file: string; readonly line: number };
}

/** Records of one assembly artifact, by template file and logical id. */
export class ConstructRecords {
  private records: Map<string, ConstructRecord> | undefined;

  constructor(private readonly read: () => Json | undefined) {}

  find(templateFile: string, logicalId: string): ConstructRecord | undefined {
    this.records ??= index(this.read());
    return this.records.get(key(templateFile, logicalId)) ?? this.records.get(key('', logicalId));
  }
}

const key = (templateFile: string, logicalId: string): string => `${templateFile}\n${logicalId}`;

function index(metadata: Json | undefined): Map<string, ConstructRecord> {
  const records = new Map<string, ConstructRecord>();
  if (!isObject(metadata)) return records;
  const templateOf = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    const file = dataOf(entries, 'aws:cdk:templateFile');
    if (typeof file === 'string') templateOf.set(path, file);
  }
  const owner = (path: string): string | undefined => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const file = templateOf.get(path.slice(0, end));
      if (file !== undefined) return file;
    }
    return undefined;
  };
  for (const [path, entries] of Object.entries(metadata)) {
    const logicalId = dataOf(entries, 'aws:cdk:logicalId');
    if (typeof logicalId !== 'string') continue;
    const location = firstFrame(dataOf(entries, 'aws:cdk:creationStack') ?? traceOf(entries));
    // Without a recorded template file the stack has only one.
    records.set(key(owner(path) ?? '', logicalId), {
      path: path.replace(/^\//u, ''),
      ...(location ? { location } : {}),
    });
  }
  return records;
}

function dataOf(entries: Json, type: string): Json | undefined {
  if (!Array.isArray(entries)) return undefined;
  const entry = entries.find((each) => isObject(each) && each['type'] === type);
  return isObject(entry) ? own(entry, 'data') : undefined;
}

/** Older assemblies keep the trace beside the logical id. */
function traceOf(entries: Json): Json | undefined {
  if (!Array.isArray(entries)) return undefined;
  const entry = entries.find((each) => isObject(each) && each['type'] === 'aws:cdk:logicalId');
  return isObject(entry) ? own(entry, 'trace') : undefined;
}

/** First frame outside libraries: `new Store (/app/lib/store.ts:12:5)`. */
function firstFrame(trace: Json | undefined): ConstructRecord['location'] | undefined {
  if (!Array.isArray(trace)) return undefined;
  for (const frame of trace) {
    if (typeof frame !== 'string' || frame.includes('node_modules') || frame.includes('node:')) continue;
    const found = /(?:\(|\s|^)([^\s()]+):(\d+):\d+\)?$/u.exec(frame.trim());
    if (found) return { file: found[1]!, line: Number(found[2]) };
  }
  return undefined;
}
