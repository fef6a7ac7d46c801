import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allRows, renderType } from '../../lib/catalogue';
import { channelsPage } from '../../scripts/catalogue/channels-page';

const PAGE = path.join(__dirname, '../../docs/CHANNELS.md');

test('the page of channels is the one the catalogue generates', () => {
  // When this fails: npx ts-node scripts/catalogue/channels.ts
  expect(readFileSync(PAGE, 'utf8') === channelsPage()).toBe(true);
});

test('every row has its section on the page', () => {
  const page = channelsPage();
  expect(allRows().filter(({ slug }) => !page.includes(`\n#### ${slug}\n`))).toEqual([]);
});

test('a type is explained with verdict, channels, reasons and all five defences', () => {
  const text = renderType('AWS::S3::Bucket');
  for (const part of [
    'assessed',
    's3-replication-bucket',
    'blind spot',
    'at synth',
    'by permission',
    'as it happens',
    'after the fact',
    'remedy',
    'naming: BucketName',
    'data class read from Tags',
  ]) {
    expect(text).toContain(part);
  }
  expect(text.endsWith('\n')).toBe(true);
});

test('a denied type, an inert type and an unknown type are each explained as what they are', () => {
  expect(renderType('AWS::QuickSight::Dashboard')).toContain('denied');
  expect(renderType('AWS::EC2::NetworkInsightsPath')).toContain('inert');
  expect(renderType('AWS::Nothing::AtAll')).toContain('unknown');
});

test('key material is told from data', () => {
  expect(renderType('AWS::KMS::Key')).toContain('holds key material');
});
