/**
 * Who holds a grant: grants bypass the key policy's readable list of principals, so only AWS services that work on our own
 * resources in the key's Region may hold one.
 */
import { findRegion } from '../../geo';

/** Suffixes of service principals: AWS's own documentation writes the first in every partition, the others where they differ. */
const SERVICE_SUFFIXES = ['.amazonaws.com', '.amazonaws.com.cn', '.amazonaws.eu'] as const;

/**
 * `undefined` when the grantee is an AWS service in the Region or a service-linked role of the account; else what is wrong with it.
 * @param at account and Region the key stands in
 */
export function strangeGrantee(
  grantee: string,
  at: { readonly account: string; readonly region: string },
): string | undefined {
  const service = servicePrincipal(grantee);
  if (service !== undefined) {
    const elsewhere = service.find((label) => label !== at.region && findRegion(label) !== undefined);
    return elsewhere === undefined ? undefined : `${grantee} is a service of another Region (${elsewhere})`;
  }
  const role =
    /^arn:(?<partition>[a-z-]+):iam::(?<account>\d{12}):role\/aws-service-role\/(?<service>[^/]+)\/[^/]+$/u.exec(
      grantee,
    )?.groups;
  if (!role) return `${grantee} is no AWS service`;
  if (role.account !== at.account) return `${grantee} is a role of another account`;
  if (role.partition !== findRegion(at.region)?.partition) return `${grantee} is of another partition`;
  return servicePrincipal(role.service ?? '') ? undefined : `${grantee} is no service-linked role`;
}

/** The labels in front of the suffix: `rds.eu-west-1.amazonaws.com` → [rds, eu-west-1]. */
function servicePrincipal(text: string): string[] | undefined {
  const suffix = SERVICE_SUFFIXES.find((each) => text.endsWith(each));
  if (suffix === undefined) return undefined;
  const labels = text.slice(0, -suffix.length).split('.');
  return labels.every((label) => /^[a-z0-9][a-z0-9-]*$/u.test(label)) ? labels : undefined;
}
