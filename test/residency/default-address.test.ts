/**
 * RDS gives an instance, or a Multi-AZ cluster, an address on the internet by itself when it stands in no subnet group, is in no cluster, and the
 * network of the account it then stands in has an internet gateway, which no template shows.
 */
import type { Json } from '../../lib/template';
import { NOTHING_REGISTERED, judge } from '../../lib/residency';
import { applicationOf } from '../../lib/template';

const absent: Json = { Ref: 'AWS::NoValue' };
const maybe = (value: Json): Json => ({ 'Fn::If': ['Open', value, absent] });

function verdicts(type: string, properties: { [name: string]: Json }): string[] {
  const template = {
    Parameters: { P: { Type: 'String' } },
    Conditions: { Open: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Resources: { Db: { Type: type, Properties: { Engine: 'postgres', ...properties } } },
  };
  const application = applicationOf([{ template, stackName: 'shop', region: 'eu-west-1', account: '111111111111' }], {
    partitionOf: () => 'aws',
  });
  return judge(application, { ...NOTHING_REGISTERED, now: new Date(0) })
    .flows.filter(({ channel }) => channel === 'exposure')
    .map(({ verdict }) => verdict);
}

test.each<[string, { [name: string]: Json }, string[]]>([
  ['says nothing and stands in no subnet group: unknown', {}, ['unknown']],
  ['may say false or nothing: unknown', { PubliclyAccessible: maybe(false) }, ['unknown']],
  ['may stand in a subnet group or not: unknown', { DBSubnetGroupName: maybe('g') }, ['unknown']],
  ['says false: nothing is exposed', { PubliclyAccessible: false }, []],
  ['stands in a subnet group: no flow', { DBSubnetGroupName: 'g' }, []],
  ['is a member of a cluster, as Aurora’s are: no flow', { DBClusterIdentifier: 'c' }, []],
])('an instance that %s', (_words, properties, expected) => {
  expect(verdicts('AWS::RDS::DBInstance', properties)).toEqual(expected);
});

const multiAz = { DBClusterInstanceClass: 'db.m6gd.large' };

test.each<[string, { [name: string]: Json }, string[]]>([
  ['has instances of its own, says nothing and stands in no subnet group: unknown', multiAz, ['unknown']],
  ['may have instances of its own: unknown', { DBClusterInstanceClass: maybe('db.m6gd.large') }, ['unknown']],
  ['may stand in a subnet group or not: unknown', { ...multiAz, DBSubnetGroupName: maybe('g') }, ['unknown']],
  ['has instances of its own and stands in a subnet group: no flow', { ...multiAz, DBSubnetGroupName: 'g' }, []],
  ['has instances of its own and says false: nothing is exposed', { ...multiAz, PubliclyAccessible: false }, []],
  ['has instances of its own and says true: outside', { ...multiAz, PubliclyAccessible: true }, ['outside']],
  ['is Aurora, where each instance says it: no flow', {}, []],
])('a cluster that %s', (_words, properties, expected) => {
  expect(verdicts('AWS::RDS::DBCluster', properties)).toEqual(expected);
});
