/** What a page must be for those who do not see it, or see it badly: checks that run inside the browser and return complaints. */

/** Source of a function for the browser: names, roles, references, order of headings. */
export const STRUCTURE = `(() => {
  const complaints = [];
  const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== 'hidden';
  const nameOf = (node) => (node.getAttribute('aria-label') || (node.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ') || node.closest('label')?.textContent || node.textContent || '').trim();
  for (const node of document.querySelectorAll('button, a, input, [role=button], [role=region], [role=table], section, nav, form, table'))
    if (shown(node) && !(node.localName === 'table' ? node.caption?.textContent : nameOf(node))) complaints.push('no name: ' + node.outerHTML.slice(0, 90));
  for (const node of document.querySelectorAll('[aria-labelledby], [aria-controls]'))
    for (const id of (node.getAttribute('aria-labelledby') ?? node.getAttribute('aria-controls')).split(' '))
      if (!document.getElementById(id)) complaints.push('refers to nothing: ' + id);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) complaints.push('id twice: ' + id);
  for (const node of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(node.getAttribute('href').slice(1))) complaints.push('leads nowhere: ' + node.getAttribute('href'));
  let level = 0;
  for (const heading of document.querySelectorAll('h1,h2,h3,h4')) {
    const next = Number(heading.localName[1]);
    if (next > level + 1) complaints.push('heading skips a level: ' + heading.textContent);
    level = next;
  }
  if (document.querySelectorAll('h1').length !== 1) complaints.push('not one h1');
  for (const landmark of ['main', 'nav', 'header', 'footer']) if (!document.querySelector(landmark)) complaints.push('no ' + landmark);
  if (!document.documentElement.lang) complaints.push('no language');
  const wants = { row: 'rowgroup', cell: 'row', columnheader: 'row', rowgroup: 'table' };
  for (const [role, parent] of Object.entries(wants))
    for (const node of document.querySelectorAll('[role=' + role + ']')) if (!node.parentElement.closest('[role=' + parent + ']')) complaints.push(role + ' outside a ' + parent);
  for (const node of document.querySelectorAll('[aria-hidden=true]')) if (node.matches('[tabindex="0"]') || node.querySelector('[tabindex="0"], button, input')) complaints.push('hidden but reachable');
  for (const node of document.querySelectorAll('.long, .scroll')) if (shown(node) && node.scrollHeight > node.clientHeight + 1 && node.tabIndex !== 0) complaints.push('scrolls but no key reaches it');
  return complaints;
})()`;

/** Source of a function for the browser: every text against what lies behind it, by WCAG 2 (4.5 to 1; 3 to 1 for large text). */
export const CONTRAST = `(() => {
  const rgb = (words) => (words.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => { for (let one = node; one; one = one.parentElement) { const c = rgb(getComputedStyle(one).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const found = { texts: 0, low: [] };
  const svgGround = (node) => {
    const own = node.closest('g')?.querySelector('.pill, .ground, circle') ?? node.closest('.card')?.querySelector('.ground');
    return own ? rgb(getComputedStyle(own).fill) : undefined;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest('script, style, title, defs') || node.getClientRects().length === 0) continue;
    const style = getComputedStyle(node);
    const svg = node.namespaceURI.endsWith('svg');
    const ground = svg ? svgGround(node) : behind(node);
    if (!ground) continue;
    const [a, b] = [light(rgb(svg ? style.fill : style.color)), light(ground)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    found.texts += 1;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.low.push(ratio.toFixed(2) + ' ' + node.textContent.slice(0, 40) + ' ' + node.className);
  }
  return found;
})()`;

/** Source of a function for the browser: names of countries against every status of land, and lines against land and sea (3 to 1). */
export const MAP_CONTRAST = `(() => {
  const probe = document.createElement('span');
  document.body.append(probe);
  const root = getComputedStyle(document.documentElement);
  const colour = (name) => { probe.style.color = root.getPropertyValue(name).trim(); return (getComputedStyle(probe).color.match(/[\\d.]+/g) ?? []).map(Number); };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => { const [a, b] = [light(colour(one)), light(colour(other))].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const low = [];
  for (const ground of ['--eea', '--third', '--adequate', '--sea']) {
    if (ratio('--label', ground) < 4.5) low.push('label on ' + ground + ' ' + ratio('--label', ground).toFixed(2));
    for (const line of ['--inside', '--outside', '--unknown', '--covered']) if (ratio(line, ground) < 3) low.push(line + ' on ' + ground + ' ' + ratio(line, ground).toFixed(2));
  }
  probe.remove();
  return low;
})()`;
