/** What betrays each channel as it is used: event patterns and trail filters, generated from the catalogue. */
export { PATTERN_CHARACTERS, RULES_PER_BUS } from './pattern';
export type { Pattern } from './pattern';
export { DECISION_EVENT, decisionPattern } from './decision-events';
export { WITHOUT_EVENT } from './event-names';
export { RECORDED_ELSEWHERE } from './event-sources';
export type { Deployers } from './deployers';
export { incidentPattern } from './incidents';
export { partnerFilter } from './partner-filters';
export { siteDetectors } from './site-detectors';
export type { Detector } from './site-detectors';
export { FILTER_CHARACTERS, trailFilters } from './trail-filters';
export type { TrailFilter } from './trail-filters';
export { watchedEvents } from './watched-events';
export type { WatchedEvent } from './watched-events';
