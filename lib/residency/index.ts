/** The judge: can data in a restricted store leave the EEA? */
export * from './model';
export * from './options';
export { judge } from './judge';
export { compareVerdicts, worstVerdict } from './opinion';
export { FINGERPRINT } from './fingerprint';
export { countryName } from './places';
export { RegisterError } from './registers/register-error';
export { NO_EXTERNAL_STORES, externalStoresSchema, parseExternalStores } from './registers/external-stores';
export type { ExternalStore, ExternalStores } from './registers/external-stores';
export { TRANSFER_MECHANISMS, parseTransfers, transfersSchema } from './registers/transfers';
export type { Transfer } from './registers/transfers';
export { parseWaivers, waiversSchema } from './registers/waivers';
export type { Waiver } from './registers/waivers';
