/** What a flow is about, in words that are the same on both sides: which store, and where to. */
import { basename } from 'node:path';
import type { Flow, Place, StoreRef } from '../../residency';
import { fullLabel } from '../../residency/labels';
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
  private readonly byName = new Map<string, Resource>();
  private labels: ReadonlyMap<string, Resource> | undefined;

  constructor(
    private readonly application: Application,
    private readonly pairing: Pairing,
  ) {
    for (const resource of application.resources()) {
      const { stackName: stack, region, account } = resource.template.source;
      const { logicalId } = resource;
      this.byName.set(key({ stack, logicalId }), resource);
      this.byName.set(
        key({ stack, logicalId, ...(region ? { region } : {}), ...(account ? { account } : {}) }),
        resource,
      );
    }
  }

  /** The resource a flow names as its store. */
  resourceOf(store: Named): Resource | undefined {
    return this.byName.get(key(store)) ?? this.byName.get(key({ stack: store.stack, logicalId: store.logicalId }));
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
    const labelled = value.includes(' of stack ') ? this.labelled(value) : undefined;
    if (labelled) return this.pairing.nameOf(labelled);
    const { stack } = flow.via ?? flow.store;
    return value.replace(REFERENCE, (whole, logicalId: string, attribute: string) => {
      const found = this.resourceOf({ stack, logicalId });
      return found ? `\${${this.pairing.nameOf(found)}${attribute}}` : whole;
    });
  }

  private labelled(value: string): Resource | undefined {
    this.labels ??= new Map([...this.application.resources()].map((resource) => [fullLabel(resource), resource]));
    return this.labels.get(value);
  }
}

const key = ({ stack, logicalId, region, account }: Named): string =>
  JSON.stringify([stack, logicalId, region, account]);
