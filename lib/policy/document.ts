/** Policy documents as plain data: what IAM, Organizations, S3 and KMS accept as JSON. */

/** Operator → condition key → value or values, for example `{ StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } }`. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Absent in policies that apply to whoever they are attached to: SCPs and permission boundaries. */
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export const policyDocument = (statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** What a Deny statement is about, without the parts that are the same for all. */
export type Refusal = Omit<Statement, 'Sid' | 'Effect'>;

/** A Deny over every resource unless the refusal names some. */
export const deny = (sid: string, refusal: Refusal): Statement => ({
  Sid: sid,
  Effect: 'Deny',
  ...refusal,
  Resource: refusal.Resource ?? '*',
});

/** A Deny of a policy that names its principals (RCP, bucket or key policy): for everyone. */
export const denyEveryone = (sid: string, refusal: Omit<Refusal, 'Principal'>): Statement => ({
  Sid: sid,
  Effect: 'Deny',
  Principal: '*',
  ...refusal,
  Resource: refusal.Resource ?? '*',
});

/** Length of a document as the services count it: characters of the JSON without white space. */
export const minifiedLength = (document: object): number => JSON.stringify(document).length;
