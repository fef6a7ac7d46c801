/** What no proof here covers. Printed with every piece of evidence, so that nobody takes it for more. */
export const LIMITS: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'AWS itself',
    text: 'The decision is proved as AWS documents it, not AWS’s own code nor undocumented behaviour of single calls.',
  },
  {
    title: 'Several checks in one call',
    text: 'One API call may need several authorizations (a snapshot copy also needs a key grant). Each check is proved alone; a call succeeds only if all do.',
  },
  {
    title: 'Other ways to permit',
    text: 'Grants already issued on keys, S3 access control lists, access points’ own policies, S3 Access Grants, Lake Formation and database logins are not modelled.',
  },
  {
    title: 'The network',
    text: 'Peering, transit gateways, private lines, DNS and programs that carry data out over them are not policies; the judge and network tests are there for them.',
  },
  {
    title: 'Service-linked roles',
    text: 'No organization policy binds them nor what services do inside; what resource policies say of them is proved.',
  },
  {
    title: 'Attachment',
    text: 'Targets are read from the templates. That the units hold the accounts of the sites, and that nobody detached a policy since, is for attestation.',
  },
  {
    title: 'The management account',
    text: 'No service control policy binds it and no resource control policy protects what is in it: it holds no data.',
  },
  {
    title: 'Who may change policies',
    text: 'Deployment and the management account can change what is proved. A changed policy is proved again; who may change it is a matter of separate duties.',
  },
  {
    title: 'Places inside a Region',
    text: 'Local Zones, Wavelength Zones and Outposts carry the name of their parent Region; policies cannot tell them apart.',
  },
];
