/** What Systems Manager runs on machines again and again, and where it writes what came of it. */
import type { AssociationDescription } from '@aws-sdk/client-ssm';
import {
  DECLARE_OR_DELETE,
  claimOnAnswer,
  isMap,
  listOf,
  orDefault,
  sameSet,
  sameText,
  setOf,
  setWords,
  shown,
} from '../comparison';
import type { Answer, Claim } from '../model';
import { inventoryOf } from '../service';
import type { DeclaredThing, Found, Kind } from '../service';
import { INVENTORY_READS } from './inventory-reader';

type AssociationEvidence = Answer<AssociationDescription | undefined>;

const NOWHERE = 'nowhere';

/** Names with their values, each pair one text. */
const pairs = (parameters: object): string[] =>
  Object.entries(parameters).map(
    ([name, value]) =>
      `${name}=${listOf(value as string[])
        .map(String)
        .join(' ')}`,
  );

export const ASSOCIATIONS: Kind<Found, AssociationEvidence> = {
  name: 'associations',
  types: ['AWS::SSM::Association'],
  channels: ['ssm-output-region', 'ssm-output-bucket', 'ssm-association-parameters', 'ssm-association-document'],
  undeclared: {
    why: 'no template declares this association, which runs a document on machines and writes its output away',
    remedy: DECLARE_OR_DELETE,
  },
  list: async ({ reading }) =>
    inventoryOf(
      await reading.list(INVENTORY_READS.associations, {}, ({ Associations }) => Associations),
      ({ AssociationId: id, Name }) => (id === undefined ? undefined : { id, arn: id, seen: `runs ${Name ?? '?'}` }),
    ),
  evidence: async ({ id: AssociationId }, { reading }) => {
    const answer = await reading.one(INVENTORY_READS.association, { AssociationId });
    return answer.kind === 'missing' ? answer : { kind: 'answer', value: answer.value?.AssociationDescription };
  },
  claims: associationClaims,
};

function associationClaims(association: DeclaredThing): Claim<AssociationEvidence>[] {
  const document = association.at('Name');
  const bucket = orDefault(association.at('OutputLocation.S3Location.OutputS3BucketName'), NOWHERE);
  const region = orDefault(association.at('OutputLocation.S3Location.OutputS3Region'), NOWHERE);
  const parameters = setOf(association.at('Parameters'), (value) => (isMap(value) ? pairs(value) : []));
  return [
    claimOnAnswer('document', `runs ${shown(document)}`, (found) =>
      sameText(found?.Name, document, 'it runs another document'),
    ),
    claimOnAnswer('output-bucket', `writes to ${shown(bucket)}`, (found) =>
      sameText(found?.OutputLocation?.S3Location?.OutputS3BucketName ?? NOWHERE, bucket, 'it writes elsewhere'),
    ),
    claimOnAnswer('output-region', `writes into ${shown(region)}`, (found) =>
      sameText(found?.OutputLocation?.S3Location?.OutputS3Region ?? NOWHERE, region, 'it writes into another Region'),
    ),
    claimOnAnswer('parameters', setWords(parameters, 'without parameters'), (found) =>
      sameSet(pairs(found?.Parameters ?? {}), parameters, 'without parameters'),
    ),
  ];
}
