/** Finds places named in any text: Regions, zones, regional ARNs, inference profiles, regional host names. */
import { REGIONS, findRegion } from '../../geo';
import type { Opinion } from '../opinion';
import { unknown } from '../opinion';
import { regionOpinion, zoneOpinion } from '../places';
import { profileOpinion } from '../evaluators/bedrock-profile';
import { custody } from '../destination';
import type { Premises } from '../premises';

const AREAS = [...new Set(REGIONS.map(({ name }) => name.replace(/-[a-z]+-\d+$/, '')))].sort(
  (a, b) => b.length - a.length,
);
const COMPASS = 'central|north|south|east|west|northeast|northwest|southeast|southwest';
/** A Region code with what may follow it in a zone name; also matches codes no table knows, so that they are reported. */
const REGION = new RegExp(
  `(?<![a-z0-9-])((?:${AREAS.join('|')})-(?:${COMPASS})-\\d)((?:-[a-z]{3}-(?:wlz-)?\\d[a-z]?|-wl\\d-[a-z]{3}-wlz-\\d)|[a-f])?(?![a-z0-9])`,
  'gi',
);
const STEMS = [...new Set(REGIONS.flatMap(({ zoneIdStem }) => (zoneIdStem ? [zoneIdStem] : [])))];
const ZONE_ID = new RegExp(`(?<![a-z0-9-])((?:${STEMS.join('|')})-(?:[a-z]{3}\\d-)?(?:az|wlz)\\d)(?![a-z0-9])`, 'gi');
const PROFILE =
  /(?<![a-z0-9.-])((global|us|us-gov|apac|jp|au|ca|eu)\.(?:anthropic|amazon|meta|mistral|cohere|deepseek|writer|openai|stability|twelvelabs|ai21|luma|qwen)\.[a-z0-9][\w.:-]*)/gi;
const ARN_ACCOUNT = /arn:aws[\w-]*:([\w-]+):([\w-]*):(\d{12}):/g;
/** Everything the patterns above can match holds a digit after a dash, or an inference profile's provider. */
const WORTH_READING =
  /-\d|-az\d|\.(?:anthropic|amazon|meta|mistral|cohere|deepseek|writer|openai|stability|twelvelabs|ai21|luma|qwen)\.|arn:aws/i;

/** False when a text plainly names no place. */
export function mayNamePlaces(text: string): boolean {
  return mayHoldPlaces(text);
}

/** Most texts of a template are words, which are told from a place without reading them letter by letter. */
const mayHoldPlaces = (text: string): boolean =>
  (text.includes('-') || text.includes('.') || text.includes(':')) && WORTH_READING.test(text);

/** Every place a text names, in order, each once. */
export function placesNamed(text: string, premises: Premises): readonly Opinion[] {
  if (!mayHoldPlaces(text)) return [];
  const found = new Map<string, Opinion>();
  const add = (key: string, opinion: Opinion): void => {
    if (!found.has(key)) found.set(key, opinion);
  };
  for (const [whole, region, zone] of text.matchAll(REGION)) {
    const code = whole.toLowerCase();
    if (zone && zone.length > 1) add(code, zoneOpinion(whole));
    else add(region!.toLowerCase(), regionOpinion(region!));
  }
  for (const [, zone] of text.matchAll(ZONE_ID)) add(zone!.toLowerCase(), zoneOpinion(zone!));
  for (const [, profile, geography] of text.matchAll(PROFILE))
    add(profile!.toLowerCase(), profileOpinion(geography!.toLowerCase(), profile!));
  for (const [, service, region, account] of text.matchAll(ARN_ACCOUNT)) {
    const held = custody(account!, premises);
    if (!held) continue;
    const where = region && findRegion(region) ? { region } : {};
    add(
      `account ${account}`,
      unknown(`a resource of ${service} in an account that is not ours: ${held}`, {
        kind: 'account',
        value: account!,
        account: account!,
        ...where,
      }),
    );
  }
  return [...found.values()];
}
