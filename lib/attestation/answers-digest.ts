/** One hash over everything AWS answered in a run: two runs that were told the same have the same. */
import { canonicalJson, sha256 } from '../report/statement';
import type { Answer } from './model';

export class AnswersDigest {
  private readonly answers = new Map<string, string>();

  /** @param question names account, Region, call and input; asked again, it counts once */
  note(question: string, answer: Answer<readonly unknown[]>): void {
    const told = answer.kind === 'answer' ? answer.value : { missing: answer.action, why: answer.why };
    this.answers.set(question, sha256(canonicalJson(told)));
  }

  get asked(): number {
    return this.answers.size;
  }

  /** SHA-256 over questions and answers, in no order of time. */
  get sha256(): string {
    return sha256(canonicalJson([...this.answers].sort(([a], [b]) => (a < b ? -1 : 1))));
  }
}
