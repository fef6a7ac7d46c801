/** Everything a handler needs from outside. */
import type { Recorder } from '../audit/recorder';
import type { PolicyEngine } from '../policies/policy-engine';
import type { GatewaySettings } from '../settings';
import type { Directory } from './directory';
import type { Ledger } from './ledger';
import type { Registers } from './registers';
import type { SwitchStore } from './switch-store';

/** What every handler is given. */
export interface GatewayPorts {
  /** Id of the site, for the records. */
  readonly site: string;
  readonly settings: GatewaySettings;
  readonly registers: Registers;
  readonly engine: PolicyEngine;
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly killSwitch: SwitchStore;
  readonly recorder: Recorder;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new random UUID. */
  readonly newId: () => string;
}
