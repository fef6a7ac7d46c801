/** Attests EFS: where file systems are replicated to, who may mount them, and which nobody declares. */
import type {
  DescribeFileSystemPolicyCommandOutput,
  FileSystemDescription,
  ReplicationConfigurationDescription,
} from '@aws-sdk/client-efs';
import type { Json } from '../../template';
import {
  DECLARE_OR_DELETE,
  claimOn,
  claimThat,
  listOf,
  orDefault,
  policyClaim,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
  within,
} from '../comparison';
import { kindsService } from '../kinds';
import type { Answer, Claim } from '../model';
import { describePlace, reachedPlace } from '../places';
import { dataClassOf, inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { FILE_SYSTEM_READS } from './file-systems-reader';

interface FoundFileSystem extends Found {
  readonly item: FileSystemDescription;
}

interface FileSystemEvidence {
  readonly item: FileSystemDescription;
  readonly replications: Answer<readonly ReplicationConfigurationDescription[]>;
  readonly policy: Answer<DescribeFileSystemPolicyCommandOutput | undefined>;
}

const FILE_SYSTEMS: Kind<FoundFileSystem, FileSystemEvidence> = {
  name: 'file systems',
  types: ['AWS::EFS::FileSystem'],
  channels: ['efs-policy', 'efs-zone', 'efs-replication-file-system', 'efs-replication-key', 'efs-replication-region'],
  undeclared: {
    why: 'no template declares this file system, so nobody has judged who mounts it and where it is replicated to',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(await reading.list(FILE_SYSTEM_READS.fileSystems, {}, ({ FileSystems }) => FileSystems), (item) => ({
      id: item.FileSystemId ?? '',
      arn: item.FileSystemArn ?? item.FileSystemId ?? '',
      seen: `file system in ${item.AvailabilityZoneName ?? 'every zone of its Region'}`,
      ...dataClassOf(item.Tags),
      item,
    })),
  evidence: async ({ id: FileSystemId, item }, { reading }) => {
    const [replications, policy] = await Promise.all([
      reading.list(FILE_SYSTEM_READS.replication, { FileSystemId }, ({ Replications }) => Replications),
      reading.one(FILE_SYSTEM_READS.policy, { FileSystemId }),
    ]);
    return { item, replications, policy };
  },
  claims: fileSystemClaims,
};

function fileSystemClaims(fileSystem: DeclaredThing): Claim<FileSystemEvidence>[] {
  const key = fileSystem.at('KmsKeyId');
  const encrypted = orDefault(fileSystem.at('Encrypted'), false);
  const zone = orDefault(fileSystem.at('AvailabilityZoneName'), 'every zone');
  const policy = fileSystem.at('FileSystemPolicy');
  const replicas = setOf(fileSystem.at('ReplicationConfiguration.Destinations'), destinations);
  return [
    claimThat('encryption', key.kind === 'absent' ? shown(encrypted) : `under ${shown(key)}`, ({ item }) =>
      key.kind === 'absent'
        ? sameText(item.Encrypted, encrypted, 'it is not encrypted as declared')
        : sameText(item.KmsKeyId, key, 'it is encrypted under another key'),
    ),
    claimThat('zone', shown(zone), ({ item }) =>
      sameText(item.AvailabilityZoneName ?? 'every zone', zone, 'it stands in another zone'),
    ),
    claimOn(
      'replication',
      setWords(replicas, 'is replicated nowhere'),
      (evidence) => evidence.replications,
      (found) =>
        sameSet(
          found
            .filter(({ SourceFileSystemId }) => SourceFileSystemId === fileSystem.subject.name)
            .flatMap(({ Destinations }) => destinations((Destinations ?? []) as unknown as Json)),
          replicas,
          'no replica',
          'Delete the replication (elasticfilesystem:DeleteReplicationConfiguration) and the copy; find who made it.',
        ),
    ),
    policyClaim(
      'policy',
      policy,
      (evidence) => evidence.policy,
      (answer) => answer?.Policy,
    ),
  ];
}

const destinations = (value: Json): string[] =>
  listOf(value).map((each) => describePlace(reachedPlace(String(within(each, 'Region') ?? '?'))));

export const FILE_SYSTEMS_SERVICE = kindsService('file-systems', FILE_SYSTEM_READS, [FILE_SYSTEMS]);
