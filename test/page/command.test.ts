/** The page from the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { said } from '../cli/run';
import { threeSites } from './evidence';

const folder = mkdtempSync(join(tmpdir(), 'page-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const template = join(folder, 'dublin.json');
writeFileSync(template, JSON.stringify({ Resources: threeSites[0]!.resources }));

describe('enclave check --format html', () => {
  test('writes a whole page to the file, nothing to the terminal, and keeps the exit code of the verdict', async () => {
    const file = join(folder, 'page.html');
    const given = ['check', template, '--region', 'eu-west-1', '--account', '111111111111', '--format', 'html'];
    const { code, out, err } = await said(...given, '--output', file);
    // The copy goes to a bucket that no template of this application holds.
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: '' });
    const html = readFileSync(file, 'utf8');
    expect(html).toMatch(/^<!doctype html>[\s\S]*<title>Residency check: unknown<\/title>[\s\S]*<\/html>\n$/);
    expect((await said(...given)).out).toBe(html);
  });
});
