import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { attestedText, isClean } from './world';
import type { Exercise } from './world';

/** A bucket is opened by hand; the attestation names it, the declaration has not changed; it is put right. */
export const incident: Exercise = {
  name: 'incident',
  notShown:
    'that the call is refused and becomes an incident (the emulator enforces no policy and delivers no event; docs/red-team.md plays both), and the approval of a break-glass session.',
  async run(world) {
    const [site] = world.enclave.sites;
    const client = new S3Client(await world.emulator.client(site!.account, site!.placement.region));
    const Bucket = `${world.enclave.name}-${site!.id}-media-${site!.account}`;
    const { Policy: declared } = await client.send(new GetBucketPolicyCommand({ Bucket }));
    const opened = JSON.parse(declared!) as { Statement: object[] };
    opened.Statement.push({
      Sid: 'Friend',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
    });
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(opened) }));
    const found = await world.attest();
    const diff = await world.command('diff', world.assembly, world.assembly);
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: declared! }));
    const clean = await world.attest();
    return [
      {
        what: 'a stranger let into a bucket by hand: the attestation names its policy and nothing else',
        seen: attestedText(found),
        holds: found.broken.length === 1 && / policy$/.test(found.broken[0]!) && found.unexpected.length === 0,
      },
      {
        what: 'the declaration has not changed, so the diff shows nothing: only the attestation tells',
        seen: diff.output.trim().split('\n').at(-1) ?? '',
        holds: diff.status === 0 && /residencyUnchanged/.test(diff.output),
      },
      { what: 'put right from the template: clean', seen: attestedText(clean), holds: isClean(clean) },
    ];
  },
};
