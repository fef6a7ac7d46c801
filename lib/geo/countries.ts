/**
 * Countries as facts: is it one of the 30 EEA states, and does an EU adequacy decision cover it?
 *
 * `eea` and `adequate` are two questions and never merged: adequacy can make a transfer lawful, it does not make a
 * replication stay in the EEA. Every row says where the fact comes from and when it was last read.
 */
export interface Country {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly code: string;
  readonly name: string;
  /** One of the 27 EU member states or IS, LI, NO. */
  readonly eea: boolean;
  /** Covered by a Commission adequacy decision for commercial transfers (whole country). Always false for EEA states: the question does not arise. */
  readonly adequate: boolean;
  readonly source: string;
  /** ISO date on which the source was last read. */
  readonly checked: string;
}

const EEA_SOURCE = 'EEA Agreement (OJ L 1, 3.1.1994, p. 3) and EU membership as listed by the EFTA Secretariat';
const ADEQUATE_SOURCE = 'European Commission, list of adequacy decisions under Article 45 GDPR';
const THIRD_SOURCE = 'Not a party to the EEA Agreement and not on the Commission list of adequacy decisions';
const CHECKED = '2026-11-22';

const eea = (code: string, name: string): Country => ({
  code,
  name,
  eea: true,
  adequate: false,
  source: EEA_SOURCE,
  checked: CHECKED,
});
const adequate = (code: string, name: string): Country => ({
  code,
  name,
  eea: false,
  adequate: true,
  source: ADEQUATE_SOURCE,
  checked: CHECKED,
});
const third = (code: string, name: string, source = THIRD_SOURCE): Country => ({
  code,
  name,
  eea: false,
  adequate: false,
  source,
  checked: CHECKED,
});

export const COUNTRIES: readonly Country[] = [
  eea('AT', 'Austria'),
  eea('BE', 'Belgium'),
  eea('BG', 'Bulgaria'),
  eea('HR', 'Croatia'),
  eea('CY', 'Cyprus'),
  eea('CZ', 'Czechia'),
  eea('DK', 'Denmark'),
  eea('EE', 'Estonia'),
  eea('FI', 'Finland'),
  eea('FR', 'France'),
  eea('DE', 'Germany'),
  eea('GR', 'Greece'),
  eea('HU', 'Hungary'),
  eea('IE', 'Ireland'),
  eea('IT', 'Italy'),
  eea('LV', 'Latvia'),
  eea('LT', 'Lithuania'),
  eea('LU', 'Luxembourg'),
  eea('MT', 'Malta'),
  eea('NL', 'Netherlands'),
  eea('PL', 'Poland'),
  eea('PT', 'Portugal'),
  eea('RO', 'Romania'),
  eea('SK', 'Slovakia'),
  eea('SI', 'Slovenia'),
  eea('ES', 'Spain'),
  eea('SE', 'Sweden'),
  eea('IS', 'Iceland'),
  eea('LI', 'Liechtenstein'),
  eea('NO', 'Norway'),
  adequate('GB', 'United Kingdom'),
  adequate('CH', 'Switzerland'),
  adequate('IL', 'Israel'),
  adequate('JP', 'Japan'),
  adequate('KR', 'South Korea'),
  adequate('NZ', 'New Zealand'),
  adequate('AR', 'Argentina'),
  adequate('UY', 'Uruguay'),
  third(
    'CA',
    'Canada',
    'Adequacy covers only organisations under PIPEDA (Decision 2002/2/EC), not the country as a whole',
  ),
  third(
    'US',
    'United States',
    'Adequacy covers only organisations certified under the EU-US Data Privacy Framework (Decision (EU) 2023/1795)',
  ),
  third('AE', 'United Arab Emirates'),
  third('AU', 'Australia'),
  third('BH', 'Bahrain'),
  third(
    'BR',
    'Brazil',
    'Adequacy status not relied on here; treated as a third country until this row cites a decision',
  ),
  third('CL', 'Chile'),
  third('CN', 'China'),
  third('HK', 'Hong Kong'),
  third('ID', 'Indonesia'),
  third('IN', 'India'),
  third('MA', 'Morocco'),
  third('MX', 'Mexico'),
  third('MY', 'Malaysia'),
  third('NG', 'Nigeria'),
  third('OM', 'Oman'),
  third('PE', 'Peru'),
  third('PH', 'Philippines'),
  third('QA', 'Qatar'),
  third('RU', 'Russia'),
  third('SA', 'Saudi Arabia'),
  third('SG', 'Singapore'),
  third('SN', 'Senegal'),
  third('TH', 'Thailand'),
  third('TR', 'Türkiye'),
  third('TW', 'Taiwan'),
  third('ZA', 'South Africa'),
];

const BY_CODE: ReadonlyMap<string, Country> = new Map(COUNTRIES.map((c) => [c.code, c]));

/** The country with this ISO 3166-1 alpha-2 code (exact, upper case), or undefined when no row exists. */
export function findCountry(code: string): Country | undefined {
  return BY_CODE.get(code);
}

/** As {@link findCountry}, but an unknown code is an error: unknown is never silently "not EEA". */
export function requireCountry(code: string): Country {
  const country = findCountry(code);
  if (!country)
    throw new Error(`Country "${code}" has no row in lib/geo/countries.ts; add it with a source before using it.`);
  return country;
}

/** Codes of the 30 EEA states, in table order. */
export const EEA_COUNTRIES: readonly string[] = COUNTRIES.filter((c) => c.eea).map((c) => c.code);
