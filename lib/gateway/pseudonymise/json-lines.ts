/**
 * JSON Lines through a treatment: a stream of bytes in, a stream of bytes out, a chunk at a time.
 *
 * Lines are split in bytes and decoded a chunk at once. Memory holds one chunk and one unfinished line, of which the
 * longest is bounded; streams wait for whoever reads them.
 */
import { isUtf8 } from 'node:buffer';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import type { RecordTreatment } from './record-treatment';

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Longest line that is read, in bytes. A longer one is skipped and put in quarantine. */
export const LONGEST_LINE = 1024 * 1024;

export class JsonLinesTransform extends Transform {
  /** The beginning of a line whose end is still to come. */
  private rest: Buffer[] = [];
  private restLength = 0;
  private skipping = false;
  private first = true;

  constructor(private readonly treatment: RecordTreatment) {
    super();
  }

  override _transform(given: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      const chunk = this.first && given.indexOf(BYTE_ORDER_MARK) === 0 ? given.subarray(BYTE_ORDER_MARK.length) : given;
      const end = chunk.lastIndexOf(LINE_FEED);
      if (end < 0) {
        this.keep(chunk);
        return done();
      }
      const begin = this.finishLine(chunk);
      const text = this.begun() + this.rows(begin <= end ? chunk.subarray(begin, end + 1) : EMPTY);
      this.keep(chunk.subarray(end + 1));
      if (text === '') done();
      else done(null, Buffer.from(text, 'utf8'));
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      const text = this.begun() + this.rows(this.takeRest());
      if (this.skipping) this.treatment.refuse('too-long');
      if (text === '') done();
      else done(null, Buffer.from(text, 'utf8'));
    } catch (error) {
      done(error as Error);
    }
  }

  private pending = '';

  /** What is written before the rows of this chunk: the head once, and the line that began in an earlier chunk. */
  private begun(): string {
    const text = (this.first ? this.treatment.head : '') + this.pending;
    this.first = false;
    this.pending = '';
    return text;
  }

  /** Ends the line that began in an earlier chunk; where the next one begins. */
  private finishLine(chunk: Buffer): number {
    if (this.restLength === 0 && !this.skipping) return 0;
    const end = chunk.indexOf(LINE_FEED) + 1;
    this.keep(chunk.subarray(0, end));
    if (this.skipping) this.treatment.refuse('too-long');
    else this.pending = this.rows(this.takeRest());
    this.skipping = false;
    return end;
  }

  private keep(bytes: Buffer): void {
    if (this.skipping || bytes.length === 0) return;
    this.rest.push(bytes);
    this.restLength += bytes.length;
    if (this.restLength <= LONGEST_LINE + 1) return; // with its line feed
    this.takeRest();
    this.skipping = true;
  }

  private takeRest(): Buffer {
    const bytes = this.rest.length === 1 ? this.rest[0]! : Buffer.concat(this.rest);
    this.rest = [];
    this.restLength = 0;
    return bytes;
  }

  /** Whole lines as whole lines. */
  private rows(bytes: Buffer): string {
    if (bytes.length === 0) return '';
    // Bytes that are no UTF-8 would all become the same replacement character: different values, one pseudonym.
    if (!isUtf8(bytes)) return this.rowsOneByOne(bytes);
    let text = '';
    const all = bytes.toString('utf8');
    for (let begin = 0; begin < all.length;) {
      const feed = all.indexOf('\n', begin);
      const end = feed < 0 ? all.length : feed;
      text += this.row(all.slice(begin, end));
      begin = end + 1;
    }
    return text;
  }

  private rowsOneByOne(bytes: Buffer): string {
    let text = '';
    for (let begin = 0; begin < bytes.length;) {
      const feed = bytes.indexOf(LINE_FEED, begin);
      const end = feed < 0 ? bytes.length : feed;
      const line = bytes.subarray(begin, end);
      if (isUtf8(line)) text += this.row(line.toString('utf8'));
      else this.treatment.refuse('not-a-record');
      begin = end + 1;
    }
    return text;
  }

  private row(line: string): string {
    // Counted again here, so that it does not matter how the bytes were cut into chunks.
    if (line.length > LONGEST_LINE / 3 && Buffer.byteLength(line) > LONGEST_LINE) {
      this.treatment.refuse('too-long');
      return '';
    }
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch {
      // The parser's message quotes the line: it goes no further.
      if (line.trim() !== '') this.treatment.refuse('not-a-record');
      return '';
    }
    const row = this.treatment.line(record);
    return row === undefined ? '' : `${row}\n`;
  }
}

const EMPTY = Buffer.alloc(0);
