import { RegionInfo } from 'aws-cdk-lib/region-info';
import {
  COUNTRIES,
  EEA_COUNTRIES,
  EEA_REGIONS,
  OTHER_ZONES,
  REGIONS,
  countryOfRegion,
  countryOfZone,
  findCountry,
  findRegion,
  findZone,
  requireCountry,
  requireRegion,
  requireZone,
  zoneIsInRegion,
} from '../../lib/geo';

describe('countries', () => {
  test('exactly thirty states are in the EEA: 27 EU member states, Iceland, Liechtenstein and Norway', () => {
    expect(EEA_COUNTRIES).toHaveLength(30);
    expect(EEA_COUNTRIES).toEqual(expect.arrayContaining(['IS', 'LI', 'NO']));
  });

  test.each(['GB', 'CH'])('%s is adequate and not in the EEA: the two are never merged', (code) => {
    expect(requireCountry(code)).toMatchObject({ adequate: true, eea: false });
  });

  test('no EEA state is also marked adequate', () => {
    expect(COUNTRIES.filter((c) => c.eea && c.adequate)).toEqual([]);
  });

  test('a country code stands once, in upper case, with source and date', () => {
    expect(new Set(COUNTRIES.map((c) => c.code)).size).toBe(COUNTRIES.length);
    for (const c of COUNTRIES)
      expect(c).toMatchObject({
        code: expect.stringMatching(/^[A-Z]{2}$/),
        source: expect.stringMatching(/\S{3}/),
        checked: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
  });

  test('an unknown country is undefined when looked for and an error when required', () => {
    expect(findCountry('XX')).toBeUndefined();
    expect(findCountry('ie')).toBeUndefined();
    expect(() => requireCountry('XX')).toThrow(/"XX" has no row/);
  });
});

describe('Regions', () => {
  test('every Region aws-cdk-lib knows has a row with the same partition: a new Region fails here until classified', () => {
    const known = Object.fromEntries(RegionInfo.regions.map((r) => [r.name, r.partition]));
    expect(Object.fromEntries(REGIONS.map((r) => [r.name, r.partition]))).toEqual(known);
  });

  test('the EEA Regions are these seven and no other', () => {
    expect([...EEA_REGIONS].sort()).toEqual([
      'eu-central-1',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-3',
      'eusc-de-east-1',
    ]);
  });

  test.each([
    ['eu-west-2', 'GB'],
    ['eu-central-2', 'CH'],
    ['eu-isoe-west-1', 'GB'],
  ])('%s looks European and stands in %s, outside the EEA', (region, country) => {
    expect(countryOfRegion(region)).toMatchObject({ code: country, eea: false });
  });

  test('no Region stands in Norway', () => {
    expect(REGIONS.filter((r) => r.country === 'NO')).toEqual([]);
  });

  test.each(['eu-west-9', 'eu-west', 'EU-WEST-1', ' eu-west-1', ''])(
    '"%s" is no known Region: there is no prefix logic',
    (name) => {
      expect(findRegion(name)).toBeUndefined();
      expect(() => requireRegion(name)).toThrow(/has no row/);
    },
  );

  test('every Region has a classified country, a source and a date', () => {
    for (const r of REGIONS) {
      expect(findCountry(r.country)).toBeDefined();
      expect(r).toMatchObject({
        source: expect.stringMatching(/\S{3}/),
        checked: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
    }
  });
});

describe('zones', () => {
  test.each([
    ['eu-west-1a', 'IE'],
    ['euw1-az2', 'IE'],
    ['eun1-az3', 'SE'],
    ['eu-central-1-ist-1a', 'TR'],
    ['eu-west-3-cmn-wlz-1a', 'MA'],
    ['eu-north-1-hel-1a', 'FI'],
    ['eu-central-1-waw-1a', 'PL'],
  ])('%s stands in %s', (zone, country) => {
    expect(countryOfZone(zone).code).toBe(country);
  });

  test.each(['eu-central-1-xyz-1a', 'euw9-az1', 'eu-west-1', 'eu-west-1aa', 'euw1-az', ''])(
    '"%s" is unknown, not assumed to be in its Region',
    (zone) => {
      expect(findZone(zone)).toBeUndefined();
      expect(() => requireZone(zone)).toThrow(/neither an ordinary zone/);
    },
  );

  test('a zone belongs to its Region only', () => {
    expect(zoneIsInRegion('euw1-az1', 'eu-west-1')).toBe(true);
    expect(zoneIsInRegion('eun1-az1', 'eu-west-1')).toBe(false);
  });

  test('every listed zone names a known Region and country', () => {
    for (const z of OTHER_ZONES) {
      expect(findRegion(z.region)).toBeDefined();
      expect(findCountry(z.country)).toBeDefined();
    }
  });
});
