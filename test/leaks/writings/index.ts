/** Every way of writing. */
import type { Writing } from '../writing';
import { PROGRAM_WRITINGS } from './program-writings';
import { TEMPLATE_WRITINGS } from './template-writings';

export const WRITINGS: readonly Writing[] = [...TEMPLATE_WRITINGS, ...PROGRAM_WRITINGS];
export { PROGRAM_WRITINGS, TEMPLATE_WRITINGS };
