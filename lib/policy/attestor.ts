/**
 * The one role that may look where nothing of ours should be: it compares what runs with what was declared, in every Region
 * and of every service, so that what stands hidden abroad is found.
 *
 * The statements about Regions and services except it by its name; instead one statement denies it everything but reads of
 * settings, at home too. Contents are not among them, nor is anything that changes a thing.
 */
import { shortened } from './action-families';
import { deny } from './document';
import type { Statement } from './document';
import { attestorRole } from './roles';
import type { PerimeterSettings } from './settings';

/**
 * Reads of settings under one pattern: the quota of a document counts characters. A pattern may match reads of settings that
 * are not asked for, which the role's own policy does not allow; a test holds every public action that one matches against the
 * public list, so that none of them writes or reads contents.
 */
const READ_FAMILIES: readonly string[] = [
  'backup:GetBackup*',
  'backup:ListBackup*',
  'cloudformation:ListStack*',
  'dynamodb:Describe*',
  'dynamodb:List*',
  'ec2:Describe*s',
  'ecr:Describe*',
  'ecr:GetRe*Policy',
  'elasticfilesystem:Describe*',
  'events:List*',
  'kms:GetKey*',
  'kms:List*',
  'logs:Describe*',
  'organizations:Describe*',
  'organizations:List*',
  'rds:Describe*',
  's3:GetA*',
  's3:GetBucket*',
  's3:ListA*',
  'sns:ListSubscriptions*',
];

/** The attestor reads settings, and nothing else, wherever it looks. */
export const attestorDenial = (settings: Pick<PerimeterSettings, 'name' | 'partition' | 'attestorReads'>): Statement =>
  deny('OnlyReadsForTheAttestor', {
    NotAction: shortened(settings.attestorReads, READ_FAMILIES),
    Condition: { ArnLike: { 'aws:PrincipalArn': attestorRole(settings, '*') } },
  });
