/**
 * Asks the questions of one account and Region: bounded in flight, each question once a run, every page, and a refused or
 * failed call is an answer that is missing, with the action that was needed. Throttling is waited out by the SDK's adaptive
 * retry, which the caller's settings switch on.
 */
import type { Bounded } from './bounded';
import { missing } from './missing';
import { answered } from './model';
import type { Answer } from './model';
import type { Place } from './place';
import type { AnyRead, Connect, Read, Sender } from './read';

/** Answers of an earlier, interrupted run. Only what was answered is kept; what was missing is asked again. */
export interface Memory {
  recall(question: string): readonly unknown[] | undefined;
  keep(question: string, pages: readonly unknown[]): void;
}

export interface ReadingOptions {
  /** Bounds the calls in flight. */
  readonly gate: Bounded;
  readonly memory?: Memory;
  /** Told of every call before it is sent. */
  readonly onCall?: (read: AnyRead, place: Place) => void;
  /** Told of every answer and of every one that is missing, recalled ones included. */
  readonly onAnswer?: (question: string, answer: Answer<readonly unknown[]>) => void;
}

export class Reading {
  private readonly senders = new Map<Connect, Sender>();
  private readonly asked = new Map<string, Promise<Answer<readonly unknown[]>>>();

  constructor(
    readonly place: Place,
    private readonly open: (connect: Connect) => Sender,
    private readonly options: ReadingOptions,
  ) {}

  /** One answer; undefined when the service says that there is none. */
  async one<I extends object, O extends object>(read: Read<I, O>, input: I): Promise<Answer<O | undefined>> {
    const pages = await this.every(read, input);
    return pages.kind === 'missing' ? pages : answered(pages.value[0]);
  }

  /** The answers of all pages; empty when the service says that there is none. */
  every<I extends object, O extends object>(read: Read<I, O>, input: I): Promise<Answer<readonly O[]>> {
    const { account, region } = this.place;
    const question = `${account} ${region} ${read.service}:${read.operation} ${JSON.stringify(input)}`;
    const before = this.asked.get(question);
    if (before) return before as Promise<Answer<readonly O[]>>;
    const answer = this.ask(read, input, question).then((given) => {
      this.options.onAnswer?.(question, given);
      return given;
    });
    this.asked.set(question, answer);
    return answer;
  }

  /** The items of all pages. */
  async list<I extends object, O extends object, T>(
    read: Read<I, O>,
    input: I,
    items: (answer: O) => readonly T[] | undefined,
  ): Promise<Answer<readonly T[]>> {
    const pages = await this.every(read, input);
    return pages.kind === 'missing' ? pages : answered(pages.value.flatMap((page) => items(page) ?? []));
  }

  private async ask<I extends object, O extends object>(
    read: Read<I, O>,
    input: I,
    question: string,
  ): Promise<Answer<readonly O[]>> {
    const { gate, memory } = this.options;
    const known = memory?.recall(question);
    if (known) return answered(known as readonly O[]);
    try {
      const pages: O[] = [];
      for (let more: Partial<I> | undefined = {}; more; more = read.next?.(pages.at(-1)!)) {
        const page: Partial<I> = more;
        pages.push(await gate.run(() => this.send(read, { ...input, ...page })));
      }
      memory?.keep(question, pages);
      return answered(pages);
    } catch (error) {
      if (error instanceof Error && read.none.includes(error.name)) {
        memory?.keep(question, []);
        return answered([]);
      }
      return missing(read.actions[0], error);
    }
  }

  private async send<I extends object, O extends object>(read: Read<I, O>, input: I): Promise<O> {
    this.options.onCall?.(read, this.place);
    const answer = await this.sender(read.connect).send(new read.command(input) as never);
    if (typeof answer !== 'object' || answer === null) throw new Error('the service answered nothing');
    // Dates as ISO text, and nothing of the transport: an answer is the same read again from a file.
    return JSON.parse(JSON.stringify({ ...answer, $metadata: undefined })) as O;
  }

  private sender(connect: Connect): Sender {
    const known = this.senders.get(connect) ?? this.open(connect);
    this.senders.set(connect, known);
    return known;
  }
}
