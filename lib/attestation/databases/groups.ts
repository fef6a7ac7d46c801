/** Groups that databases refer to: the subnets one may stand in, and the parameters that open or close its ways out. */
import type { DBSubnetGroup, Parameter } from '@aws-sdk/client-rds';
import { DECLARE_OR_DELETE, claimOnAnswer, claimThat, isMap, sameSet, setOf, setWords } from '../comparison';
import type { Answer } from '../model';
import { inventoryOf } from '../service';
import type { Found, Kind } from '../service';
import { DATABASE_READS } from './databases-reader';

interface FoundSubnetGroup extends Found {
  readonly item: DBSubnetGroup;
}

export const SUBNET_GROUPS: Kind<FoundSubnetGroup, DBSubnetGroup> = {
  name: 'subnet groups',
  types: ['AWS::RDS::DBSubnetGroup'],
  channels: ['rds-subnet-group'],
  undeclared: {
    why: 'no template declares this group, and a database can be moved into its subnets',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(DATABASE_READS.subnetGroups, {}, ({ DBSubnetGroups }) => DBSubnetGroups),
      (item) => ({
        id: item.DBSubnetGroupName ?? '',
        arn: item.DBSubnetGroupArn ?? item.DBSubnetGroupName ?? '',
        seen: `subnets of ${item.VpcId ?? '?'}`,
        item,
      }),
    ),
  evidence: ({ item }) => Promise.resolve(item),
  claims: (group) => {
    const subnets = setOf(group.at('SubnetIds'), (value) => (Array.isArray(value) ? value.map(String) : []));
    return [
      claimThat('subnets', setWords(subnets, 'no subnet'), ({ Subnets }) =>
        sameSet(
          (Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
          subnets,
          'no subnet',
        ),
      ),
    ];
  },
};

export const PARAMETER_GROUPS: Kind<Found, Answer<readonly Parameter[]>> = {
  name: 'parameter groups',
  types: ['AWS::RDS::DBParameterGroup'],
  channels: ['rds-instance-parameters'],
  undeclared: {
    why: 'no template declares this group, and parameters decide what a database lets in and out',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(DATABASE_READS.parameterGroups, {}, ({ DBParameterGroups }) => DBParameterGroups),
      ({ DBParameterGroupName: id, DBParameterGroupArn: arn, DBParameterGroupFamily: family }) =>
        id === undefined
          ? undefined
          : // AWS makes the defaults of every family, and nobody can change them.
            { id, arn: arn ?? id, seen: `parameters of ${family ?? '?'}`, derived: id.startsWith('default.') },
    ),
  evidence: ({ id: DBParameterGroupName }, { reading }) =>
    reading.list(DATABASE_READS.parameters, { DBParameterGroupName, Source: 'user' }, ({ Parameters }) => Parameters),
  claims: (group) => {
    const stated = setOf(group.at('Parameters'), (value) =>
      isMap(value) ? Object.entries(value).map(([name, each]) => `${name}=${String(each)}`) : [],
    );
    return [
      claimOnAnswer('parameters', setWords(stated, 'the defaults of its family'), (found: readonly Parameter[]) =>
        sameSet(
          found.map(({ ParameterName, ParameterValue }) => `${ParameterName ?? '?'}=${ParameterValue ?? ''}`),
          stated,
          'the defaults of its family',
        ),
      ),
    ];
  },
};
