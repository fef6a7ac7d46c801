/**
 * Judges destinations that are buckets. A bucket's name or ARN carries no Region: the bucket is found in the application
 * or the register; failing that, the Region of the KMS key its replicas are encrypted with proves where it stands.
 */
import type { Piece, Scalar } from '../../template';
import { parseArn, textOf } from '../../template';
import { custody, locate } from '../destination';
import type { Opinion } from '../opinion';
import { closed, unknown } from '../opinion';
import type { Question, Stated } from './question';
import type { Evaluator } from './question';
import { isInbound, pulledFrom } from './inbound';
import { argument, perValue, scalarsOf, siblings } from './question';

export const s3Name: Evaluator = (question) => (isInbound(question) ? incoming(question) : outgoing(question));

const incoming: Evaluator = (question) =>
  scalarsOf(question.leaves).map((stated) => pulledFrom(question, stated, bucketOpinion(question, stated.value)));

function bucketOpinion({ premises, resource }: Question, value: Scalar): Opinion {
  return locate(bucketIn(value), premises, { from: resource, type: 'AWS::S3::Bucket', bareName: 'anywhere' });
}

const outgoing: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const text = textOf(value);
    const home = question.premises.home(question.resource);
    if (text === '') return closed(home.place, 'no bucket is named');
    const named = bucketOpinion(question, value);
    const placed = named.verdict === 'unknown' ? provenByKey(question, stated, named) : named;
    return disabled(question, stated, owned(question, stated, placed));
  });

/** How an address that names a bucket and a prefix begins: `s3://bucket/…`, or `/bucket/…` as file transfer writes it. */
export const SCHEME = /^(?:s3[an]?:\/\/|\/)/i;

/** The bucket of an `s3://bucket/prefix` address or of `bucket/prefix`; any other value as it stands. */
export function bucketIn(value: Scalar): Scalar {
  if (value.kind === 'text') {
    if (value.text.startsWith('arn:') || /^https?:/i.test(value.text)) return value;
    return { kind: 'text', text: value.text.replace(SCHEME, '').split('/')[0]! };
  }
  if (value.kind !== 'pieces') return value;
  const [first, ...rest] = value.pieces;
  if (first?.kind === 'text' && !SCHEME.test(first.text)) {
    // `arn:…` and names put together of several pieces; what follows the first slash is a prefix all the same.
    if (first.text.includes(':')) return value;
  }
  const start = first?.kind === 'text' ? first.text.replace(SCHEME, '') : undefined;
  const pieces =
    start === undefined ? value.pieces : start === '' ? rest : [{ kind: 'text' as const, text: start }, ...rest];
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'text' && piece.text.includes('/')) {
      const before = piece.text.split('/')[0]!;
      if (before !== '') kept.push({ kind: 'text', text: before });
      break;
    }
    kept.push(piece);
  }
  const [only] = kept;
  if (!only) return value;
  return kept.length === 1 ? only : { kind: 'pieces', pieces: kept };
}

/** The Region of the destination's KMS key proves the bucket's: S3 takes only keys of the bucket's Region. */
function provenByKey(question: Question, stated: Stated, named: Opinion): Opinion {
  const pattern = argument(question, 'key');
  if (!pattern) return named;
  const keys = siblings(question, pattern, stated);
  const opinions = keys.flatMap((key) =>
    parseArn(key.value) || key.value.kind === 'reference'
      ? [locate(key.value, question.premises, { from: question.resource, bareName: 'anywhere' })]
      : [],
  );
  const [proof] = opinions;
  if (!proof || opinions.length !== keys.length || opinions.some((one) => one.place.region !== proof.place.region))
    return named;
  if (proof.place.region === undefined) return named;
  return {
    ...proof,
    place: { ...proof.place, value: named.place.value },
    because: `\`${named.place.value}\`, whose replicas are encrypted with ${proof.because}`,
  };
}

/** A bucket of an account that is not ours is in nobody's custody we can answer for. */
function owned(question: Question, stated: Stated, where: Opinion): Opinion {
  const pattern = argument(question, 'account');
  if (!pattern || where.verdict !== 'inside') return where;
  for (const account of siblings(question, pattern, stated)) {
    const id = textOf(account.value);
    const held = id === undefined ? undefined : custody(id, question.premises);
    if (held) return unknown(`${where.because}, but ${held}`, { ...where.place, ...(id ? { account: id } : {}) });
  }
  return where;
}

/** A rule that is switched off copies nothing yet: latent, and unless its end is provably inside, a finding. */
function disabled(question: Question, stated: Stated, where: Opinion): Opinion {
  const pattern = argument(question, 'enabled');
  if (!pattern) return where;
  const states = siblings(question, pattern, stated).map((state) => textOf(state.value)?.toLowerCase());
  const off = states.length > 0 && states.every((state) => state === 'disabled' || state === 'false');
  if (!off) return where;
  return { ...unknown(`the rule is switched off, and once on leads to ${where.because}`, where.place), latent: true };
}
