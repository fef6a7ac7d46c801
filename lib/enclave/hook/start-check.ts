/**
 * The function's own code: it refuses to start on any other judge than the one the template names.
 *
 * The judge comes by a layer of the management account; this is the whole code that stands in the template, so a reviewer of
 * the template reviews which judge runs. A hook that does not start refuses, by its failure mode.
 */

/** Where Lambda puts the contents of the layer. */
const LAYER = '/opt/judge';

/**
 * Source of `index.js`.
 *
 * @param digest SHA-256 of the package, as `packageDigest` of the build computes it
 * @param folder where the package lies; another than the layer's only in tests
 */
export const startCheck = (digest: string, folder = LAYER): string =>
  `const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const folder = ${JSON.stringify(folder)};
const hash = createHash('sha256');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name))
  .sort();
for (const file of files) hash.update(file.slice(folder.length + 1) + '\\0').update(readFileSync(file));
const seen = hash.digest('hex');
if (seen !== '${digest}') throw new Error('The judge in the layer is ' + seen + ', not the one of the template.');
exports.handler = require(join(folder, 'judge.js')).handler;
`;
