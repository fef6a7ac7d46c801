import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gateway } from '../../config/gateway';
import { ENTRY_FILES, ENVIRONMENT } from '../../lib/gateway/contract';
import { entry } from '../../lib/gateway/functions/entry';
import { functionConfiguration } from '../../lib/gateway/functions/environment';
import { SettingsError, parseGatewaySettings } from '../../lib/gateway/settings';

test.each(Object.entries(ENTRY_FILES))('the function %s has an entry file that exports a handler', async (_, file) => {
  const path = resolve(__dirname, '../../lib/gateway', file);
  expect(existsSync(path)).toBe(true);
  const module = jest.requireActual<{ handler: unknown }>(path);
  expect(typeof module.handler).toBe('function');
});

test('a function without its configuration stops, with one line for each variable that is missing', () => {
  expect(() => functionConfiguration()).toThrow(SettingsError);
  let lines: string[] = [];
  try {
    functionConfiguration();
  } catch (error) {
    lines = (error as Error).message.split('\n');
  }
  expect(lines.map((line) => line.split(': ')[1]).sort()).toEqual(Object.values(ENVIRONMENT).sort());
});

test('a handler that cannot be configured fails every call, and says why in the log and not to the caller', async () => {
  const written: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => (written.push(String(text)), true));
  const handler = entry(() => {
    throw new SettingsError('environment: GATEWAY_SITE: is missing');
  });
  await expect(handler({})).rejects.toThrow('The gateway is not configured.');
  await expect(handler({})).rejects.toThrow('The gateway is not configured.');
  write.mockRestore();
  expect(written[0]).toBe('gateway: environment: GATEWAY_SITE: is missing\n');
});

test.each<[string, object]>([
  ['a session beyond an hour', { sessionSeconds: 3601 }],
  ['a session STS does not issue', { sessionSeconds: 899 }],
  ['groups of one', { answers: { ...gateway.answers, minimumGroup: 1 } }],
  ['answers without bound', { answers: { ...gateway.answers, maxBytes: 1e9 } }],
  ['a key nobody knows', { allowEverything: true }],
  ['no purposes', { purposes: [] }],
])('settings with %s are refused', (_, change) => {
  expect(() => parseGatewaySettings({ ...gateway, ...change })).toThrow(/^config\/gateway\.ts: /);
});

test('the shipped settings and policies stand where the command and synth look for them', () => {
  expect(existsSync(join(__dirname, '../../config/gateway/schema.cedarschema'))).toBe(true);
  expect(() => parseGatewaySettings(gateway)).not.toThrow();
});
