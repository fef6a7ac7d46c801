import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Enclave } from '../../../config/schema';
import { acknowledge } from '../acknowledge';
import document from './attestor-policy.json';

/** Actions of the questions, as the perimeter is told them: the role may use these in every Region, and no others. */
export const attestorActions = (): readonly string[] => document.Statement.flatMap(({ Action }) => Action);

/**
 * What an attestation may ask: the actions of its questions and nothing else, as `enclave attest --print-policy` prints them
 * (`attestor-policy.json`; a test holds one against the other). Reads settings, never contents.
 */
export class AttestorPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, { name }: Enclave) {
    super(scope, id, {
      managedPolicyName: 'attestor',
      path: `/${name}/`,
      description: 'The questions of the attestation, and the most its role can ever do',
      document: PolicyDocument.fromJson(document),
    });
    acknowledge(
      this,
      'AwsSolutions-IAM5[Resource::*]',
      'Reading how things are configured; what no template declares has no name to be listed by.',
    );
  }
}
