/**
 * The security gateway: why data may be read, who may ask, and the bounds of an answer. What is allowed stands in the
 * policies beside this file (`config/gateway/*.cedar`); purposes and roles must be those of their schema.
 */
export const gateway = {
  purposes: [
    { id: 'trust-and-safety', group: 'safety', text: 'Find and stop abuse, and protect the people it is aimed at.' },
    { id: 'security-incident', group: 'security', text: 'Investigate and end an incident that has a number.' },
    { id: 'legal-obligation', group: 'legal', text: 'Answer an order or a duty under Union or Member State law.' },
    { id: 'subject-request', group: 'rights', text: 'Answer a person who asks for their own data.' },
    { id: 'service-operation', group: 'service', text: 'Keep the service working between users across borders.' },
    { id: 'product-measurement', group: 'measurement', text: 'Measure how the service is used, by groups of people.' },
  ],
  roles: [
    { id: 'analyst', cleared: ['restricted', 'interoperable', 'public', 'aggregate'] },
    { id: 'engineer', cleared: ['interoperable', 'public', 'aggregate'] },
    { id: 'safety', cleared: ['restricted', 'interoperable', 'public', 'aggregate'] },
    { id: 'privacy', cleared: ['restricted', 'interoperable', 'public', 'aggregate'] },
    { id: 'operator', cleared: ['public', 'aggregate'] },
    { id: 'on-call', cleared: ['interoperable', 'public', 'aggregate'] },
    { id: 'auditor', cleared: ['public'] },
  ],
  approverRoles: ['privacy', 'safety', 'operator'],
  answers: { minimumGroup: 20, maxRows: 10_000, maxBytes: 4_194_304 },
  sessionSeconds: 3_600,
  grantSeconds: 28_800,
  approvalSeconds: 86_400,
  ticketSeconds: 60,
  clockSkewSeconds: 30,
  requestAgeSeconds: 120,
  proposalSeconds: 900,
};
