/** Records one by one through a treatment: objects in, bytes out, written in pieces of useful size. */
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import type { RecordTreatment } from './record-treatment';

/** Characters gathered before they are handed on. */
const PIECE = 64 * 1024;

export class RecordTransform<Given> extends Transform {
  private text: string;

  /** @param asRecord makes a record of what the reader gives; `header` is no record and is passed over */
  constructor(
    private readonly treatment: RecordTreatment,
    private readonly asRecord: (given: Given) => object | 'header' | 'not-a-record',
  ) {
    super({ writableObjectMode: true });
    this.text = treatment.head;
  }

  override _transform(given: Given, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      const record = this.asRecord(given);
      if (record === 'not-a-record') this.treatment.refuse(record);
      else if (record !== 'header') {
        const line = this.treatment.line(record);
        if (line !== undefined) this.text += `${line}\n`;
      }
      if (this.text.length < PIECE) return done();
      const piece = Buffer.from(this.text, 'utf8');
      this.text = '';
      done(null, piece);
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    if (this.text === '') done();
    else done(null, Buffer.from(this.text, 'utf8'));
  }
}
