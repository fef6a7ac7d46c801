/** The page as text: the same twice, true about places, and free of markup from templates. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { COUNTRIES, REGIONS } from '../../lib/geo';
import type { Region } from '../../lib/geo';
import { judgementPage } from '../../lib/report/page';
import { GEOGRAPHY, isOnMap } from '../../lib/report/page/geography';
import { CARD_WIDTH } from '../../lib/report/page/cards';
import type { Mark } from '../../lib/report/page/cards';
import { narrowLayout, wideLayout } from '../../lib/report/page/layout';
import { drawingOf } from '../../lib/report/page/links';
import { markup, scriptData } from '../../lib/report/page/markup';
import type { Flow } from '../../lib/residency';
import { leakingShop } from '../../scripts/page/leaking-shop';
import { ENCLAVE, registered, threeSites } from './evidence';

const ROOT = resolve(__dirname, '../..');

describe('The page', () => {
  test('is byte-identical on two runs', () => {
    expect(registered(threeSites).html).toBe(registered(threeSites).html);
    expect(judgementPage(leakingShop(), '1.2.3')).toBe(judgementPage(leakingShop(), '1.2.3'));
  });
  test('of a check carries no date and no path of this machine', () => {
    const html = judgementPage(leakingShop(), '1.2.3');
    expect(html).not.toMatch(/20\d\d-\d\d-\d\d/);
    expect(html).not.toContain(ROOT);
  });
  test('names the assembly it shows by the hash its documents carry', () => {
    const { html, documents } = registered(threeSites);
    const { assembly } = JSON.parse(documents.get('residency-manifest.json')!) as { assembly: string };
    expect(html).toContain(assembly);
  });
  test('never calls Stockholm Norway: the site committed to Norway stands in Sweden', () => {
    const { judgement } = registered(threeSites);
    const nordic = drawingOf(judgement.flows, ENCLAVE.sites).places.find(({ name }) => name === 'nordic-1')!;
    expect(nordic).toMatchObject({ where: 'Stockholm, Sweden', country: 'SE', point: GEOGRAPHY.regions['eu-north-1'] });
    expect(registered(threeSites).html).toMatch(/>nordic-1<\/th><td>Norway<\/td><td>Sweden<\/td>/);
  });
  test.each([
    ['a host in a country', { kind: 'host', value: 'api.example.org', country: 'FR' }, 'a host', 'France', 'eea'],
    [
      'a zone abroad',
      { kind: 'zone', value: 'eu-central-1-ist-1a', region: 'eu-central-1' },
      'Türkiye',
      'Türkiye',
      'third',
    ],
    [
      'a Region nobody knows',
      { kind: 'region', value: 'eu-moon-1', region: 'eu-moon-1' },
      'eu-moon-1',
      'on no map',
      'unknown',
    ],
    ['everyone', { kind: 'everyone', value: '*' }, 'everyone', 'on no map', 'unknown'],
    [
      'London',
      { kind: 'region', value: 'eu-west-2', region: 'eu-west-2', country: 'GB' },
      'no account stated',
      'London, United Kingdom',
      'adequate',
    ],
  ])('puts %s where it is, and nowhere else', (_words, destination, name, where, status) => {
    const flow = { ...(JSON.parse(JSON.stringify(leakingShop().flows[0])) as Flow), channel: 'export', destination };
    const drawing = drawingOf([flow as Flow], []);
    expect(drawing.flows[0]!.to).toMatchObject({ name, where, status });
  });
  test('shows a site that holds nothing', () => {
    const { judgement } = registered(threeSites.slice(0, 1));
    expect(drawingOf(judgement.flows, ENCLAVE.sites).places.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['dub-1', 'dub-2', 'nordic-1']),
    );
  });
  test('keeps every sentence that a document does not show', () => {
    const { html, documents } = registered(threeSites);
    const decoded = html.replace(/&#39;/g, "'").replace(/&quot;/g, '"');
    for (const [name, text] of documents)
      if (name.endsWith('.json'))
        for (const words of (JSON.parse(text) as { notShown: readonly string[] }).notShown)
          expect(decoded).toContain(words);
  });
  test('counts a flow that a register covers as leaving, not as inside', () => {
    const plain = leakingShop().flows.find(({ verdict }) => verdict === 'outside')!;
    const covered = { ...JSON.parse(JSON.stringify(plain)), waiver: 'waiver of A' } as Flow;
    expect(drawingOf([covered], []).flows.map(({ state }) => state)).toEqual(['covered']);
  });
});

describe('Values of templates', () => {
  test('never become markup, whatever characters they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { text } = markup`<p title="${value}">${value}</p>`;
        expect(text.match(/[<>"]/g)!.join('')).toBe('<""><>');
        expect(scriptData({ value }).text).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(scriptData({ value }).text)).toEqual({ value });
      }),
    );
  });
});

describe('The map', () => {
  test('knows where every Region and every country of lib/geo lies', () => {
    expect(Object.keys(GEOGRAPHY.regions).sort()).toEqual(REGIONS.map(({ name }) => name).sort());
    expect(Object.keys(GEOGRAPHY.centres).sort()).toEqual(COUNTRIES.map(({ code }) => code).sort());
  });
  test('draws every state of the EEA, and has all its Regions inside the frame', () => {
    const eea = COUNTRIES.filter((country) => country.eea).map(({ code }) => code);
    expect(eea).toHaveLength(30);
    for (const code of eea) expect(GEOGRAPHY.countries[code]?.path).toMatch(/^M/);
    for (const { name, country } of REGIONS)
      if (eea.includes(country)) expect(isOnMap(GEOGRAPHY.regions[name]!)).toBe(true);
  });
  test('puts each Region into the outline of its own country as far as the frame goes', () => {
    for (const { name, country } of REGIONS) {
      const point = GEOGRAPHY.regions[name]!;
      if (!isOnMap(point)) continue;
      expect({ name, inside: isInside(point, GEOGRAPHY.countries[country]!.path) }).toEqual({ name, inside: true });
    }
  });
  test('is what its sources make', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--no-warnings', '-r', 'ts-node/register', 'scripts/page/assets.ts', '--check'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

/** Even-odd test over the straight pieces of an outline. */
function isInside({ x, y }: { x: number; y: number }, path: string): boolean {
  let inside = false;
  for (const ring of path.split('M').filter(Boolean)) {
    const points = ring
      .replace('Z', '')
      .split('L')
      .map((pair) => pair.split(',').map(Number) as [number, number]);
    for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
      const [[ax, ay], [bx, by]] = [points[i]!, points[j]!];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

interface End {
  readonly from: Region;
  readonly to: Region;
  readonly account: string;
  readonly verdict: string;
}

/** Flows from any Region to any other, some of them twice, in any order. */
const anywhere: fc.Arbitrary<End[]> = fc.array(
  fc.record({
    from: fc.constantFrom(...REGIONS),
    to: fc.constantFrom(...REGIONS),
    account: fc.integer({ min: 1, max: 9 }).map((digit) => String(digit).repeat(12)),
    verdict: fc.constantFrom('inside', 'outside', 'unknown'),
  }),
  { minLength: 1, maxLength: 120 },
);

const flowsOf = (ends: readonly End[]): readonly Flow[] =>
  ends.map(({ from, to, account, verdict }, index) => ({
    ...{ fingerprint: String(index), rule: 'rule', channel: 'replication', path: '', why: '', remedy: '' },
    store: {
      ...{ stack: 's', logicalId: `L${index}`, type: 'AWS::S3::Bucket', class: 'restricted', classified: true },
      ...{ region: from.name, account },
    },
    destination: { kind: 'region', value: to.name, region: to.name, country: to.country, account },
    verdict,
  })) as readonly Flow[];

function expectApart(marks: readonly Mark[], radius: number): void {
  for (const [index, one] of marks.entries())
    for (const other of marks.slice(index + 1))
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(2 * radius);
}

describe('The layout', () => {
  test('lets no two cards and no two marks cover each other, wherever flows lead', () => {
    fc.assert(
      fc.property(anywhere, (ends) => {
        const drawing = drawingOf(flowsOf(ends), ENCLAVE.sites);
        const { cards, marks, radius, frame } = wideLayout(drawing);
        for (const [index, one] of cards.entries()) {
          expect(one.y).toBeGreaterThanOrEqual(0);
          expect(one.y + one.height).toBeLessThanOrEqual(frame.height);
          for (const other of cards.slice(index + 1))
            expect(
              one.x + CARD_WIDTH <= other.x ||
                other.x + CARD_WIDTH <= one.x ||
                one.y + one.height <= other.y ||
                other.y + other.height <= one.y,
            ).toBe(true);
        }
        expectApart(marks, radius);
        const narrow = narrowLayout(drawing);
        expectApart(
          narrow.marks.filter(({ onMap }) => onMap),
          narrow.radius,
        );
      }),
      { numRuns: 60 },
    );
  });
  test('gives every place a mark in both pictures', () => {
    fc.assert(
      fc.property(anywhere, (ends) => {
        const drawing = drawingOf(flowsOf(ends), ENCLAVE.sites);
        for (const { marks } of [wideLayout(drawing), narrowLayout(drawing)])
          expect(new Set(marks.flatMap(({ places }) => places))).toEqual(new Set(drawing.places));
      }),
      { numRuns: 60 },
    );
  });
  test('keeps two sites of one city apart', () => {
    const { places } = drawingOf([], ENCLAVE.sites);
    expect(places.map(({ point }) => point)[0]).toEqual(places.map(({ point }) => point)[1]);
    for (const { marks, radius } of [
      wideLayout({ places, links: [], flows: [] }),
      narrowLayout({ places, links: [], flows: [] }),
    ]) {
      const [one, two] = marks;
      expect(Math.hypot(one!.x - two!.x, one!.y - two!.y)).toBeGreaterThan(2 * radius);
    }
  });
});
