/** Name of the one bucket that a transfer fills, at the site it leaves: both the builder and the judge's register derive it. */
export function exportBucketName(
  enclave: string,
  site: { readonly id: string; readonly account: string },
  transfer: { readonly id: string },
): string {
  return `${enclave}-${site.id}-export-${transfer.id}-${site.account}`;
}
