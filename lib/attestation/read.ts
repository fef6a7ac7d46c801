/**
 * One read-only question to AWS, as data. The same table entry asks the question, names the IAM action the attestor's role
 * needs for it, and ties the answer to the channels of the catalogue whose probe it is: the three cannot disagree.
 */

/** What a client is made with; the account is the credentials'. There is no default Region. */
export interface Settings {
  readonly region: string;
  readonly [setting: string]: unknown;
}

/** The part of an SDK client that is used: recorded answers can stand in for it. */
export interface Sender {
  // Each client types its commands its own way; `Read` ties input and output together.
  send(command: never): Promise<unknown>;
}

export type Connect = (settings: Settings) => Sender;

/** An SDK command, as far as input and output follow from it. */
export type CommandClass<I extends object, O extends object> = new (input: I) => {
  resolveMiddleware: (...parts: never[]) => (parts: never) => Promise<{ output: O }>;
};

export interface Read<I extends object, O extends object> {
  /** Service as the catalogue writes it: `s3`, `s3control`, `rds`. */
  readonly service: string;
  /** `GetBucketReplication`. */
  readonly operation: string;
  /** IAM actions that the call needs, the one that names it first (service authorization reference). */
  readonly actions: readonly [string, ...string[]];
  readonly connect: Connect;
  readonly command: CommandClass<I, O>;
  /** Names of errors by which the service says that there is none: an answer, not a gap. */
  readonly none: readonly string[];
  /** What to add to the input for the next page; undefined after the last. */
  readonly next: ((answer: O) => Partial<I> | undefined) | undefined;
}

/** A read whose input and output do not matter to the holder. */
export type AnyRead = Pick<Read<never, object>, 'service' | 'operation' | 'actions'>;

export interface ReadOptions<I extends object, O extends object> {
  readonly none?: readonly string[];
  readonly next?: (answer: O) => Partial<I> | undefined;
}

/** Makes the reads of one service: `const s3 = readsOf('s3', (settings) => new S3Client(settings))`. */
export const readsOf =
  (service: string, connect: Connect) =>
  <I extends object, O extends object>(
    command: CommandClass<I, O>,
    action: string | readonly [string, ...string[]],
    { none = [], next }: ReadOptions<I, O> = {},
  ): Read<I, O> => ({
    service,
    operation: command.name.replace(/Command$/u, ''),
    actions: typeof action === 'string' ? [action] : action,
    connect,
    command,
    none,
    next,
  });

/** Paging by one token under the same or another name: `nextBy('nextToken')`, `nextBy('Marker', 'NextMarker')`. */
export const nextBy =
  (input: string, output = input) =>
  (answer: object): Record<never, never> | undefined => {
    const token = (answer as Readonly<Record<string, unknown>>)[output];
    return typeof token === 'string' && token !== '' ? { [input]: token } : undefined;
  };
