/** A flow before its identity, class and exceptions are settled: what was found, at which resource, by which rule. */
import type { Channel } from '../catalogue/model';
import type { Resource } from '../template';
import type { Flow } from './model';
import type { Opinion } from './opinion';

export interface Draft {
  readonly rule: string;
  readonly channel: Channel;
  /** The resource at which it was found. */
  readonly resource: Resource;
  /** The store whose data moves; the resource itself when it is one, or when no store can be told. */
  readonly store: Resource;
  readonly path: string;
  readonly opinion: Opinion;
  readonly origin: readonly string[];
  readonly remedy: string;
  readonly carries?: Flow['carries'];
  readonly line?: number;
  /** What knows the line, when `line` does not say: asked only when the line is read. */
  readonly at?: { readonly line: number | undefined };
}
