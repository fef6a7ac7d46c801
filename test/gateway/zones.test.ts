import { COUNTRIES, EEA_COUNTRIES } from '../../lib/geo';
import { ZONES, requesterZone, zoneOfCountry } from '../../lib/gateway/zones/requester-zone';

const everywhere = (code: string | undefined) => ({ contract: code, employer: code, network: code });

test.each(COUNTRIES)(
  '$name has a zone: the EEA, adequate or third, and never two of them',
  ({ code, eea, adequate }) => {
    const zone = zoneOfCountry(code);
    expect(zone).toBe(eea ? 'EEA' : adequate ? 'ADEQUATE' : 'THIRD');
    expect(requesterZone(everywhere(code))).toBe(zone);
  },
);

test('the zone EEA is exactly the 30 states; the United Kingdom and Switzerland are not in it', () => {
  expect(COUNTRIES.filter(({ code }) => zoneOfCountry(code) === 'EEA').map(({ code }) => code)).toEqual(EEA_COUNTRIES);
  expect(EEA_COUNTRIES).toHaveLength(30);
  expect([zoneOfCountry('GB'), zoneOfCountry('CH')]).toEqual(['ADEQUATE', 'ADEQUATE']);
});

test('every code of two letters without a row is BLOCKED', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const rows = new Set(COUNTRIES.map(({ code }) => code));
  const others = letters.flatMap((a) => letters.map((b) => `${a}${b}`)).filter((code) => !rows.has(code));
  expect(others.length).toBe(676 - COUNTRIES.length);
  for (const code of others) expect(zoneOfCountry(code)).toBe('BLOCKED');
});

test.each([undefined, '', 'se', 'SE ', 'SWE', 'XX', '__proto__', 'constructor'])(
  '%p is no country: BLOCKED',
  (code) => {
    expect(zoneOfCountry(code)).toBe('BLOCKED');
  },
);

test('the worst of the three countries decides, whichever of them it is', () => {
  const of = { EEA: 'SE', ADEQUATE: 'GB', THIRD: 'IN', BLOCKED: 'XX' } as const;
  for (const contract of ZONES)
    for (const employer of ZONES)
      for (const network of ZONES) {
        const worst = [contract, employer, network].sort((a, b) => ZONES.indexOf(b) - ZONES.indexOf(a))[0];
        expect(requesterZone({ contract: of[contract], employer: of[employer], network: of[network] })).toBe(worst);
      }
});

test('one country that is not known blocks', () => {
  expect(requesterZone({ contract: 'SE', employer: 'SE', network: undefined })).toBe('BLOCKED');
});
