import { hostIn } from '../../lib/residency/evaluators/host-allowlist';

test.each([
  ['https://api.example.eu:8443/path?x=1', 'api.example.eu'],
  ['https://user:secret@API.example.eu/', 'api.example.eu'],
  ['mailto:alerts@example.eu', 'example.eu'],
  ['https://[fd00::1]:443/', 'fd00::1'],
  ['[2001:db8::7]', '2001:db8::7'],
])('the host of %s is %s', (text, host) => {
  expect(hostIn(text)).toBe(host);
});
