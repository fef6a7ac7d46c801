/** What Secrets Manager answers about secrets: it only reads, and never a value. */
import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { nextBy, readsOf } from '../read';

const secretsmanager = readsOf('secretsmanager', (settings) => new SecretsManagerClient(settings));

export const SECRET_READS = {
  secrets: secretsmanager(ListSecretsCommand, 'secretsmanager:ListSecrets', { next: nextBy('NextToken') }),
  secret: secretsmanager(DescribeSecretCommand, 'secretsmanager:DescribeSecret'),
  policy: secretsmanager(GetResourcePolicyCommand, 'secretsmanager:GetResourcePolicy'),
};
