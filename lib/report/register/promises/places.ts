/** Where sites, stores and networks stand, and who operates them. */
import { findCountry } from '../../../geo';
import { nameOf } from '../../customer-keys';
import type { RegisterInput } from '../model';
import { storesOf } from '../stores';
import { met, notShown } from './finding';
import type { Finding } from './finding';

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

export function closedNetwork({ application }: RegisterInput): Finding {
  const found = WAYS_OUT.flatMap((type) => application.ofType(type));
  const networks = application.ofType('AWS::EC2::VPC').length;
  if (found.length > 0) return notShown(`contradicted: ${found.length} ways out, the first ${nameOf(found[0]!)}`);
  return networks > 0
    ? met(`${networks} networks, no gateway, peering, attachment, VPN or route in any template`)
    : notShown('no template has a network');
}

export function sitesAsPromised({ enclave }: RegisterInput): Finding {
  if (!enclave) return notShown('the assembly carries no record of sites');
  const standIns = enclave.sites.filter((site) => site.status !== 'met');
  const words = enclave.sites
    .map((site) => `${site.site}: committed ${site.committed}, actual ${site.actual}`)
    .join('; ');
  return standIns.length > 0 ? { status: 'stand-in', because: words } : met(words);
}

export function storesInSites(input: RegisterInput): Finding {
  const { enclave } = input;
  if (!enclave) return notShown('the assembly carries no record of sites');
  const accounts = new Set(enclave.sites.map(({ account }) => account));
  const all = storesOf(input);
  const elsewhere = all.filter(({ placement }) => !accounts.has(placement.store.account ?? ''));
  const astray = elsewhere.find(
    ({ placement: { store } }) => store.class !== 'audit' || store.account !== enclave.auditor.account,
  );
  if (astray) return notShown(`contradicted: ${nameOf(astray.resource)} stands in no account of a site`);
  const records = elsewhere.length > 0 ? `, and ${elsewhere.length} of records in the account of the auditor` : '';
  return met(`${all.length - elsewhere.length} stores in accounts of the ${enclave.sites.length} sites${records}`);
}

export function storedInEea(input: RegisterInput): Finding {
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

export function operator({ enclave }: RegisterInput): Finding {
  if (!enclave) return notShown('the assembly carries no record of an operator');
  const { name, country } = enclave.operator;
  return findCountry(country)?.eea === true
    ? met(`${name}, ${country}, as the configuration names it`)
    : notShown(`contradicted: ${name} is of ${country}, which is not in the EEA`);
}
