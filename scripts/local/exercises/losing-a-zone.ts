import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitments } from '../../../lib/enclave/commitments';
import type { Exercise, Shown, World } from './world';

interface Resources {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: Record<string, unknown> }>>;
}

/** What the templates say of the loss of one zone: nothing can be lost in the emulator. */
export const losingAZone: Exercise = {
  name: 'losing a zone',
  notShown:
    'a failover: the emulator has no zones that fail. That buckets and tables stand in three zones is what S3 Standard and DynamoDB say of themselves, not what a template declares.',
  run: async (world) => [
    ...world.enclave.sites.map(({ id }) => storesIn(world, id)),
    ...commitments(world.enclave, new Date().toISOString().slice(0, 10)).sites.map(({ site, zones, sharedZones }) => ({
      what: `${site} stands in two zones at least; who loses a zone with it is known`,
      seen: `${zones.join(', ')}${sharedZones.length ? `; shares ${sharedZones.map((s) => `${s.zone} with ${s.with}`).join(', ')}` : '; shares none'}`,
      holds: zones.length >= 2,
    })),
  ],
};

function storesIn({ assembly }: World, site: string): Shown {
  const { Resources } = JSON.parse(readFileSync(join(assembly, `${site}-stores.template.json`), 'utf8')) as Resources;
  const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
  const databases = ofType('AWS::RDS::DBInstance');
  const groups = ofType('AWS::RDS::DBSubnetGroup').map(({ Properties }) => (Properties['SubnetIds'] as []).length);
  const inTwo = databases.filter(({ Properties }) => Properties['MultiAZ'] === true).length;
  return {
    what: `${site}: every database has a standby in a second zone`,
    seen: `${inTwo} of ${databases.length} databases, subnets in ${groups.join(', ')} zones; ${ofType('AWS::S3::Bucket').length} buckets and ${ofType('AWS::DynamoDB::Table').length} table of Regional services`,
    holds: databases.length > 0 && inTwo === databases.length && groups.every((subnets) => subnets >= 2),
  };
}
