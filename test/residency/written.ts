/** A template as text on disk, which has lines, deployed to Dublin. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { findRegion } from '../../lib/geo';
import { readApplication } from '../../lib/template';
import type { Application } from '../../lib/template';
import { OURS } from './court';

export function readTemplate(text: string): Application {
  const folder = mkdtempSync(path.join(tmpdir(), 'written-'));
  try {
    const file = path.join(folder, 'here.yaml');
    writeFileSync(file, text);
    return readApplication([{ path: file, region: 'eu-west-1', account: OURS }], {
      partitionOf: (region) => findRegion(region)?.partition,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
