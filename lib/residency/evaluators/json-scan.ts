/** Judges text that is code, JSON, YAML or a value of a string map: by the places it names. Code that is elsewhere is unknown. */
import type { Pieces, Reference, Scalar, Text, Unknown } from '../../template';
import { describe } from '../../template';
import { locateResource, locateUnknown } from '../destination';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import { placesNamed } from '../sweep/tokens';
import { hostIn, hostOpinion } from './host-allowlist';
import type { Evaluator, Question } from './question';
import { flagArgument, perValue } from './question';

const URL_HOST =
  /\b(?:https?|wss?|ftp|sftp|jdbc:[a-z]+|postgres(?:ql)?|mysql|tcp|ssl|nio|mqtts?|stomp|mongodb(?:\+srv)?|amqps?|kafka|redis|rediss):\/\/[^\s"'<>()\\]+/gi;

export const jsonScan: Evaluator = (question) =>
  perValue(question, (value) =>
    flagArgument(question, 'opaque') ? opaque(question, value) : scanned(question, value),
  );

/** Names of schemas are written like addresses and are never called. */
const SCHEMA_NAMES = /\b(?:xmlns(?::\w+)?|xsi:schemaLocation)\s*=\s*(?:"[^"]*"|'[^']*')/g;

/** A document that may be Base64, without the names of its schemas. */
function document(text: string): string {
  const isEncoded = text.length % 4 === 0 && /^[A-Za-z0-9+/\s]+={0,2}$/.test(text);
  return (isEncoded ? Buffer.from(text, 'base64').toString('utf8') : text).replace(SCHEMA_NAMES, '');
}

function opaque(question: Question, value: Scalar): Opinion {
  const { premises, resource } = question;
  const nested = flagArgument(question, 'nested')
    ? premises.application.templates.find(({ source }) => source.nestedIn === resource)
    : undefined;
  if (nested)
    return closed(
      premises.home(resource).place,
      `the nested template ${nested.source.stackName} is judged by its own rows`,
    );
  return unknown(`the code at \`${describe(value)}\` is not in the template`, { kind: 'code', value: describe(value) });
}

function scanned(question: Question, value: Scalar): readonly Opinion[] {
  const { premises, resource } = question;
  if (value.kind === 'unknown' || value.kind === 'reference') {
    const there = partOpinion(question, value);
    return [there.verdict === 'inside' ? closed(there.place, there.because) : there];
  }
  const read = flagArgument(question, 'encoded') ? document : (text: string): string => text;
  const found: Opinion[] = [...placesNamed(read(describe(value)), premises)];
  for (const url of addressesIn(value, read)) found.push(hostOpinion({ kind: 'text', text: url }, premises, resource));
  if (value.kind === 'pieces')
    for (const piece of value.pieces) if (piece.kind !== 'text') found.push(partOpinion(question, piece));
  const bad = found.filter((one) => one.verdict !== 'inside');
  return bad.length > 0 ? bad : [closed(premises.home(resource).place, 'the text names no place outside')];
}

/** Stands for a part that is known only at deployment: no host has this character in its name. */
const PART = '\uE000';
const WHOLE_PART = new RegExp(`^${PART}(\\d+)${PART}$`);
const ANY_PART = new RegExp(`${PART}(\\d+)${PART}`, 'g');

/**
 * Addresses in a text, as a reviewer reads them. One whose host is a part that is known only at deployment, and nothing else,
 * is left out: the part is judged by what it is made of.
 */
function addressesIn(value: Text | Pieces, read: (text: string) => string): readonly string[] {
  const pieces = value.kind === 'pieces' ? value.pieces : [value];
  const marked = pieces.map((piece, index) => (piece.kind === 'text' ? piece.text : `${PART}${index}${PART}`)).join('');
  return [...read(marked).matchAll(URL_HOST)]
    .filter(([url]) => (pieces[Number(WHOLE_PART.exec(hostIn(url))?.[1])]?.kind ?? 'text') === 'text')
    .map(([url]) => url.replace(ANY_PART, (_, index: string) => describe(pieces[Number(index)] ?? value)));
}

/** A part that is known only at deployment names at most what it is made of. */
const partOpinion = ({ premises, resource }: Question, part: Reference | Unknown): Opinion =>
  part.kind === 'reference'
    ? locateResource(part.resource, premises, part.attribute)
    : locateUnknown(part, premises, resource);
