/**
 * The evaluators a row may name: what each reads at the row's paths, which constant arguments it takes, and the remedy and
 * blind spot every row judged by it shares. The code stands in `lib/residency/evaluators`; this file is the contract, and a
 * test holds every row to it.
 *
 * Conventions. A path that ends at a list or a map hands its members to the evaluator one by one. A path inside an
 * argument (`region`, `account`, `key`, `protocol`) is written from the root of the properties and shares the indices of the
 * path being judged: `Rules[].Destination.Account` means the `Account` beside this very `Bucket`.
 */

export type ArgumentType = 'path' | 'string' | 'boolean' | 'values';

export interface EvaluatorArgument {
  readonly type: ArgumentType;
  readonly required?: boolean;
  /** Closed list of values, for `string`. */
  readonly oneOf?: readonly string[];
  readonly meaning: string;
}

export interface EvaluatorContract {
  /** What is read at the row's paths and how it becomes a place. */
  readonly reads: string;
  readonly args: Readonly<Record<string, EvaluatorArgument>>;
  /** Advice shared by rows that give none of their own. */
  readonly remedy: string;
  /** What no row judged this way can see. */
  readonly blindSpot: string;
}

const LATENT: EvaluatorArgument = {
  type: 'boolean',
  meaning: 'The value opens a capability without a destination yet: the flow is `unknown` and marked latent.',
};
const VERDICT: EvaluatorArgument = {
  type: 'string',
  oneOf: ['outside', 'unknown'],
  meaning: 'Verdict of a conviction; `outside` when absent.',
};
const PLACE: EvaluatorArgument = {
  type: 'string',
  oneOf: ['everyone', 'edge', 'network', 'code', 'unknown', 'outpost'],
  meaning: 'What stands at the other end when the channel is open; `unknown` when absent.',
};
const WHEN: EvaluatorArgument = {
  type: 'path',
  meaning: 'Sibling that says what the value is; judged only where the sibling is, or may be, one of `is`.',
};
const IS: EvaluatorArgument = {
  type: 'values',
  meaning: 'Values of the `when` sibling for which the value is judged.',
};
const ABSENT: EvaluatorArgument = {
  type: 'string',
  oneOf: ['finding', 'inside', 'silent'],
  meaning: 'What absence of the property means; `silent` when absent.',
};

const INBOUND_ONLY: EvaluatorArgument = {
  type: 'boolean',
  meaning: 'The value names where data comes from: the flow exists only when this stack stands outside.',
};
const DIRECTION: Readonly<Record<'direction' | 'inward', EvaluatorArgument>> = {
  direction: { type: 'path', meaning: 'Property that says whether data comes in or goes out.' },
  inward: { type: 'values', meaning: 'Values of `direction` with which data comes in.' },
};

