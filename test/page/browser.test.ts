/** The page where it is used: in a browser, from disk, by keyboard, on a phone, in the dark, on paper. */
import type { Page } from 'playwright-core';
import { judgementPage } from '../../lib/report/page';
import { largeJudgement } from '../../scripts/page/large';
import { leakingShop } from '../../scripts/page/leaking-shop';
import { judged } from '../residency/court';
import { CONTRAST, MAP_CONTRAST, STRUCTURE } from './accessibility';
import { closeAfterwards, describeInBrowser, opened } from './browser';
import { registered, threeSites } from './evidence';
import { ATTACKS, hostileStacks } from './hostile';

closeAfterwards();

const shop = judgementPage(leakingShop(), '1.2.3');
const enclave = registered(threeSites).html;

const status = (page: Page): Promise<string | null> => page.locator('#flows-status').textContent();
/** Waits until what was typed or ticked is on the screen. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))');

describeInBrowser('Opened from disk', () => {
  test.each([
    ['the page of a check', shop],
    ['the page of the register', enclave],
  ])('%s asks for nothing, complains of nothing and carries its policy', async (_words, html) => {
    const { page, requests, complaints } = await opened(html);
    await settled(page);
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/,
    );
  });
  test('a script that is not the page’s own does not run, and a request is refused', async () => {
    const { page, refused } = await opened(shop);
    await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
      const image = new Image();
      image.src = 'https://example.org/pixel.png';
      document.body.append(image);
    })()`);
    await settled(page);
    expect(await page.evaluate('window.intruder')).toBeUndefined();
    expect(refused).toEqual(['https://example.org/pixel.png: csp']);
  });
  test('says first what the verdict is', async () => {
    const { page } = await opened(shop);
    await expect(page.locator('.word').innerText()).resolves.toContain('outside');
    expect(await page.title()).toBe('Residency check: outside');
  });
});

describeInBrowser('Names from hostile templates', () => {
  test.each([
    ['a check', () => judgementPage(judged(hostileStacks), '1.2.3')],
    ['the register', () => registered(hostileStacks).html],
  ])('are shown as text on the page of %s and never run', async (_words, make) => {
    const { page, requests, complaints } = await opened(make());
    for (let row = 0; row < 12; row += 1) await page.locator(`#flows-body button[data-row="${row}"]`).click();
    await page.locator('#search').fill('onerror');
    await settled(page);
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
    expect(await page.locator('img, iframe, main script, body > svg[onload]').count()).toBe(0);
    expect(await page.locator('#flows-body').textContent()).toContain(ATTACKS[0]);
    expect(await page.locator('body > script').count()).toBe(2);
  });
});

describeInBrowser('By keyboard alone', () => {
  /** Presses Tab until something has the focus. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    }
    throw new Error(`Tab never reaches ${selector}`);
  }

  test('a reader filters by verdict, class and channel, searches, and has everything back', async () => {
    const { page } = await opened(shop);
    const { flows } = leakingShop();
    const all = `${flows.length} flows`;
    expect(await status(page)).toBe(all);
    const outside = flows.filter(({ verdict }) => verdict === 'outside');
    await tabTo(page, '#search');
    await tabTo(page, 'input[name=state][value=outside]');
    await page.keyboard.press('Space');
    await settled(page);
    expect(await status(page)).toBe(`${outside.length} of ${all}`);
    const restricted = outside.filter(({ store }) => store.class === 'restricted');
    await tabTo(page, 'input[name=class][value=restricted]');
    await page.keyboard.press('Space');
    await settled(page);
    expect(await status(page)).toBe(`${restricted.length} of ${all}`);
    const replicated = restricted.filter(({ channel }) => channel === 'replication');
    expect(replicated.length).toBeLessThan(restricted.length);
    await tabTo(page, 'input[name=channel][value=replication]');
    await page.keyboard.press('Space');
    await settled(page);
    expect(await status(page)).toBe(`${replicated.length} of ${all}`);
    await page.locator('#search').focus();
    await page.keyboard.type('SINGAPORE customers');
    await settled(page);
    const found = replicated.filter(({ destination }) => destination.country === 'SG');
    expect(found).toHaveLength(1);
    expect(await status(page)).toBe(`1 of ${all}`);
    await tabTo(page, '#reset');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await status(page)).toBe(all);
  });
  test('a reader opens the reasoning of a flow and closes it, and the focus stays', async () => {
    const { page } = await opened(shop);
    await tabTo(page, '#flows-body button');
    await page.keyboard.press('Enter');
    const detail = page.locator('#flows-detail');
    expect(await detail.innerText()).toMatch(/Store\s[\s\S]*Channel\s[\s\S]*Place\s[\s\S]*Verdict\s[\s\S]*What to do/);
    const first = leakingShop().flows.find(({ verdict }) => verdict === 'outside')!;
    expect(await detail.innerText()).toContain(first.why);
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-expanded')`)).toBe('true');
    await page.keyboard.press('Enter');
    expect(await detail.count()).toBe(0);
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-expanded')`)).toBe('false');
  });
  test('a reader chooses a connection on the map, and the table shows its flows alone', async () => {
    const { page } = await opened(shop);
    await tabTo(page, '.map.wide .flow.outside');
    const name = (await page.evaluate(`document.activeElement.getAttribute('aria-label')`)) as string;
    await page.keyboard.press('Enter');
    const count = Number(/: (\d+) flow/.exec(name)![1]);
    expect(await status(page)).toMatch(new RegExp(`^${count} of `));
    expect(await page.locator('#chosen').innerText()).toContain(name.split(':')[0]);
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-pressed')`)).toBe('true');
    await page.locator('#chosen-clear').focus();
    await page.keyboard.press('Enter');
    expect(await status(page)).not.toContain(' of ');
  });
  test('the focus is always seen', async () => {
    const { page } = await opened(shop);
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(`(() => {
        const node = document.activeElement;
        const drawn = [node, node.nextElementSibling].filter(Boolean).some((one) => parseFloat(getComputedStyle(one).outlineWidth) >= 2 && getComputedStyle(one).outlineStyle !== 'none');
        return drawn || parseFloat(getComputedStyle(node.querySelector('.pill') ?? node).strokeWidth) >= 3 || node.outerHTML.slice(0, 80);
      })()`);
      expect(seen).toBe(true);
    }
  });
});

describeInBrowser('Whoever reads it', () => {
  test.each([
    ['a check', shop],
    ['the register', enclave],
  ])('the page of %s has names, roles, landmarks and headings in order', async (_words, html) => {
    const { page } = await opened(html);
    await page.locator('#flows-body button').first().click();
    expect(await page.evaluate(STRUCTURE)).toEqual([]);
  });
  test.each(['light', 'dark'] as const)('every text is legible in %s', async (scheme) => {
    for (const html of [shop, enclave]) {
      const { page } = await opened(html, { scheme });
      await page.locator('#flows-body button').first().click();
      await page.locator('input[name=class]').first().check({ force: true });
      const { texts, low } = (await page.evaluate(CONTRAST)) as { texts: number; low: string[] };
      expect(texts).toBeGreaterThan(100);
      expect(low).toEqual([]);
      expect(await page.evaluate(MAP_CONTRAST)).toEqual([]);
    }
  });
  test('light and dark are two grounds, and both are the page’s own', async () => {
    const ground = async (scheme: 'light' | 'dark') =>
      (await opened(shop, { scheme })).page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect([await ground('light'), await ground('dark')]).toEqual(['rgb(244, 246, 249)', 'rgb(15, 20, 28)']);
  });
  test('nothing moves for those who asked for that', async () => {
    const moving = `[...document.querySelectorAll('*')].filter((node) => parseFloat(getComputedStyle(node).transitionDuration) > 0 || getComputedStyle(node).animationName !== 'none' || getComputedStyle(node).scrollBehavior === 'smooth').length`;
    expect(await (await opened(shop, { reducedMotion: 'reduce' })).page.evaluate(moving)).toBe(0);
    expect(await (await opened(shop, { reducedMotion: 'no-preference' })).page.evaluate(moving)).toBeGreaterThan(0);
  });
  test('outside, unknown and inside differ without colour: by word, by sign and by the dashes of the line', async () => {
    const { page } = await opened(shop);
    const dashes = await Promise.all(
      ['outside', 'unknown', 'inside'].map((state) =>
        page.evaluate(`getComputedStyle(document.querySelector('.map.wide .route.${state} .line')).strokeDasharray`),
      ),
    );
    expect(new Set(dashes).size).toBe(3);
    for (const [state, sign] of [
      ['outside', '✕'],
      ['unknown', '?'],
      ['inside', '✓'],
    ])
      expect(await page.locator(`.map.wide .flow.${state} .count`).first().textContent()).toMatch(
        new RegExp(`^\\${sign} \\d+$`),
      );
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.land.adequate')).fill`)).toContain('hatch');
  });
});

describeInBrowser('The picture', () => {
  const BOXES = `(() => { const seen = (selector) => [...document.querySelectorAll(selector)].map((node) => node.getBoundingClientRect()).filter(({ width }) => width > 0); return { marks: seen('.mark circle').map(({ x, y, width, height }) => ({ x, y, width, height })), cards: seen('.card .ground').map(({ x, y, width, height }) => ({ x, y, width, height })) }; })()`;
  interface Box {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }
  const meet = (one: Box, other: Box): boolean =>
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height;

  test.each([1280, 390])('shows both Dublin sites apart, at a width of %d', async (width) => {
    const { page } = await opened(enclave, { width });
    const { marks, cards } = (await page.evaluate(BOXES)) as { marks: Box[]; cards: Box[] };
    expect(marks.length).toBeGreaterThanOrEqual(3);
    for (const boxes of [marks, cards])
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) expect(meet(one, other)).toBe(false);
  });
  test('has its words inside its cards', async () => {
    const { page } = await opened(shop);
    const out = await page.evaluate(`[...document.querySelectorAll('.map.wide .card')].flatMap((card) => {
      const box = card.querySelector('.ground').getBoundingClientRect();
      const rows = [...card.querySelectorAll('text')].filter((text) => text.textContent !== '').map((text) => [text.textContent, text.getBoundingClientRect()]);
      return rows.filter(([, { left, right }]) => left < box.left || right > box.right).map(([words]) => words)
        .concat([...card.querySelectorAll('.row')].filter((row) => row.querySelector('.stores').textContent && row.querySelector('.name').getBoundingClientRect().right > row.querySelector('.stores').getBoundingClientRect().left).map((row) => row.textContent));
    })`);
    expect(out).toEqual([]);
  });
  test.each([1280, 820, 390])('and everything else fits a width of %d without scrolling sideways', async (width) => {
    for (const html of [shop, enclave]) {
      const { page } = await opened(html, { width, height: 844 });
      await page.locator('#flows-body button').first().click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });
  test('follows the filters: connections without a matching flow go', async () => {
    const { page } = await opened(shop);
    const shown = () => page.locator('.map.wide .flow:not(.none)').count();
    const before = await shown();
    await page.locator('input[name=state][value=unknown]').check({ force: true });
    await settled(page);
    expect(await shown()).toBe(1);
    expect(before).toBeGreaterThan(5);
    expect(await page.locator('.map.wide .flow.none').first().getAttribute('tabindex')).toBe('-1');
  });
  test('has the same numbers in the table of places as on the map', async () => {
    const { page } = await opened(shop);
    const [onMap, inTable] = await Promise.all([
      page.locator('.map.wide .mark text').allTextContents(),
      page.locator('#map table .number').allTextContents(),
    ]);
    expect([...onMap].sort()).toEqual([...inTable].sort());
  });
});

describeInBrowser('On paper', () => {
  test('all flows are there, nothing is cut, and no control is printed', async () => {
    const { page } = await opened(shop, { width: 794 });
    await page.emulateMedia({ media: 'print' });
    await settled(page);
    expect(await page.locator('#flows-body .row').count()).toBe(leakingShop().flows.length);
    expect(
      await page
        .locator('.filters, nav, .c-why')
        .evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length),
    ).toBe(0);
    expect(
      await page.evaluate(
        `document.getElementById('flows-view').scrollHeight <= document.getElementById('flows-view').clientHeight + 1`,
      ),
    ).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await settled(page);
    expect(await page.locator('#flows-body .row').first().getAttribute('style')).toContain('translateY(0px)');
  });
  test('is light, also for those who read in the dark', async () => {
    const { page } = await opened(shop, { scheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });
});

describeInBrowser('Ten thousand flows', () => {
  test('are searched, filtered and read to the last, and only rows in view exist', async () => {
    const judgement = largeJudgement(10_000);
    expect(judgement.flows.length).toBeGreaterThanOrEqual(10_000);
    const { page, complaints } = await opened(judgementPage(judgement, '1.2.3'));
    const rows = () => page.locator('#flows-body .row').count();
    expect(await rows()).toBeLessThan(60);
    await page.evaluate(
      `(() => { const view = document.getElementById('flows-view'); view.scrollTop = view.scrollHeight; })()`,
    );
    await settled(page);
    expect(await rows()).toBeLessThan(60);
    expect(await page.locator('#flows-body .row').last().getAttribute('aria-rowindex')).toBe(
      String(judgement.flows.length + 1),
    );
    expect(await page.locator('#flows-table').getAttribute('aria-rowcount')).toBe(String(judgement.flows.length + 1));
    await page.locator('#search').fill('Table1234');
    await settled(page);
    const found = judgement.flows.filter(({ why, store }) => `${why} ${store.logicalId}`.includes('Table1234'));
    expect(await status(page)).toBe(`${found.length} of ${judgement.flows.length} flows`);
    await page.locator('#search').fill('');
    await page.locator('input[name=state][value=outside]').check({ force: true });
    await settled(page);
    expect(await status(page)).toBe(`${judgement.counts.outside} of ${judgement.flows.length} flows`);
    expect(complaints).toEqual([]);
  });
});
