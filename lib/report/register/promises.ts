/**
 * The twenty-one promises of a European enclave (from the public record of Project Clover, 2023–24), each with what an
 * assembly can show of it. A promise whose proof is made elsewhere says where.
 */
import { findCountry } from '../../geo';
import { nameOf } from '../customer-keys';
import { policiesOf } from '../diff/policy/documents';
import { isReadable } from '../diff/policy/statement';
import type { Statement } from '../diff/policy/statement';
import type { RegisterInput } from './model';
import { keysOf, storesOf } from './stores';

export type Status = 'met' | 'stand-in' | 'not shown';

export interface Finding {
  readonly status: Status;
  /** What was seen, in one sentence. */
  readonly because: string;
}

export interface Commitment {
  readonly id: `P${number}`;
  readonly promise: string;
  readonly shownBy: string;
  readonly look: (input: RegisterInput) => Finding;
}

const met = (because: string): Finding => ({ status: 'met', because });
const notShown = (because: string): Finding => ({ status: 'not shown', because });
const elsewhere = (because: string) => (): Finding => notShown(because);

/** Types that lead out of a network, none of which an enclave has. */
const WAYS_OUT = [
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::TransitGateway',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPNGateway',
  'AWS::EC2::VPNConnection',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::CarrierGateway',
  'AWS::EC2::Route',
];

function closedNetwork({ application }: RegisterInput): Finding {
  const found = WAYS_OUT.flatMap((type) => application.ofType(type));
  const networks = application.ofType('AWS::EC2::VPC').length;
  if (found.length > 0) return notShown(`contradicted: ${found.length} ways out, the first ${nameOf(found[0]!)}`);
  return networks > 0
    ? met(`${networks} networks, no gateway, peering, attachment, VPN or route in any template`)
    : notShown('no template has a network');
}

function sitesAsPromised({ enclave }: RegisterInput): Finding {
  if (!enclave) return notShown('the assembly carries no record of sites');
  const standIns = enclave.sites.filter((site) => site.status !== 'met');
  const words = enclave.sites
    .map((site) => `${site.site}: committed ${site.committed}, actual ${site.actual}`)
    .join('; ');
  return standIns.length > 0 ? { status: 'stand-in', because: words } : met(words);
}

function storesInSites(input: RegisterInput): Finding {
  const { enclave } = input;
  if (!enclave) return notShown('the assembly carries no record of sites');
  const accounts = new Set(enclave.sites.map(({ account }) => account));
  const all = storesOf(input);
  const astray = all.filter(({ placement }) => !accounts.has(placement.store.account ?? ''));
  return astray.length > 0
    ? notShown(`contradicted: ${nameOf(astray[0]!.resource)} stands in no account of a site`)
    : met(`${all.length} stores, all in accounts of the ${enclave.sites.length} sites`);
}

function storedInEea(input: RegisterInput): Finding {
  const all = storesOf(input);
  const abroad = all.filter(({ placement: { destination } }) => {
    const country = destination.country === undefined ? undefined : findCountry(destination.country);
    return country?.eea !== true;
  });
  if (all.length === 0) return notShown('there is no store');
  return abroad.length > 0
    ? notShown(`contradicted: that ${nameOf(abroad[0]!.resource)} stands in the EEA cannot be shown`)
    : met(`${all.length} stores, all in the EEA`);
}

function restrictedStays({ judgement, matrix }: RegisterInput): Finding {
  const ways = judgement.flows.filter((flow) => flow.store.class === 'restricted' && flow.verdict !== 'inside');
  if (ways.length > 0)
    return notShown(`contradicted: ${ways.length} flows of restricted data lead outside or nobody can tell`);
  if (!matrix) return notShown('no flow of restricted data leaves, but the assembly carries no access matrix');
  const open = matrix.filter(
    ({ cell, decision }) => /restricted/iu.test(cell) && !/\bEEA\b/u.test(cell) && decision !== 'deny',
  );
  return open.length > 0
    ? notShown(`contradicted: the access matrix answers "${open[0]!.decision}" to ${open[0]!.cell}`)
    : met('no flow of restricted data leaves the EEA, and the access matrix denies it to every other zone');
}

