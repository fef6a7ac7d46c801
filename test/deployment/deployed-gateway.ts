/** The gateway's functions as they stand in an emulator, and their code as it was uploaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../emulator/emulator';

export interface DeployedFunction {
  readonly Handler: string;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
}

/** The gateway's functions as Lambda has them. Asked without an SDK client, which nothing else needs; the emulator checks no signature. */
export async function deployedFunctions(
  emulator: Emulator,
  account: string,
  region: string,
): Promise<readonly DeployedFunction[]> {
  const { accessKeyId, sessionToken = '' } = await emulator.credentials(account);
  const scope = `${accessKeyId}/20261122/${region}/lambda/aws4_request`;
  const answer = await fetch(`${emulator.url}/2015-03-31/functions/`, {
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'x-amz-security-token': sessionToken,
    },
  });
  const { Functions } = (await answer.json()) as { Functions: readonly DeployedFunction[] };
  // Every handler of the bundle has a name of its own; the CDK's own functions are called `index.handler`.
  return Functions.filter(({ Handler }) => Handler.startsWith('index.') && Handler !== 'index.handler');
}

/** What the functions are told by their environments, all together. */
export const variablesOf = (functions: readonly DeployedFunction[]): Record<string, string> =>
  Object.assign({}, ...functions.map(({ Environment }) => Environment?.Variables ?? {})) as Record<string, string>;

/** Folder of the bundle of a site's functions in an assembly. */
export function bundleIn(assembly: string, site: string): string {
  const { Resources } = JSON.parse(readFileSync(join(assembly, `${site}-gateway.template.json`), 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string } } }>;
  };
  const { S3Key } = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function')!.Properties.Code;
  return join(assembly, `asset.${S3Key.replace(/\.zip$/, '')}`);
}
