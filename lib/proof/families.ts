/** Who may call: every request comes from exactly one of these, and each meets different policies. */

export const FAMILIES = [
  'same account',
  'organization',
  'management account',
  'external',
  'service',
  'anonymous',
  'service-linked role',
] as const;

export type Family = (typeof FAMILIES)[number];

/** What each family means, for readers of evidence. */
export const FAMILY_MEANING: Readonly<Record<Family, string>> = {
  'same account': 'a user or role of the account that owns the resource, its root user included',
  organization: 'a user or role of another account of the organization',
  'management account': 'a user or role of the management account: no service control policy binds it',
  external: 'a user or role of an account outside the organization',
  service: 'an AWS service in its own name: no service control policy binds it',
  anonymous: 'nobody signed in, or somebody known only to an identity provider',
  'service-linked role': 'a role that an AWS service owns, in whatever account: no organization policy binds it',
};