function ownKeys(input: RegisterInput): Finding {
  const classes = new Map<string, Set<string>>();
  for (const { resource, placement } of storesOf(input))
    for (const { words } of keysOf(resource))
      classes.set(words, (classes.get(words) ?? new Set()).add(placement.store.class));
  const shared = [...classes].filter(([, own]) => own.size > 1);
  if (classes.size === 0) return notShown('no store is encrypted with a customer key');
  return shared.length > 0
    ? notShown(`contradicted: ${shared[0]![0]} opens ${[...shared[0]![1]].sort().join(' and ')}`)
    : met(`${classes.size} keys in use, none for more than one class`);
}

/** Statements of the policy of each key. */
function keyStatements({ application }: RegisterInput): ReadonlyMap<string, readonly Statement[]> {
  const keys = application.ofType('AWS::KMS::Key');
  return new Map(
    keys.map((key) => [
      nameOf(key),
      [...policiesOf([key], nameOf, () => true).values()].flatMap(({ clauses }) => clauses.filter(isReadable)),
    ]),
  );
}

function pseudonyms(input: RegisterInput): Finding {
  const statements = keyStatements(input);
  const keys = input.application
    .ofType('AWS::KMS::Key')
    .filter((key) =>
      key
        .at('KeyUsage')
        .some((leaf) =>
          leaf.possible.some(({ value }) => value.kind === 'text' && value.text === 'GENERATE_VERIFY_MAC'),
        ),
    );
  if (keys.length === 0) return notShown('no key generates message authentication codes');
  const denies = keys.filter((key) =>
    (statements.get(nameOf(key)) ?? []).some(
      ({ effect, actions }) => effect === 'Deny' && actions.some((action) => action.toLowerCase() === 'kms:verifymac'),
    ),
  );
  return denies.length === keys.length
    ? met(`${keys.length} key for pseudonyms; VerifyMac, which would be an oracle, is denied`)
    : notShown('contradicted: VerifyMac is not denied on every key for pseudonyms');
}

function noWildcardUse(input: RegisterInput): Finding {
  const statements = keyStatements(input);
  if (statements.size === 0) return notShown('there is no key');
  const open = [...statements].find(([, all]) =>
    all.some(
      ({ effect, actions, notAction }) =>
        effect === 'Allow' && (notAction || actions.some((action) => ['*', 'kms:*'].includes(action.toLowerCase()))),
    ),
  );
  return open
    ? notShown(`contradicted: the policy of ${open[0]} allows every action`)
    : met(`${statements.size} key policies, none allows every action to anybody`);
}

function everyExportRegistered({ judgement }: RegisterInput): Finding {
  const leaving = judgement.flows.filter((flow) => flow.verdict !== 'inside' && flow.store.type !== 'waiver');
  const open = leaving.filter((flow) => flow.waiver === undefined);
  return open.length > 0
    ? notShown(`contradicted: ${open.length} flows lead outside, or nobody can tell, without an entry in a register`)
    : met(leaving.length === 0 ? 'no flow leaves the EEA' : `${leaving.length} flows leave, each with an entry`);
}

function signedCode({ application }: RegisterInput): Finding {
  const functions = application.ofType('AWS::Lambda::Function');
  if (functions.length === 0) return notShown('there is no function whose code could be signed');
  const signed = functions.filter((one) => one.has('CodeSigningConfigArn') === 'always');
  return signed.length === functions.length
    ? met(`${functions.length} functions, each with a code signing configuration`)
    : notShown(
        `${functions.length - signed.length} of ${functions.length} functions have no code signing configuration`,
      );
}

function costTags(input: RegisterInput): Finding {
  const stores = storesOf(input).filter(({ resource }) => resource.has('Tags') !== 'never');
  if (stores.length === 0) return notShown('no store carries tags');
  const without = stores.filter(
    ({ resource }) =>
      !resource
        .at('Tags[].Key')
        .some((leaf) => leaf.possible.some(({ value }) => value.kind === 'text' && /cost/iu.test(value.text))),
  );
  return without.length > 0
    ? notShown(`${without.length} of ${stores.length} tagged stores have no cost tag`)
    : met(`${stores.length} tagged stores, each with a cost tag`);
}

