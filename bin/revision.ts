/** Synthesises a git revision in a temporary worktree of its own, and takes the worktree away again. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './input';

/** A synthesised revision. */
export interface Revision {
  /** The assembly that the revision synthesises to. */
  readonly assembly: string;
  /** A file of the revision, or undefined when it has none of that path. */
  file(path: string): string | undefined;
  /** What a reader should know about how it was synthesised; empty when nothing is unusual. */
  readonly notes: readonly string[];
}

const LAST_LINES = 1;

/**
 * Hands the synthesised revision to `use`. The packages of the current checkout are used: nothing is installed.
 * @throws UsageError in one line when git, the revision or its synthesis fails
 */
export async function withRevision<T>(revision: string, use: (found: Revision) => T | Promise<T>): Promise<T> {
  if (revision.startsWith('-')) throw new UsageError(`${revision}: is no revision. Give a branch, a tag or a commit.`);
  const root = git(['rev-parse', '--show-toplevel'], process.cwd(), 'This is no git repository');
  const below = git(['rev-parse', '--show-prefix'], process.cwd(), 'This is no git repository');
  const commit = git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    root,
    `${revision}: no such revision in ${root}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'enclave-diff-'));
  const tree = join(folder, 'tree');
  try {
    git(['worktree', 'add', '--detach', '--quiet', tree, commit], root, `${revision}: no worktree could be made`);
    const app = join(tree, below);
    return await use(synthesise(revision, app, folder));
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', tree], { cwd: root });
    rmSync(folder, { recursive: true, force: true });
    spawnSync('git', ['worktree', 'prune'], { cwd: root });
  }
}

function synthesise(revision: string, app: string, folder: string): Revision {
  const modules = join(process.cwd(), 'node_modules');
  const cdk = join(modules, '.bin', 'cdk');
  if (!existsSync(cdk))
    throw new UsageError(`${cdk}: the CDK's command line is not installed here. Run npm ci, then repeat.`);
  if (!existsSync(app))
    throw new UsageError(`${revision}: has no such folder as this one. Run the command where the app stands in both.`);
  if (!existsSync(join(app, 'node_modules'))) symlinkSync(modules, join(app, 'node_modules'), 'dir');
  const assembly = join(folder, 'cdk.out');
  const { status, stderr, error } = spawnSync(cdk, ['synth', '--quiet', '--output', assembly], {
    cwd: app,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // The manifest is written last: with it the templates are complete, also where the gate then objected to them.
  if (!existsSync(join(assembly, 'manifest.json'))) {
    const last = (error?.message ?? stderr).trim().split('\n').slice(-LAST_LINES).join(' ').trim();
    throw new UsageError(
      `${revision}: cdk synth failed there (${last || `exit ${status}`}). Check the revision out and run npx cdk synth.`,
    );
  }
  const notes = [
    ...(status === 0 ? [] : [`${revision}: its synthesis ended with ${status}; the templates it wrote are judged`]),
    ...(sameLock(app) ? [] : [`${revision}: has other packages; it was synthesised with those installed here`]),
  ];
  return {
    assembly,
    file: (path) => (existsSync(join(app, path)) ? join(app, path) : undefined),
    notes,
  };
}

function sameLock(app: string): boolean {
  const [there, here] = [join(app, 'package-lock.json'), join(process.cwd(), 'package-lock.json')];
  if (!existsSync(there) || !existsSync(here)) return existsSync(there) === existsSync(here);
  return readFileSync(there).equals(readFileSync(here));
}

function git(args: readonly string[], cwd: string, otherwise: string): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  const said = (error?.message ?? stderr).trim().split('\n')[0] ?? '';
  throw new UsageError(`${otherwise}${said ? ` (${said})` : ''}. Give a branch, a tag or a commit of this repository.`);
}
