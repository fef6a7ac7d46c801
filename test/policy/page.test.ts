import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPart, withGeneratedPart } from '../../scripts/policy/page';
import { publicActions } from '../../scripts/policy/public-actions';

const PAGE = join(__dirname, '../../docs/perimeter.md');

/** Without the blanks and dashes by which tables are aligned. */
const unaligned = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

test('the tables of docs/perimeter.md are those the configuration and the catalogue give today', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const now = withGeneratedPart(page, generatedPart(await publicActions()));
  expect(unaligned(page)).toContain('`OnlyServicesInUse`');
  expect(unaligned(now)).toBe(unaligned(page));
});

test('a page without marks is refused', () => {
  expect(() => withGeneratedPart('# A page', 'part')).toThrow(/no marks/);
});
