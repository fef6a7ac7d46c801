/** Style and script of the page, bundled from `browser/` (`npm run page:assets`). */
import browser from './data/browser.json';

export const BROWSER: { readonly style: string; readonly script: string } = browser;