function independentAuditor({ enclave }: RegisterInput): Finding {
  if (!enclave) return notShown('the assembly carries no record of an auditor');
  return notShown(
    `the auditor ${enclave.auditor.name} (${enclave.auditor.country}) is named; what it can see and switch off is not read from templates here`,
  );
}

const byGateway = 'npx jest test/gateway';

export const PROMISES: readonly Commitment[] = [
  {
    id: 'P1',
    promise: 'A secure enclave: isolated networks without a way out',
    shownBy: 'types in every template',
    look: closedNetwork,
  },
  { id: 'P2', promise: 'Sites stand in the countries committed', shownBy: 'record of sites', look: sitesAsPromised },
  { id: 'P3', promise: 'Stores stand only in sites', shownBy: 'account of every store', look: storesInSites },
  { id: 'P4', promise: 'A European provider operates the sites', shownBy: 'record of sites', look: operator },
  {
    id: 'P5',
    promise: 'Restricted data is never reachable from third countries',
    shownBy: 'flows and access matrix',
    look: restrictedStays,
  },
  { id: 'P6', promise: 'Classes share no key', shownBy: 'keys of every store', look: ownKeys },
  { id: 'P7', promise: 'Data is pseudonymised before it flows', shownBy: 'key policies', look: pseudonyms },
  {
    id: 'P8',
    promise: 'Aggregates suppress small groups',
    shownBy: byGateway,
    look: elsewhere('what a function computes is not in a template'),
  },
  {
    id: 'P9',
    promise: 'Every access passes the security gateway',
    shownBy: 'npx enclave prove',
    look: elsewhere('whether every other role is denied is a proof over all policies, not made here'),
  },
  {
    id: 'P10',
    promise: 'Every transfer out refers to a register entry',
    shownBy: 'flows and registers',
    look: everyExportRegistered,
  },
  {
    id: 'P11',
    promise: 'Only approved employees, for certain data',
    shownBy: byGateway,
    look: elsewhere('grants are made at run time'),
  },
  {
    id: 'P12',
    promise: 'Access from outside Europe only for listed reasons, audited',
    shownBy: byGateway,
    look: elsewhere('decisions are made, and recorded, at run time'),
  },
  {
    id: 'P13',
    promise: 'Transfers shrink over time',
    shownBy: 'npx enclave diff',
    look: elsewhere('one assembly shows no course over time'),
  },
  {
    id: 'P14',
    promise: 'Staff in named countries only; unknown is blocked',
    shownBy: byGateway,
    look: elsewhere('where a requester is, is known at run time'),
  },
  {
    id: 'P15',
    promise: 'An external European company supervises',
    shownBy: 'record of sites',
    look: independentAuditor,
  },
  {
    id: 'P16',
    promise: 'It inspects the code and every update',
    shownBy: 'functions of every template',
    look: signedCode,
  },
  {
    id: 'P17',
    promise: 'Migration comes in one way, and ends',
    shownBy: 'npx jest test/enclave',
    look: elsewhere('the end of a migration is checked when the app is synthesised'),
  },
  { id: 'P18', promise: 'Subjects’ data is stored in the EEA', shownBy: 'placement of every store', look: storedInEea },
  { id: 'P19', promise: 'Costs are allocated', shownBy: 'tags of every store', look: costTags },
  { id: 'P20', promise: 'No standing access, no wildcard use of keys', shownBy: 'key policies', look: noWildcardUse },
  {
    id: 'P21',
    promise: 'Commitments are listed with their state',
    shownBy: 'this document',
    look: () => met('this document lists them, those not shown included'),
  },
];

function operator({ enclave }: RegisterInput): Finding {
  if (!enclave) return notShown('the assembly carries no record of an operator');
  const { name, country } = enclave.operator;
  return findCountry(country)?.eea === true
    ? met(`${name}, ${country}, as the configuration names it`)
    : notShown(`contradicted: ${name} is of ${country}, which is not in the EEA`);
}
