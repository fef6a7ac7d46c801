/**
 * Tells the engine that this process ends soon. The flags change when code is compiled and how far the young part of the
 * heap grows, never what the code does; V8 reads both anew each time, so they may be set while the process runs.
 */
import { setFlagsFromString } from 'node:v8';

/**
 * Bytes of bytecode a function runs through before it is looked at for optimisation. With V8's own figure, 67,584, any
 * function called some hundred times is optimised as if it would run for hours: at ten thousand resources that costs as much
 * as the judging itself.
 */
const BUDGET_BEFORE_OPTIMISING = 700_000;

/** Growth of the young part of the heap. Doubling, which is V8's own way, leaves it at the end larger than what was judged. */
const GROWTH_OF_YOUNG_HEAP = 1;

/** To be called once, by a command that judges and ends. */
export function expectShortRun(): void {
  setFlagsFromString(`--interrupt-budget=${BUDGET_BEFORE_OPTIMISING}`);
  setFlagsFromString(`--semi-space-growth-factor=${GROWTH_OF_YOUNG_HEAP}`);
}
