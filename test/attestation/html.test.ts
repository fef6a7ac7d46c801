/** The attestation as a page: complete, loading nothing, and never made of other people's markup. */
import { attestationAsHtml } from '../../lib/attestation';
import type { Attestation } from '../../lib/attestation';
import { FAMILIES } from './families';
import { STORES, attestRecorded, refusal } from './recorded-aws';
import type { Answers } from './recorded-aws';

const family = FAMILIES.find(({ breaks }) => Object.keys(breaks).length > 2)!;
const { resources, physical, answers, service, breaks } = family;

const look = (change: Answers = {}): Promise<Attestation> =>
  attestRecorded(
    { resources, physical, answers: { ...answers, ...change } },
    STORES.filter(({ slug }) => slug === service),
  );

const HOSTILE = '<img src=https://example.org/x onerror=alert(1)>"\'&';

/** The page of an attestation in which everything AWS could say is hostile. */
async function hostilePage(): Promise<string> {
  const found = await look();
  const claims = found.claims.map((claim, index) => ({
    ...claim,
    verdict: (['holds', 'broken', 'unseen'] as const)[index % 3]!,
    resource: { ...claim.resource, name: HOSTILE, stack: HOSTILE },
    claim: HOSTILE,
    expected: HOSTILE,
    seen: HOSTILE,
    why: HOSTILE,
    remedy: HOSTILE,
  }));
  const thing = {
    id: HOSTILE,
    type: HOSTILE,
    account: HOSTILE,
    region: HOSTILE,
    name: HOSTILE,
    seen: HOSTILE,
    reaches: [{ region: HOSTILE }],
    dataClass: HOSTILE,
    why: HOSTILE,
    remedy: HOSTILE,
  };
  const accepted = [{ thing, owner: HOSTILE, reason: HOSTILE, expires: HOSTILE }];
  return attestationAsHtml({ ...found, claims, unexpected: [thing], accepted }, HOSTILE);
}

test('the page says the verdict first, in a word with a sign, and the figures behind it', async () => {
  const attestation = await look();
  const html = attestationAsHtml(attestation, '1.2.3');
  expect(html).toContain(`</span>${attestation.verdict}</span>`);
  expect(html).toContain(`<strong>${attestation.counts.holds}</strong> holds`);
  expect(html).toContain('<title>Attestation: ');
});

test('every claim, everything unexpected and every channel not looked at stands on the page', async () => {
  const [change] = Object.values(breaks).find(([, named]) => !named.startsWith('unexpected'))!;
  const attestation = await look(change);
  const html = attestationAsHtml(attestation, '1.2.3');
  const broken = attestation.claims.filter(({ verdict }) => verdict === 'broken');
  expect(broken.length).toBeGreaterThan(0);
  for (const { claim } of attestation.claims) expect(html).toContain(claim);
  for (const { slug } of attestation.channels.unseen.slice(0, 100)) expect(html).toContain(slug);
});

test('refused questions are told once, with the action that is missing', async () => {
  const [operation] = Object.keys(answers);
  const attestation = await look({ [operation!]: refusal() });
  const denied = attestation.claims.find(({ why }) => / is denied$/u.test(why));
  expect(denied).toBeDefined();
  expect(attestationAsHtml(attestation, '1.2.3')).toContain(denied!.why);
});

test('no word of AWS or of a template becomes markup', async () => {
  const html = await hostilePage();
  expect(html).not.toContain('<img');
  expect(html.split('&lt;img src=https://example.org/x onerror=alert(1)&gt;&quot;&#39;&amp;').length).toBeGreaterThan(
    20,
  );
});

test('the page runs no script and loads nothing, and its policy says so to the browser', async () => {
  const html = await hostilePage();
  const head = html.slice(0, 400);
  expect(head).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; base-uri/);
  const loading = /<script|<link|<iframe|@import|url\((?!#)|<[^>]+ (src|href)="(?!#)/.exec(html);
  expect(loading?.[0]).toBeUndefined();
});

test('the same attestation gives the same bytes', async () => {
  expect(attestationAsHtml(await look(), '1')).toBe(attestationAsHtml(await look(), '1'));
});

test('headings skip no level, ids are given once, and every link leads somewhere', async () => {
  const html = await hostilePage();
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, to] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(to);
});
