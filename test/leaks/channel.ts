/** A channel as the corpus knows it: what to write so that data leaves, and what to write so that it stays. */
import type { Stack } from 'aws-cdk-lib/core';
import type { Json } from '../../lib/template';
import type { Twin } from './places';
import { HOME } from './places';
import type { Properties } from './property-path';
import { merged, propertiesAt } from './property-path';

/**
 * How the destination is written.
 * `region`, `arn`, `bucket`, `model`: a text that names it. `standing`: by the Region of the stack itself, which pulls.
 * `switch`: a value that opens a way. `presence`: the resource is the way. `policy`: a document lets somebody in.
 */
export type Manner = 'region' | 'arn' | 'bucket' | 'model' | 'standing' | 'switch' | 'presence' | 'policy';

/** A stack that stands beside the leaking one. */
export interface Companion {
  /** Suffix of its name. */
  readonly name: string;
  readonly region: string;
  readonly resources: { readonly [logicalId: string]: Json };
}

export interface Channel {
  /** Identity, kebab case. */
  readonly slug: string;
  readonly type: string;
  /** Where the destination stands among the properties. */
  readonly path: string;
  readonly manner: Manner;
  /** What stands at `path`. */
  readonly value: (twin: Twin) => Json;
  /** The other properties the type needs. */
  readonly rest?: (twin: Twin) => Properties;
  /** Other resources of the same stack. */
  readonly beside?: (twin: Twin) => { readonly [logicalId: string]: Json };
  readonly companions?: (twin: Twin) => readonly Companion[];
  /** Verdict a leaving twin must get, and the reason when it is not `outside`. */
  readonly convicted: 'outside' | 'unknown';
  readonly borderline?: string;
  /** Set when the staying twin is `unknown` by the table of borderline cases, with the reason. */
  readonly staysUnknown?: string;
  /** True when every way of writing is tried; the others are written literally only. */
  readonly everyWriting: boolean;
  /** Set where it matters what the property names even when the stack stands inside: key material is shared both ways. */
  readonly sharedBothWays?: true;
  /** The sibling that names the destination, when the property at `path` only belongs to the copy. */
  readonly aim?: string;
  /** Type of the resource at the other end, when a reference can lead to it. */
  readonly target?: string;
  /** The same as the CDK's own construct would write it. */
  readonly construct?: (stack: Stack, twin: Twin) => void;
}

/** Logical id of the leaking resource in every writing but the CDK's own constructs. */
export const LEAK = 'Leak';

/** Region of the stack that holds the leaking resource. */
export function regionOfLeak(channel: Channel, twin: Twin): string {
  return channel.manner === 'standing' ? twin.region : HOME;
}

/** False when the staying twin is the stack without the resource. */
export function isPresent(channel: Channel, twin: Twin): boolean {
  return channel.manner !== 'presence' || twin.leaves;
}

/** The properties of the leaking resource with `value` in the place of the destination. */
export function propertiesOf(channel: Channel, twin: Twin, value: Json = channel.value(twin)): Properties {
  return merged(channel.rest?.(twin) ?? {}, propertiesAt(channel.path, value));
}
