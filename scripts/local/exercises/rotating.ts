import {
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { attestedText } from './world';
import type { Exercise } from './world';

/** Rotation of a key is switched off by hand; the attestation names it; it is put right. */
export const rotating: Exercise = {
  name: 'rotating',
  notShown:
    '`cdk deploy --revert-drift`, by which AWS would put it right (the emulator knows no such change set): the setting is put right by the call itself. No key rotates in the emulator, and no key was replaced.',
  async run(world) {
    const [site] = world.enclave.sites;
    const client = new KMSClient(await world.emulator.client(site!.account, site!.placement.region));
    const alias = `alias/${world.enclave.name}-${site!.id}/restricted/objects`;
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: alias }));
    const KeyId = KeyMetadata!.KeyId!;
    const rotates = async (): Promise<boolean> =>
      (await client.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled === true;
    await client.send(new DisableKeyRotationCommand({ KeyId }));
    const found = await world.attest();
    const again = await world.deploy(world.assembly, `${site!.id}-keys`);
    const after = await rotates();
    await client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 365 }));
    return [
      {
        what: 'rotation switched off by hand: the attestation names that key and nothing else',
        seen: attestedText(found),
        holds: found.broken.length === 1 && / rotation$/.test(found.broken[0]!) && found.unexpected.length === 0,
      },
      {
        what: 'deploying the same template again does not put it right: CloudFormation compares templates',
        seen: `${again.unchanged} stack without changes, rotation ${after ? 'on' : 'still off'}`,
        holds: again.unchanged === 1 && !after,
      },
      {
        what: 'put right by the call itself',
        seen: `rotation ${(await rotates()) ? 'on' : 'off'}`,
        holds: await rotates(),
      },
    ];
  },
};
