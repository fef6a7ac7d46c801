import { stringify } from 'yaml';
import type { Template } from 'aws-cdk-lib/assertions';

const SITE_TAGS = ['actual-country', 'committed-country', 'cost-centre', 'operator', 'site'];

const list = (value: unknown): string =>
  [value]
    .flat()
    .map((v) => (typeof v === 'string' ? v : JSON.stringify(v)))
    .join(', ');

function conditionText(condition: Record<string, Record<string, unknown>>): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => `${key} ${operator} ${list(value)}`))
    .join(' and ');
}

function statementText(s: Record<string, unknown>): string {
  const who =
    s['Principal'] === undefined
      ? ''
      : ` by ${typeof s['Principal'] === 'string' ? s['Principal'] : JSON.stringify(s['Principal'])}`;
  const on = s['Resource'] === undefined ? '' : ` on ${list(s['Resource'])}`;
  const when = s['Condition'] ? ` if ${conditionText(s['Condition'] as Record<string, Record<string, unknown>>)}` : '';
  const what = s['NotAction'] === undefined ? list(s['Action']) : `all but ${list(s['NotAction'])}`;
  return `${String(s['Effect'])} ${String(s['Sid'] ?? '(no Sid)')}: ${what}${who}${on}${when}`;
}

/** A value with policies as sentences, references short, hashes and the tags of the site left out. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[0-9a-f]{64}/g, '<hash>');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [key, inner] = entries[0] ?? [];
  if (entries.length === 1 && key === 'Ref') return `→ ${short(String(inner))}`;
  if (entries.length === 1 && key === 'Fn::GetAtt')
    return `→ ${short(String((inner as string[])[0]))}.${(inner as string[])[1]}`;
  if (entries.length === 1 && key === 'Fn::GetStackOutput') {
    const output = inner as { StackName: string; OutputName: string };
    return `→ ${output.StackName} / ${short(output.OutputName.replace(/^PublishOutput(FnGetAtt|Ref)/, ''))}`;
  }
  if (Array.isArray((value as { Statement?: unknown }).Statement))
    return (value as { Statement: Record<string, unknown>[] }).Statement.map((s) =>
      statementText(plain(s) as Record<string, unknown>),
    );
  return Object.fromEntries(
    entries
      .map(([k, v]) => [k, k === 'Tags' && Array.isArray(v) ? tags(v as { Key: string; Value: string }[]) : plain(v)])
      .filter(([, v]) => v !== undefined),
  );
}

const tags = (all: { Key: string; Value: string }[]): string[] | undefined => {
  const own = all.filter((t) => !SITE_TAGS.includes(t.Key)).map((t) => `${t.Key}=${t.Value}`);
  return own.length ? own : undefined;
};

/** Logical ids and output names without the hashes CDK appends. */
const short = (id: string): string => id.replace(/([0-9A-F]{8})+(?=[A-Z.]|$)/g, '');

/** A template as a reviewer reads it: sorted by construct path, one block per resource. */
export function readable(template: Template): string {
  const resources = Object.values(
    template.toJSON()['Resources'] as Record<
      string,
      { Type: string; Properties?: unknown; DeletionPolicy?: string; Metadata?: Record<string, string> }
    >,
  )
    .map((r) => ({ path: r.Metadata?.['aws:cdk:path'] ?? '?', r }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return resources
    .map(
      ({ path, r }) =>
        `${r.Type}  ${path}${r.DeletionPolicy ? `  (${r.DeletionPolicy})` : ''}\n${stringify(
          plain(r.Properties ?? {}),
          { lineWidth: 0 },
        )
          .trimEnd()
          .replace(/^/gm, '    ')}`,
    )
    .join('\n');
}
