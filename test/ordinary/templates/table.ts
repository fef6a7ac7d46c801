/** Where the hand-written templates are deployed. */
import type { OrdinaryTemplates } from '../ordinary';

export const TEMPLATES: readonly OrdinaryTemplates[] = [
];
