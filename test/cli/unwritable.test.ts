/** Places that take no answer, and registers that take no end: one line and exit 2, never exit 1, which means findings. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDocuments } from '../../bin/answer';
import { registerAt } from '../../bin/input';

const FULL = '/dev/full';
const folder = mkdtempSync(join(tmpdir(), 'unwritable-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** Runs `enclave check` as a process; `stdio` are the descriptors of its standard output and error. */
function check(given: string, stdio: ['pipe' | number, 'pipe' | number]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', 'bin/cli.ts', 'check', given],
    { encoding: 'utf8', cwd: join(__dirname, '../..'), stdio: ['ignore', ...stdio] },
  );
  return { status, stderr };
}

(existsSync(FULL) ? describe : describe.skip)('a disk that is full', () => {
  const inside = write('inside.json', JSON.stringify({ Resources: {} }));
  let full: number;
  beforeAll(() => (full = openSync(FULL, 'w')));
  afterAll(() => closeSync(full));

  test('under standard output is one line and exit 2', () => {
    expect(check(inside, [full, 'pipe'])).toEqual({
      status: 2,
      stderr: 'enclave: standard output: cannot be written (ENOSPC).\n',
    });
  });
  test('under standard error leaves the exit code of bad input', () => {
    expect(check(join(folder, 'gone.json'), ['pipe', full]).status).toBe(2);
  });
});

test('a folder that cannot be made is refused in one line, also where the file system takes no folder', () => {
  const into = (at: string) => () => writeDocuments(at, new Map([['a.json', '{}']]));
  expect(into(join(write('file', ''), 'below'))).toThrow(/below: cannot be written \(E\w+\)/);
  if (existsSync('/proc/self'))
    expect(into('/proc/enclave/evidence')).toThrow(/\/proc\/enclave\/evidence: cannot be written/);
});

test('documents go into folders within folders that are not there yet', () => {
  const at = join(folder, 'a', 'b', 'c');
  writeDocuments(at, new Map([['a.json', '{}']]));
  expect(existsSync(join(at, 'a.json'))).toBe(true);
});

describe('a register', () => {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefg'].map((line, at, all) =>
    at === 0
      ? line
      : `${line}: &${line} [${Array(10)
          .fill(`*${all[at - 1]![0]}`)
          .join(',')}]`,
  );
  test.each([
    ['whose aliases expand without bound', levels.join('\n'), /aliases that expand without bound/],
    ['with an alias of nothing', 'a: *nobody\n', /nothing stands behind/],
    ['nested without end', '['.repeat(20_000) + ']'.repeat(20_000), /nested too deeply/],
  ])('%s is refused in one line that names it', (_what, text, why) => {
    const file = write('register.yaml', text);
    expect(() => registerAt(file)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(why) as string }) as Error,
    );
    expect(() => registerAt(file)).toThrow(file);
  });
});
