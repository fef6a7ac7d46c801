import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { HookStack } from './hook-stack';
import type { HookCode } from './hook-stack';

/** Every Region in which an account of the enclave deploys anything. */
export function hookRegions({ sites, auditor, organization }: Enclave): readonly string[] {
  const regions = [...sites.map(({ placement }) => placement.region), auditor.region];
  return [...new Set([...regions, ...(organization ? [organization.region] : [])])];
}

/** The deploy-time hook of every Region in use, a stack each in the management account; nothing without an organisation. */
export function buildHook(scope: Construct, enclave: Enclave, code: HookCode): readonly HookStack[] {
  const { organization } = enclave;
  return organization
    ? hookRegions(enclave).map((region) => new HookStack(scope, { enclave, organization, region, code }))
    : [];
}
