/** Policies that declare a state instead of denying calls; they bind service-linked roles and services too. */

const assign = (value: string): object => ({ '@@assign': value });
/** No unit or account below may change what stands here. */
const FIXED = { '@@operators_allowed_for_child_policies': ['@@none'] };

/**
 * EC2 in every account: no internet gateway carries a packet, no snapshot or image is public, no console, IMDSv2.
 *
 * Source: Organizations user guide, "Declarative policy syntax and examples", read 2026-11-22.
 */
export const ec2Declaration = (): object => ({
  ec2_attributes: {
    ...FIXED,
    exception_message: assign('The perimeter of the enclave declares this setting; see docs/perimeter.md.'),
    vpc_block_public_access: {
      internet_gateway_block: { mode: assign('block_bidirectional'), exclusions_allowed: assign('disabled') },
    },
    snapshot_block_public_access: { state: assign('block_all_sharing') },
    image_block_public_access: { state: assign('block_new_sharing') },
    serial_console_access: { status: assign('disabled') },
    instance_metadata_defaults: {
      http_tokens: assign('required'),
      http_put_response_hop_limit: assign('1'),
      http_endpoint: assign('enabled'),
      instance_metadata_tags: assign('disabled'),
    },
  },
});

/** No AI service keeps or learns from content, in whatever Region it would. */
export const aiOptOut = (): object => ({
  services: { ...FIXED, default: { ...FIXED, opt_out_policy: { ...FIXED, ...assign('optOut') } } },
});