export const EVALUATORS = {
  regionLiteral: {
    reads:
      'A Region name, or a list of them; each is looked up in the Region table. Blanks and odd case are normalised and reported.',
    args: {
      ignore: { type: 'values', meaning: 'Words of the property that name no Region.' },
      absent: ABSENT,
      inboundOnly: {
        type: 'boolean',
        meaning: 'The Region is where data comes from: the flow exists only when this stack stands outside.',
      },
    },
    remedy: 'Name a Region of the EEA as a literal, or remove the property.',
    blindSpot: 'A Region that arrives through a deploy-time parameter without AllowedValues is unknown, never inside.',
  },
  stackRegion: {
    reads:
      'Nothing but presence (and the source the property names): data arrives in the Region where this stack deploys.',
    args: {
      pulls: {
        type: 'string',
        required: true,
        oneOf: ['source', 'group', 'aggregate', 'key'],
        meaning:
          '`source`: the property names the store copied from; `group`: it joins a group whose members share data; `aggregate`: it collects from other Regions or accounts; `key`: key material arrives here.',
      },
      values: { type: 'values', meaning: 'Values that open the channel; any value when absent.' },
    },
    remedy: 'Deploy the stack that pulls the data in a Region of the EEA, with the Region as a literal.',
    blindSpot: 'A stack without a literal Region could be deployed anywhere; it is unknown.',
  },
  arnRegion: {
    reads:
      'An ARN; Region and account are parsed from it. An empty Region is not "same Region". A reference is resolved to the stack of its target.',
    args: {
      ignore: { type: 'values', meaning: 'Words the property takes instead of an ARN.' },
      inboundOnly: INBOUND_ONLY,
      ...DIRECTION,
    },
    remedy: 'Point the property at a resource in a Region of the EEA, in an account of this enclave.',
    blindSpot: 'An imported value or an ARN assembled from parameters is unknown until its producer is judged with it.',
  },
  s3Name: {
    reads:
      'A bucket name or ARN. It carries no Region: the bucket is found by name among the judged templates or in the register of external stores.',
    args: {
      inboundOnly: INBOUND_ONLY,
      ...DIRECTION,
      key: {
        type: 'path',
        meaning: 'Sibling with the ARN of a KMS key of the destination; its Region proves the bucket’s.',
      },
      account: { type: 'path', meaning: 'Sibling with the account that owns the bucket.' },
      enabled: { type: 'path', meaning: 'Sibling with the state of the rule; a disabled rule is latent.' },
    },
    remedy:
      'Write to a bucket created in the judged application inside the EEA, or register the external bucket with its Region.',
    blindSpot: 'A bucket no judged template creates is unknown, whatever Region its name mentions.',
  },
  regionSibling: {
    reads: 'A property that belongs to a copy whose Region stands in the sibling named by `region`.',
    args: {
      region: { type: 'path', required: true, meaning: 'Sibling that holds the Region or the ARN of the destination.' },
      otherwise: { type: 'path', meaning: 'Sibling that holds it where `region` is not stated.' },
    },
    remedy: 'Change the sibling that names the Region; this property only tunes the copy.',
    blindSpot: 'When the sibling is absent the service may hold a destination set earlier by API.',
  },
  accountRegister: {
    reads: 'An account id, or a list of them, compared with the accounts of the application and the register.',
    args: { ignore: { type: 'values', meaning: 'Words of the property that name no account.' } },
    remedy: 'Keep the receiver in an account of the enclave, or register the account with its owner and legal basis.',
    blindSpot: 'An account says nothing of where its people sit or where it copies the data next.',
  },
  zoneInEea: {
    reads:
      'An Availability Zone name or id, Local Zone, Wavelength Zone or network border group, looked up in the zone table.',
    args: {},
    remedy:
      'Place the resource in an Availability Zone of a Region in the EEA; Local and Wavelength Zones stand elsewhere.',
    blindSpot:
      'Zone names are shuffled per account; only zone ids tell the building, so the verdict is on the Region and zone group.',
  },
  flagDeny: {
    reads: 'A flag or enumeration; one of `values` opens the channel.',
    args: {
      values: { type: 'values', meaning: 'Values that open the channel.' },
      anyValue: { type: 'boolean', meaning: 'Any value opens the channel.' },
      absent: ABSENT,
      unlessSet: { type: 'values', meaning: 'Properties beside which absence keeps the channel shut.' },
      onlyWithSet: { type: 'values', meaning: 'Properties without which absence keeps the channel shut.' },
      place: PLACE,
      latent: LATENT,
      verdict: VERDICT,
    },
    remedy: 'Remove the property, or set it to the value that keeps the channel shut.',
    blindSpot: 'The same switch thrown later by API; see the permission and attestation defences.',
  },
  flagRequire: {
    reads:
      'A guard that has to stand: any value other than `value` is a finding, and `absent` says what absence means.',
    args: {
      value: { type: 'values', required: true, meaning: 'Values that keep the channel shut.' },
      absent: ABSENT,
      place: PLACE,
      latent: LATENT,
      verdict: VERDICT,
    },
    remedy: 'Set the guard explicitly.',
    blindSpot: 'An account-wide setting may close the channel all the same, and a later API call may open it.',
  },
  hostAllowlist: {
    reads:
      'A host name, URL, IP address, e-mail address or telephone number; the host is looked up in the register with its country.',
    args: {
      inboundOnly: {
        type: 'boolean',
        meaning:
          'What comes from the host is no egress; only where sites are declared the host has to be registered all the same.',
      },
      ...DIRECTION,
      ignore: { type: 'values', meaning: 'Words of the property that name no host.' },
      redirect: {
        type: 'boolean',
        meaning: 'The address is only handed to the browser of the user: no better than a doubt, and no worse.',
      },
      when: WHEN,
      is: IS,
    },
    remedy: 'Register the host with its operator and country, or remove the destination.',
    blindSpot: 'DNS decides where a registered host stands on the day; the register is a statement, not a measurement.',
  },
  policyScan: {
    reads:
      'An IAM-style policy document (or the ARN of a managed one): who is let in from where, and which replicate, copy, share or export actions are allowed.',
    args: {
      policy: {
        type: 'string',
        required: true,
        oneOf: [
          'resource',
          'identity',
          'trust',
          'boundary',
          'managed',
          'attached',
          'organization',
          'endpoint',
          'principal',
        ],
        meaning: 'Which kind of document it is, and so which questions are asked of it.',
      },
      key: { type: 'boolean', meaning: 'The document guards key material.' },
      caller: {
        type: 'path',
        meaning:
          'For `principal`: sibling with the ARN of the resource a service principal calls for; it has to be of an account of ours.',
      },
      account: {
        type: 'path',
        meaning: 'For `principal`: sibling with the account a service principal calls for; it has to be ours.',
      },
    },
    remedy:
      'Name principals of the enclave, bind them to the organisation and the VPC endpoint, and drop actions that copy or share data.',
    blindSpot: 'Session policies, service-linked roles and grants issued by API are not in any template.',
  },
  cidrIngress: {
    reads:
      'An address range let in. A range beyond the private ones is everyone, or a network of unknown country. Where no sites are promised, port 80 or 443 of a group no store is a member of is ordinary.',
    args: {
      protocol: { type: 'path', meaning: 'Sibling with the protocol let in.' },
      from: { type: 'path', meaning: 'Sibling with the first port let in.' },
      to: { type: 'path', meaning: 'Sibling with the last port let in.' },
    },
    remedy: 'Admit security groups or private ranges of the enclave only.',
    blindSpot: 'A private range says nothing of what stands behind a peering, VPN or Direct Connect.',
  },
  cidrEgress: {
    reads: 'An address range packets may leave to. A range beyond the private ones is the internet.',
    args: { enabled: { type: 'path', meaning: 'Sibling flag that turns the entry into one for outgoing packets.' } },
    remedy: 'Allow only the prefix lists of gateway endpoints and private ranges of the enclave.',
    blindSpot: 'A security group does not inspect content: an allowed endpoint can still be a way out.',
  },
  subnetPosture: {
    reads:
      'Subnets or security groups the compute stands in; the route tables and groups of the judged templates tell whether a path leads out. Absence means a network of the service itself, open to the internet.',
    args: { absent: ABSENT },
    remedy: 'Place the compute in isolated subnets of the enclave with endpoint-only egress.',
    blindSpot: 'Subnets that no judged template creates have routes that cannot be read here.',
  },
  jsonScan: {
    reads:
      'Code, JSON, YAML or a string map: searched for Region names, foreign ARNs, hosts and inference profiles. Code in an asset cannot be read and is unknown.',
    args: {
      opaque: { type: 'boolean', meaning: 'The value points at code that no template holds.' },
      encoded: { type: 'boolean', meaning: 'The value is an XML document that may be Base64.' },
      nested: {
        type: 'boolean',
        meaning:
          'The code is the template of a nested stack; where that template was read, it is judged by its own rows.',
      },
    },
    remedy:
      'Keep Regions, ARNs and hosts of the text inside the EEA; run code only in subnets without a way out and under a bounded role.',
    blindSpot:
      'Text that assembles a destination at run time shows none here; the network and the permissions have to hold.',
  },
  bedrockProfile: {
    reads:
      'A foundation model id or ARN, or an inference profile. A model in this Region stays here; a profile may route to every Region of its geography, `global.` to all.',
    args: {},
    remedy: 'Use a foundation model ARN of a Region in the EEA, not a cross-Region inference profile.',
    blindSpot:
      'Membership of geographic profiles changes without a template change; an `eu.` profile is not provably inside.',
  },
  snsEndpoint: {
    reads:
      'An endpoint whose meaning depends on the protocol in the sibling: ARN, URL, e-mail address, telephone number.',
    args: { protocol: { type: 'path', required: true, meaning: 'Sibling that holds the protocol.' } },
    remedy:
      'Subscribe queues and functions of the enclave by ARN; keep e-mail, SMS and HTTPS for notices without data.',
    blindSpot: 'Where an e-mail or telephone is read cannot be known.',
  },
  endpointServiceName: {
    reads:
      'The name of an endpoint service (`com.amazonaws.<region>.<service>` or `com.amazonaws.vpce.<region>.…`); its Region is parsed and a service of another account needs registering.',
    args: {
      region: { type: 'path', meaning: 'Sibling that names the Region of the service when it differs from the VPC’s.' },
    },
    remedy:
      'Use endpoints of AWS services in the same EEA Region; register third-party endpoint services with their country.',
    blindSpot: 'What the owner of a third-party endpoint service does behind it.',
  },
  geoLiteral: {
    reads: 'A geography of a provider (`us`, `eu`, `global`). Absence means the provider’s default.',
    args: { absent: ABSENT },
    remedy: 'State a geography whose every country is in the EEA, or do not use the service for restricted data.',
    blindSpot: 'A geography named `eu` by a provider is not the list of EEA countries.',
  },
  replicasCovered: {
    reads: 'A list of replicas, each naming its Region; every one has to be inside.',
    args: { region: { type: 'path', required: true, meaning: 'Path of the Region inside each replica.' } },
    remedy: 'Keep only replicas in Regions of the EEA.',
    blindSpot: 'Replicas added by API to the same group; see attestation.',
  },
  openIntegration: {
    reads:
      'An integration by which an API calls a service of AWS itself. Without authorisation everyone who reaches the API may read the answer; calls that only write are no way out.',
    args: {
      integration: {
        type: 'string',
        meaning: 'Prefix of the integration’s own properties; without it the value refers to the integration.',
      },
      authorization: {
        type: 'path',
        required: true,
        meaning: 'Sibling that says who may call; absence means everyone.',
      },
    },
    remedy: 'Ask for authorisation (IAM, Cognito or an authorizer) before a service is called on behalf of strangers.',
    blindSpot:
      'What a function behind the API answers to strangers is code; a resource policy of the API is judged by its own row.',
  },
  outpostRequired: {
    reads:
      'A target that is the parent Region unless it says `outposts`; for a store that stands on an Outpost absence moves copies to the Region.',
    args: { value: { type: 'values', required: true, meaning: 'Values that keep the copy on the Outpost.' } },
    remedy: 'Set the target explicitly, and deploy in a Region of the EEA.',
    blindSpot: 'Where an Outpost physically stands is known only from the register.',
  },
  typeDeny: {
    reads: 'Nothing: the presence of the resource is the finding.',
    args: { place: PLACE, latent: LATENT, verdict: VERDICT },
    remedy: 'Do not use this type near restricted data; register a waiver if it carries none.',
    blindSpot: 'The same thing made by hand or by API outside every template.',
  },
  sameSite: {
    reads:
      'A reference to another resource, which is judged by its own rows; the reference has to lead to a resource of the judged application or the register.',
    args: {
      when: WHEN,
      is: IS,
      packaged: {
        type: 'boolean',
        meaning: 'A value without a scheme is a path on disk, which the packaging command uploads for this very stack.',
      },
    },
    remedy: 'Refer to a resource of the judged application, or register the external one.',
    blindSpot: 'A bare identifier of a resource that no template creates is unknown.',
  },
} as const satisfies Readonly<Record<string, EvaluatorContract>>;

export type EvaluatorSlug = keyof typeof EVALUATORS;

/** The contract of an evaluator, or undefined when no evaluator has that slug. */
export function evaluatorContract(slug: string): EvaluatorContract | undefined {
  return Object.hasOwn(EVALUATORS, slug) ? EVALUATORS[slug as EvaluatorSlug] : undefined;
}
