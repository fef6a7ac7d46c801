/** What a flow is about, in words that are the same on both sides: which store, and where to. */
import { basename } from 'node:path';
import type { Flow, Place, StoreRef } from '../../residency';
import { fullLabel, kindWords } from '../../residency/labels';
import type { Application, Resource } from '../../template';
import type { Pairing } from './pairing';

type Named = {
  readonly stack: string;
  readonly logicalId: string;
  readonly region?: string;
  readonly account?: string;
};

const REFERENCE = /\$\{([A-Za-z0-9]+)((?:\.[\w.]+)?)\}/gu;

/** Finds the resources that flows of one side speak of. */
export class Identity {
  private readonly labels = new Map<string, ReadonlyMap<string, Resource>>();

  constructor(
    private readonly application: Application,
    private readonly pairing: Pairing,
  ) {}

  /** The resource a flow names as its store: where its stack stands in that place, else wherever a stack has that name. */
  resourceOf({ stack, logicalId, region, account }: Named): Resource | undefined {
    let last: Resource | undefined;
    for (const template of this.application.stacksNamed(stack)) {
      const found = template.resource(logicalId);
      if (!found) continue;
      if (template.source.region === region && template.source.account === account) return found;
      last = found;
    }
    return last;
  }

  /** What the store of a flow is called on both sides. */
  store(store: StoreRef): string {
    // A problem of the input names a file, and the two sides lie in different folders.
    if (store.type === 'template') return JSON.stringify(['template', basename(store.stack), store.logicalId]);
    const found = this.resourceOf(store);
    return found ? this.pairing.nameOf(found) : JSON.stringify([store.type, store.stack, store.logicalId]);
  }

  /**
   * Where a flow ends. What nobody can tell is no place: two doubts are the same only when the same rule has them, at the
   * same property.
   */
  destination(flow: Flow): string {
    const { kind, value, region, account, country }: Place = flow.destination;
    const doubt = kind === 'unknown' ? [flow.rule, flow.path.replace(/\[\d+\]/gu, '[]')] : [];
    return JSON.stringify([kind, this.words(value, flow), region ?? '', account ?? '', country ?? '', ...doubt]);
  }

  /** A text without the names that a renaming changes. */
  private words(value: string, flow: Flow): string {
    if (flow.store.type === 'template') return basename(value);
    const labelled = value.includes(OF_STACK) ? this.labelled(value) : undefined;
    if (labelled) return this.pairing.nameOf(labelled);
    const { stack } = flow.via ?? flow.store;
    return value.replace(REFERENCE, (whole, logicalId: string, attribute: string) => {
      const found = this.resourceOf({ stack, logicalId });
      return found ? `\${${this.pairing.nameOf(found)}${attribute}}` : whole;
    });
  }

  /** The resource that sentences call so: `bucket Media of stack shop`. */
  private labelled(words: string): Resource | undefined {
    const at = words.lastIndexOf(OF_STACK);
    const kind = words.slice(0, words.indexOf(' '));
    const stack = words.slice(at + OF_STACK.length);
    const key = `${kind} ${stack}`;
    let labels = this.labels.get(key);
    if (!labels) {
      const resources = this.application
        .stacksNamed(stack)
        .flatMap((template) => template.resources.filter(({ type }) => kindWords(type).startsWith(kind)));
      this.labels.set(key, (labels = new Map(resources.map((resource) => [fullLabel(resource), resource]))));
    }
    return labels.get(words);
  }
}

const OF_STACK = ' of stack ';
