import {
  CfnIdentityPool,
  CfnIdentityPoolRoleAttachment,
  OAuthScope,
  UserPool,
  UserPoolClientIdentityProvider,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { FederatedPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { dublin } from '../ordinary';
import type { OrdinaryApp } from '../ordinary';

export const application: OrdinaryApp = {
  name: 'identity-portal',
  what: 'user pool with hosted sign-in, groups and a trigger, identity pool with a role for uploads',
  build(app) {
    const stack = new Stack(app, 'Portal', { env: dublin });
    const uploads = new Bucket(stack, 'Uploads');
    const check = new Function(stack, 'PreSignUp', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async (event) => event;'),
    });
    const pool = new UserPool(stack, 'Pool', {
      signInAliases: { email: true },
      passwordPolicy: { minLength: 12 },
      lambdaTriggers: { preSignUp: check },
    });
    pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'portal-example' } });
    new UserPoolGroup(stack, 'Editors', { userPool: pool, groupName: 'editors' });
    const client = pool.addClient('Web', {
      generateSecret: false,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      oAuth: { scopes: [OAuthScope.OPENID, OAuthScope.EMAIL], callbackUrls: ['https://portal.example.com/signed-in'] },
    });
    const identities = new CfnIdentityPool(stack, 'Identities', {
      allowUnauthenticatedIdentities: false,
      cognitoIdentityProviders: [{ clientId: client.userPoolClientId, providerName: pool.userPoolProviderName }],
    });
    const role = new Role(stack, 'SignedIn', {
      assumedBy: new FederatedPrincipal(
        'cognito-identity.amazonaws.com',
        {
          StringEquals: { 'cognito-identity.amazonaws.com:aud': identities.ref },
          'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
        },
        'sts:AssumeRoleWithWebIdentity',
      ),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [uploads.arnForObjects('private/${cognito-identity.amazonaws.com:sub}/*')],
      }),
    );
    new CfnIdentityPoolRoleAttachment(stack, 'Roles', {
      identityPoolId: identities.ref,
      roles: { authenticated: role.roleArn },
    });
  },
};
