import { synthesise } from './synthesised';
import { readable } from './readable';
import { hintAtDiff } from './snapshot-hint';

const enclave = synthesise();

// When a snapshot differs: `npx enclave diff --base main` says what the difference means for residency; only then accept it
// with `npx jest -u`.
hintAtDiff();

describe('the synthesised enclave', () => {
  test('inventory: what stands where, by type, site and class', () => {
    const rows = new Map<string, number>();
    for (const [name, template] of enclave.templates) {
      for (const r of Object.values(
        template.toJSON()['Resources'] as Record<
          string,
          { Type: string; Properties?: { Tags?: { Key: string; Value: string }[] } }
        >,
      )) {
        const tag = (key: string): string =>
          (Array.isArray(r.Properties?.Tags) ? r.Properties.Tags : []).find((t) => t.Key === key)?.Value ?? '-';
        const key = `${r.Type.padEnd(58)} ${(/^[a-z]+-\d+/.exec(name)?.[0] ?? name).padEnd(9)} ${tag('data-class')}`;
        rows.set(key, (rows.get(key) ?? 0) + 1);
      }
    }
    expect(
      [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, n]) => `${key.padEnd(84)} ${n}`)
        .join('\n'),
    ).toMatchSnapshot();
  });

  test.each(['dub-1-backup-keys', 'dub-1-logs', 'dub-1-network', 'dub-1-replica-of-nordic-1', 'dub-1-stores'])(
    '%s',
    (name) => {
      expect(readable(enclave.templates.get(name)!)).toMatchSnapshot();
    },
  );

  // Key policies repeat; one key of each use shows them all, the rest is in the inventory.
  test.each([
    'restricted-objects',
    'restricted-tables',
    'restricted-database',
    'restricted-secrets',
    'restricted-replicas-of-nordic-1',
    'audit-logs',
    'restricted-pseudonyms',
  ])('dub-1-keys: %s', (key) => {
    const blocks = readable(enclave.templates.get('dub-1-keys')!).split(/\n(?=AWS::)/);
    const own = blocks.filter((block) => block.includes(`dub-1-keys/${key}/`));
    expect(own).toHaveLength(2);
    expect(own.join('\n')).toMatchSnapshot();
  });

  test('dub-1-gateway: roles, and what each may do', () => {
    const blocks = readable(enclave.templates.get('dub-1-gateway')!).split(/\n(?=AWS::)/);
    expect(blocks.filter((block) => block.startsWith('AWS::IAM::')).join('\n')).toMatchSnapshot();
  });

  test('every stack of another site is the stack of dub-1 with that site’s own names, account, Region, zones and partner', () => {
    // A site may have a third zone; nothing but its subnets follows from that.
    const normal = (site: string, partner: string, text: string): string =>
      text
        .replace(/^.*isolatedSubnet3.*\n/gm, '')
        .replace(/(from|to) (dub|nordic)\d\w+:/g, '$1 <group>:')
        .replaceAll(`replicasof${partner.replaceAll('-', '')}`, 'replicasof<partner>')
        .replaceAll(partner, '<partner>')
        .replaceAll(enclave.config.sites.find((s) => s.id === partner)!.account, '<partner account>')
        .replaceAll(enclave.config.sites.find((s) => s.id === site)!.cidr, '<range>')
        .replaceAll(site, '<site>')
        .replaceAll(enclave.config.sites.find((s) => s.id === site)!.account, '<account>')
        .replaceAll(enclave.config.sites.find((s) => s.id === site)!.placement.region, '<region>')
        .replaceAll(enclave.config.sites.find((s) => s.id === partner)!.placement.region, '<partner region>');
    const dub1 = (part: string): string =>
      normal('dub-1', 'nordic-1', readable(enclave.templates.get(`dub-1-${part}`)!));
    for (const part of ['backup-keys', 'logs', 'stores']) {
      expect(normal('dub-2', 'nordic-1', readable(enclave.templates.get(`dub-2-${part}`)!))).toBe(dub1(part));
      expect(normal('nordic-1', 'dub-1', readable(enclave.templates.get(`nordic-1-${part}`)!))).toBe(dub1(part));
    }
    expect(normal('nordic-1', 'dub-1', readable(enclave.templates.get('nordic-1-replica-of-dub-1')!))).toBe(
      dub1('replica-of-nordic-1'),
    );
    expect(normal('nordic-1', 'dub-2', readable(enclave.templates.get('nordic-1-replica-of-dub-2')!))).toBe(
      dub1('replica-of-nordic-1'),
    );
  });
});
