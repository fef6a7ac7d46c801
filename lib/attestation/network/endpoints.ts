/** VPC endpoints: to which service, from which network, and what their policy lets through. */
import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { claimThat, orDefault, samePolicy, sameSet, sameText, setOf, setWords, shown } from '../comparison';
import { inventoryOf } from '../service';
import type { Found, Kind } from '../service';
import { NETWORK_READS } from './network-reader';

interface FoundEndpoint extends Found {
  readonly item: VpcEndpoint;
}

export const ENDPOINTS: Kind<FoundEndpoint, VpcEndpoint> = {
  name: 'VPC endpoints',
  types: ['AWS::EC2::VPCEndpoint'],
  channels: ['vpc-endpoint-policy', 'vpc-endpoint-service', 'vpc-endpoint-service-region', 'vpc-endpoint-subnets'],
  undeclared: {
    why: 'no template declares this endpoint, and its policy lets through what it names',
    remedy: 'Delete it (ec2:DeleteVpcEndpoints), and find in CloudTrail who made it.',
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(NETWORK_READS.endpoints, {}, ({ VpcEndpoints }) => VpcEndpoints), (item) =>
      /^(deleted|deleting|rejected|failed|expired)$/iu.test(item.State ?? '')
        ? undefined
        : {
            id: item.VpcEndpointId ?? '',
            arn: item.VpcEndpointId ?? '',
            seen: `${item.ServiceName ?? '?'} in ${item.VpcId ?? '?'}`,
            ...(item.ServiceRegion === undefined ? {} : { reaches: [item.ServiceRegion] }),
            item,
          },
    ),
  evidence: ({ item }) => Promise.resolve(item),
  claims: (endpoint) => {
    const service = endpoint.at('ServiceName');
    const network = endpoint.at('VpcId');
    const region = orDefault(endpoint.at('ServiceRegion'), endpoint.subject.region ?? '');
    const policy = endpoint.at('PolicyDocument');
    const subnets = setOf(endpoint.at('SubnetIds'), (value) =>
      Array.isArray(value) ? value.map(String) : [String(value)],
    );
    return [
      claimThat('service', `${shown(service)} of ${shown(region)}`, (item: VpcEndpoint) => {
        const same = sameText(item.ServiceName, service, 'it leads to another service');
        return same.verdict === 'holds'
          ? sameText(item.ServiceRegion ?? endpoint.subject.region, region, 'it leads to another Region')
          : same;
      }),
      claimThat('network', shown(network), (item: VpcEndpoint) =>
        sameText(item.VpcId, network, 'it stands in another network'),
      ),
      claimThat('subnets', setWords(subnets, 'none'), (item: VpcEndpoint) =>
        sameSet(item.SubnetIds ?? [], subnets, 'none'),
      ),
      claimThat(
        'policy',
        policy.kind === 'absent' ? 'no policy of its own' : 'the endpoint policy of the template',
        (item: VpcEndpoint) => samePolicy(item.PolicyDocument, policy),
      ),
    ];
  },
};
