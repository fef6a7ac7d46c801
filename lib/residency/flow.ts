/**
 * A draft as a flow: with its identity, the class of its store and what covers it. Most flows stay inside and are only
 * counted, so what takes words or the text of the template is put together when it is read.
 */
import type { Resource } from '../template';
import type { Channel } from '../catalogue/model';
import type { Draft } from './draft';
import { objectionTo, transferFor } from './exceptions';
import { fingerprint, storeIdentity } from './fingerprint';
import { fullLabel } from './labels';
import type { Flow, Place, StoreRef, Verdict } from './model';
import type { Premises } from './premises';

/** What a channel does, between the store and the place. */
const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  replication: 'replicates to',
  'backup-copy': 'is copied to',
  sharing: 'is shared with',
  export: 'is sent to',
  streaming: 'streams to',
  exposure: 'is exposed',
  'network-path': 'has a network path',
  'granted-permission': 'is opened by permission',
  'arbitrary-code': 'is in reach of code',
  placement: 'stands in',
};

/** The flow of a draft whose store is known by `store`. */
export function flowOf(draft: Draft, store: StoreRef, premises: Premises): Flow {
  return new JudgedFlow(draft, store, premises);
}

/** Channels by which a store sends something of its own accord, which need not be what it holds. */
const SENDING: ReadonlySet<Channel> = new Set(['export', 'streaming']);

class JudgedFlow implements Flow {
  readonly rule: string;
  readonly channel: Channel;
  readonly path: string;
  readonly destination: Place;
  readonly verdict: Verdict;
  readonly remedy: string;
  readonly latent?: true;
  readonly carries?: NonNullable<Flow['carries']>;
  readonly waiver?: string;
  // Hidden even from those who compare or print a flow: behind it stands the whole application.
  readonly #draft: Draft;
  #fingerprint: string | undefined;

  constructor(
    draft: Draft,
    readonly store: StoreRef,
    premises: Premises,
  ) {
    const { opinion } = draft;
    this.#draft = draft;
    this.rule = draft.rule;
    this.channel = draft.channel;
    this.path = draft.path;
    // An empty text is still a destination someone wrote.
    this.destination = opinion.place.value === '' ? { ...opinion.place, value: 'empty text' } : opinion.place;
    this.verdict = opinion.verdict;
    this.remedy = draft.remedy;
    if (opinion.latent) this.latent = true;
    if (draft.carries) this.carries = draft.carries;
    const covered = this.verdict === 'inside' ? undefined : coveredBy(this, this.#identity, premises);
    if (covered !== undefined) this.waiver = covered;
  }

  get fingerprint(): string {
    return (this.#fingerprint ??= fingerprint(
      this.#identity,
      this.store.type,
      this.rule,
      this.channel,
      this.destination,
    ));
  }

  get why(): string {
    return reasoning(this.#draft);
  }

  get via(): Flow['via'] {
    const { resource, store } = this.#draft;
    return resource === store ? undefined : viaOf(resource);
  }

  get source(): NonNullable<Flow['source']> {
    const { line, at, resource } = this.#draft;
    return {
      file: resource.template.source.file,
      get line() {
        return line ?? (at ? (at.line ?? resource.line) : undefined);
      },
    };
  }

  get program(): Flow['program'] {
    return this.#draft.resource.sourceLocation;
  }

  get #identity(): string {
    return storeIdentity(this.#draft.store);
  }

  /** All of it, as the contract of `enclave check --format json` has it. */
  toJSON(): Flow {
    const { fingerprint: id, rule, store, channel, path, destination, verdict, why, remedy } = this;
    const { latent, via, carries, source, program, waiver } = this;
    return {
      ...{ fingerprint: id, rule, store, channel, path, destination, verdict, why, remedy },
      ...(latent ? { latent } : {}),
      ...(via ? { via } : {}),
      ...(carries ? { carries } : {}),
      source,
      ...(program ? { program } : {}),
      ...(waiver === undefined ? {} : { waiver }),
    };
  }
}

function viaOf({ template, logicalId, type, constructPath }: Resource): NonNullable<Flow['via']> {
  return { stack: template.source.stackName, logicalId, type, ...(constructPath ? { constructPath } : {}) };
}

function reasoning(draft: Draft): string {
  const { opinion, resource, store, channel, carries } = draft;
  // A log or a list of objects is about the store; the store itself stays where it is.
  const subject = `${carries === 'metadata' && SENDING.has(channel) ? 'a record of ' : ''}${fullLabel(store)}`;
  const by = resource === store ? '' : ` by ${fullLabel(resource)}`;
  const origin = draft.origin.length > 0 ? ` (${draft.origin.join('; ')})` : '';
  const latent = opinion.latent ? ' (latent: no destination yet)' : '';
  // "replicates to `x`, which …" where the reason begins with the place; "is exposed: the flag …" where it does not.
  const takesPlace = channel === 'placement' || CHANNEL_WORDS[channel].endsWith(' to');
  const joint = takesPlace && PLACE_FIRST.test(opinion.because);
  const does = CHANNEL_WORDS[channel];
  const clause = joint ? `${by ? `,${by},` : ''} ${does} ${opinion.because}` : ` ${does}${by}: ${opinion.because}`;
  return `${subject}${clause}${origin}: ${opinion.verdict}${latent}`;
}

/** A reason that begins with a name in backticks, a Region or a zone. */
const PLACE_FIRST = /^(?:`|[a-z]+(?:-[a-z]+)+-\d |zone )/;

/** The registered source, transfer or waiver that covers a flow. Nothing but a waiver covers restricted data. */
function coveredBy(flow: Flow, identity: string, premises: Premises): string | undefined {
  const { options } = premises;
  if (flow.rule === 'store-placement' && options.sites) {
    const { region, account } = flow.destination;
    if (options.sources?.some((source) => source.region === region && source.account === account))
      return 'registered source';
  }
  const transfer = flow.carries === undefined ? undefined : transferFor(flow, identity, options);
  if (transfer) return transfer;
  const waiver = options.waivers.find((one) => one.fingerprint === flow.fingerprint && !objectionTo(one, options.now));
  return waiver && `waiver of ${waiver.owner}, approved by ${waiver.approver}, until ${waiver.expires}`;
}
