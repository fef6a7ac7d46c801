/**
 * Runs every tool over the same Apps, built once to leak and once not to, and prints who can tell them apart.
 * `--write` puts the page into docs/SCOREBOARD.md; `--check` exits 1 when that page is stale.
 */
import { mkdirSync, mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { corpus } from '../../test/leaks/cases';
import { judgedCases } from '../../test/leaks/court';
import { cdkValidation } from './cdk-validation';
import { cfnGuard } from './cfn-guard';
import { cfnLint } from './cfn-lint';
import { buildCorpus } from './corpus-build';
import { enclaveCheck } from './enclave-check';
import { WAYS_OUT, buildHeadline, logicalId } from './headline';
import { nagPacks } from './nag-packs';
import { ownScore } from './own-score';
import { page } from './page';
import type { HeadlineRow, Row } from './page';
import { byCase, isComparable, scoreOf } from './score';
import type { Build, Tool } from './tool';

const PAGE = path.join(__dirname, '../../docs/SCOREBOARD.md');
const TOOLS: readonly Tool[] = [enclaveCheck, ...nagPacks, cdkValidation, cfnLint, cfnGuard];

async function main(): Promise<number> {
  // The CDK reads this when it synthesises; jest and others switch it off for speed.
  process.env['CDK_VALIDATION'] = 'true';
  const folder = mkdtempSync(path.join(tmpdir(), 'scoreboard-'));
  try {
    const headline = headlineRows(folder);
    const text = page({ headline, ...corpusRows(folder) });
    return answer(await formatted(text));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As the formatter of the repository leaves it, so that both can check the page. */
async function formatted(text: string): Promise<string> {
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(PAGE)), filepath: PAGE });
}

function headlineRows(folder: string): readonly HeadlineRow[] {
  const abroad = buildHeadline('us-east-1', true, path.join(folder, 'abroad'));
  const inside = buildHeadline('eu-north-1', false, path.join(folder, 'inside'));
  return TOOLS.map((tool) => {
    if (tool.missing) return { tool };
    progress(`headline: ${tool.name}`);
    const said = (build: Build): readonly string[] =>
      tool.findings(build).flatMap(({ at, what }) => (at.startsWith('everyday') ? [what] : []));
    const [leaving, staying] = [said(abroad), said(inside)];
    return {
      tool,
      leaving: leaving.length,
      staying: staying.length,
      newOnLeaving: without(leaving, staying).length,
      waysSeen: waysSeen(without(leaving, staying)),
    };
  });
}

function without(these: readonly string[], those: readonly string[]): readonly string[] {
  const known = new Set(those);
  return these.filter((one) => !known.has(one));
}

/** How many of the ways out some finding names by their resource. */
function waysSeen(findings: readonly string[]): number {
  return WAYS_OUT.filter((slug) => {
    const named = new RegExp(`(?<![A-Za-z0-9])${logicalId(slug)}(?![A-Za-z0-9])`);
    return findings.some((finding) => named.test(finding));
  }).length;
}

function corpusRows(
  folder: string,
): { rows: readonly Row[]; untyped: number; doubtful: number } & ReturnType<typeof ownFigures> {
  const own = ownFigures();
  const { cases } = corpus();
  const root = path.join(folder, 'corpus');
  mkdirSync(root);
  progress('building the corpus');
  const leaving = buildCorpus(cases, 'leaving', root);
  const staying = buildCorpus(cases, 'staying', root);
  const rows = TOOLS.map((tool): Row => {
    if (tool.missing) return { tool };
    progress(`corpus: ${tool.name}`);
    const started = process.hrtime.bigint();
    const score = scoreOf(cases, byCase(tool.findings(leaving)), byCase(tool.findings(staying)));
    progress(`  ${Number((process.hrtime.bigint() - started) / 1_000_000n)} ms`);
    return { tool, score };
  });
  const doubtful = cases.filter((one) => isComparable(one) && one.whenStaying === 'unknown').length;
  return { ...own, rows, untyped: leaving.untyped, doubtful };
}

function ownFigures(): { own: ReturnType<typeof ownScore>; skipped: ReturnType<typeof corpus>['skipped'] } {
  const { cases, skipped } = corpus();
  progress('the judge on every case by itself');
  return { own: ownScore(cases, judgedCases(cases, 'leaving'), judgedCases(cases, 'staying')), skipped };
}

function answer(text: string): number {
  if (process.argv.includes('--check')) {
    const fresh = existsSync(PAGE) && readFileSync(PAGE, 'utf8') === text;
    console.log(
      fresh
        ? 'docs/SCOREBOARD.md is up to date'
        : 'docs/SCOREBOARD.md is stale: run scripts/scoreboard/scoreboard.ts --write',
    );
    return fresh ? 0 : 1;
  }
  if (process.argv.includes('--write')) {
    writeFileSync(PAGE, text);
    console.log(`docs/SCOREBOARD.md: ${text.split('\n').length} lines`);
    return 0;
  }
  console.log(text);
  return 0;
}

function progress(words: string): void {
  process.stderr.write(`${words}\n`);
}

void main().then((code) => (process.exitCode = code));
