/** What reviewers see when somebody changes the shop: the verdict word and the rows, scenario by scenario. */
import type { Transfer, Waiver } from '../../lib/residency';
import type { Json } from '../../lib/template';
import { OURS } from '../residency/court';
import {
  ADMINISTRATION,
  FRANKFURT,
  LONDON,
  NEVER_ABROAD,
  OWN_BUCKETS_ONLY,
  READS_ORDERS,
  SHOP,
  bucket,
  endpoint,
  key,
  permissions,
  replicatingTo,
  resource,
  shop,
} from './shop';
import { compare, lines, side } from './sides';

const SHOP_BEFORE = side(shop());
const orders = (SHOP['Orders'] as { Properties: { [name: string]: Json } }).Properties;
const ordersWith = (more: { readonly [name: string]: Json }): Json =>
  resource('AWS::S3::Bucket', { ...orders, ...more });

describe('a reviewer adds stores', () => {
  test('a bucket with a class in Dublin changes nothing about where data can go, and is named', () => {
    const difference = compare(SHOP_BEFORE, side(shop({ Returns: bucket('shop-returns', 'restricted') })));
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(lines(difference)).toEqual(['neutral stores appeared shop/Returns']);
  });
  test('a bucket without a class is named as one that carries none', () => {
    const difference = compare(SHOP_BEFORE, side(shop({ Returns: bucket('shop-returns', undefined) })));
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(difference.rows).toMatchObject([
      {
        section: 'stores',
        class: 'restricted',
        after: 'not classified, treated as restricted',
        why: 'it stands in eu-west-1 (Ireland) and carries no data class',
      },
    ]);
  });
  test('a bucket in London widens', () => {
    const difference = compare(SHOP_BEFORE, side([shop(), LONDON]));
    expect(difference.verdict).toBe('residencyWidened');
    expect(lines(difference)).toEqual(['widens flows appeared london/Copy', 'neutral stores appeared london/Copy']);
  });
  test('a bucket that is removed is named, and nothing was opened', () => {
    const difference = compare(SHOP_BEFORE, side(shop({ Figures: undefined })));
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(lines(difference)).toEqual(['neutral stores gone shop/Figures']);
  });
});

describe('a reviewer adds replication', () => {
  const toFrankfurt = side([shop({ Orders: ordersWith(replicatingTo('orders-copy-frankfurt')) }), FRANKFURT]);
  const toLondon = side([
    shop({ Orders: ordersWith(replicatingTo('orders-copy-london')) }),
    FRANKFURT,
    { ...LONDON, resources: { Copy: bucket('orders-copy-london', 'restricted') } },
  ]);
  test('to Frankfurt: a new flow inside the EEA, shown and not a widening', () => {
    const difference = compare(side([shop(), FRANKFURT]), toFrankfurt);
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(difference.rows).toMatchObject([
      { section: 'flows', change: 'appeared', effect: 'neutral', subject: 'shop/Orders', channel: 'replication' },
    ]);
    expect(difference.rows[0]!.after).toContain('Germany');
  });
  test('to London: residencyWidened, with the flow, the reason and what to do', () => {
    const difference = compare(side([shop(), FRANKFURT, LONDON]), toLondon);
    expect(difference).toMatchObject({ verdict: 'residencyWidened', uncovered: 1 });
    expect(difference.rows).toMatchObject([
      { effect: 'widens', change: 'appeared', subject: 'shop/Orders', class: 'restricted', channel: 'replication' },
    ]);
    expect(difference.rows[0]!.why).toContain('United Kingdom');
    expect(difference.rows[0]!.remedy).not.toBe('');
  });
  test('turned from Frankfurt to London: one row that says from where to where', () => {
    const before = side([shop({ Orders: ordersWith(replicatingTo('orders-copy-frankfurt')) }), FRANKFURT, LONDON]);
    const difference = compare(before, toLondon);
    expect(lines(difference)).toEqual(['widens flows changed shop/Orders']);
    expect(difference.rows[0]!.before).toContain('Germany');
    expect(difference.rows[0]!.after).toContain('United Kingdom');
  });
  test('taken back from London: residencyNarrowed', () => {
    const difference = compare(toLondon, side([shop(), FRANKFURT, LONDON]));
    expect(difference).toMatchObject({ verdict: 'residencyNarrowed', uncovered: 0 });
    expect(lines(difference)).toEqual(['narrows flows gone shop/Orders']);
  });
});

describe('a reviewer edits policies', () => {
  test('a loosened endpoint policy widens, with a request that is allowed now', () => {
    const { Condition: _, ...unbound } = OWN_BUCKETS_ONLY as { [name: string]: Json };
    const difference = compare(SHOP_BEFORE, side(shop({ Endpoint: endpoint(unbound) })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.rows).toMatchObject([
      {
        effect: 'widens',
        section: 'policies',
        subject: 'shop/Endpoint (endpoint policy)',
        sample: { principal: '*', action: 's3:GetObject', resource: 'arn:aws:s3:::shop-orders/' },
      },
    ]);
  });
  test('a tightened endpoint policy narrows', () => {
    const exact = { ...(OWN_BUCKETS_ONLY as object), Resource: 'arn:aws:s3:::shop-orders/in/*' } as Json;
    const difference = compare(SHOP_BEFORE, side(shop({ Endpoint: endpoint(exact) })));
    expect(difference.verdict).toBe('residencyNarrowed');
    expect(lines(difference)).toEqual(['narrows policies changed shop/Endpoint (endpoint policy)']);
  });
  test('a deleted statement of a key policy that denies widens', () => {
    const difference = compare(SHOP_BEFORE, side(shop({ Key: key(ADMINISTRATION) })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.rows).toMatchObject([
      {
        section: 'keys',
        effect: 'widens',
        subject: 'shop/Key (resource policy)',
        after: 'no longer: Deny (NeverAbroad) kms:ReplicateKey to * on *',
      },
    ]);
  });
  test('a key policy that lets another account in widens twice: as a flow, and as a policy', () => {
    const stranger: Json = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    const difference = compare(SHOP_BEFORE, side(shop({ Key: key(ADMINISTRATION, NEVER_ABROAD, stranger) })));
    expect(lines(difference)).toEqual([
      'widens flows appeared shop/Key',
      'widens keys changed shop/Key (resource policy)',
    ]);
  });
  test('a statement split in two, reordered and renamed is the same statement', () => {
    const split: Json[] = ['kms:PutKeyPolicy', 'kms:DescribeKey'].map((action) => ({
      Effect: 'Allow',
      Principal: { AWS: OURS },
      Action: [action],
      Resource: ['*'],
    }));
    expect(compare(SHOP_BEFORE, side(shop({ Key: key(NEVER_ABROAD, ...split) })))).toMatchObject({
      verdict: 'residencyUnchanged',
      rows: [],
    });
  });
  test('denials written the other way round are proved the same: everything but these, and these allowed alone', () => {
    const excepted = (...statements: readonly Json[]) =>
      side(shop({ Endpoint: endpoint(OWN_BUCKETS_ONLY, ...statements) }));
    const deny = (rest: object): Json => ({ Effect: 'Deny', Principal: '*', Resource: '*', ...rest });
    // Of what the one allowance speaks of, both refuse nothing: neither comparison by statements can tell.
    const before = excepted(deny({ NotAction: ['s3:GetObject', 's3:PutObject'] }));
    const now = excepted(deny({ NotAction: 's3:GetObject' }));
    expect(compare(before, now)).toMatchObject({ verdict: 'residencyUnchanged', rows: [] });
    expect(compare(now, before)).toMatchObject({ verdict: 'residencyUnchanged', rows: [] });
  });
  test('a bound that is written on another key widens, with the request and the statement that refused it', () => {
    const bound = (key: string): Json => ({
      ...{ Sid: 'OnlyOurs', Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' },
      Condition: { StringNotEquals: { [key]: OURS } },
    });
    const [row] = compare(
      side(shop({ Key: key(ADMINISTRATION, bound('aws:PrincipalAccount')) })),
      side(shop({ Key: key(ADMINISTRATION, bound('kms:CallerAccount')) })),
    ).rows;
    expect(row).toMatchObject({ section: 'keys', effect: 'widens', subject: 'shop/Key (resource policy)' });
    expect(row!.why).toContain('OnlyOurs denied');
    expect(row!.sample!.when!.join()).toContain('kms:calleraccount 111122223333'.replace('111122223333', OURS));
  });
  test('two denials that one wider denial replaces narrow', () => {
    const deny = (Action: Json): Json => ({ Effect: 'Deny', Principal: '*', Action, Resource: '*' });
    const difference = compare(
      side(shop({ Key: key(ADMINISTRATION, deny('kms:ReplicateKey'), deny('kms:UpdatePrimaryRegion')) })),
      side(shop({ Key: key(ADMINISTRATION, deny(['kms:Replicate*', 'kms:UpdatePrimary*', 'kms:Synchronize*'])) })),
    );
    expect(difference.verdict).toBe('residencyNarrowed');
    expect(lines(difference)).toEqual(['narrows keys changed shop/Key (resource policy)']);
  });
  test('a worker that may now also write its own bucket moves nothing out, and is named', () => {
    const writes: Json = { Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Sub': '${Orders.Arn}/*' } };
    const difference = compare(SHOP_BEFORE, side(shop({ Work: permissions(READS_ORDERS, writes) })));
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(lines(difference)).toEqual(['neutral policies changed shop/Worker (permissions)']);
  });
  test('a worker that may now do anything anywhere widens', () => {
    const all: Json = { Effect: 'Allow', Action: '*', Resource: '*' };
    const difference = compare(SHOP_BEFORE, side(shop({ Work: permissions(READS_ORDERS, all) })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(lines(difference)).toContain('widens policies changed shop/Worker (permissions)');
  });
  test('a trust policy that lets everyone in widens', () => {
    const open = resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] },
    });
    const difference = compare(SHOP_BEFORE, side(shop({ Worker: open })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(lines(difference)).toContain('widens policies changed shop/Worker (trust policy)');
  });
});

describe('a reviewer changes a class', () => {
  const cls = (value: string): { readonly [name: string]: Json } => ({ Tags: [{ Key: 'data-class', Value: value }] });
  test('restricted to public widens', () => {
    const difference = compare(SHOP_BEFORE, side(shop({ Orders: ordersWith(cls('public')) })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.rows).toMatchObject([
      { section: 'stores', subject: 'shop/Orders', before: 'restricted', after: 'public' },
    ]);
  });
  test('aggregate to restricted narrows', () => {
    const difference = compare(SHOP_BEFORE, side(shop({ Figures: bucket('shop-figures', 'restricted') })));
    expect(difference.verdict).toBe('residencyNarrowed');
    expect(lines(difference)).toEqual(['narrows stores changed shop/Figures']);
  });
  test('a class stated for what was treated as that class already is neutral', () => {
    const before = side(shop({ Orders: ordersWith({ Tags: [] }) }));
    const difference = compare(before, SHOP_BEFORE);
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(lines(difference)).toEqual(['neutral stores changed shop/Orders']);
  });
});

describe('a reviewer changes keys', () => {
  test('a bucket without its customer key widens', () => {
    const { BucketEncryption: _, ...rest } = orders;
    const difference = compare(SHOP_BEFORE, side(shop({ Orders: resource('AWS::S3::Bucket', rest) })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.rows).toMatchObject([
      { section: 'keys', subject: 'shop/Orders', before: 'shop/Key', after: 'no customer key' },
    ]);
  });
  test('a key that becomes multi-Region widens', () => {
    const { Properties } = SHOP['Key'] as { Properties: { [name: string]: Json } };
    const difference = compare(
      SHOP_BEFORE,
      side(shop({ Key: resource('AWS::KMS::Key', { ...Properties, MultiRegion: true }) })),
    );
    expect(difference.verdict).toBe('residencyWidened');
    expect(lines(difference)).toContain('widens keys changed shop/Key');
  });
});

describe('a reviewer opens the network', () => {
  test('an internet gateway on a network that had none widens', () => {
    const difference = compare(
      SHOP_BEFORE,
      side(
        shop({
          Internet: resource('AWS::EC2::InternetGateway'),
          Attachment: resource('AWS::EC2::VPCGatewayAttachment', {
            VpcId: { Ref: 'Vpc' },
            InternetGatewayId: { Ref: 'Internet' },
          }),
        }),
      ),
    );
    expect(difference.verdict).toBe('residencyWidened');
    expect(lines(difference)).toContain('widens network appeared shop/Attachment');
  });
  test('a rule that lets the group reach everyone widens, and says which', () => {
    const rule = resource('AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    });
    const difference = compare(SHOP_BEFORE, side(shop({ Rule: rule })));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.rows).toMatchObject([
      { section: 'network', subject: 'shop/Group', after: 'egress to 0.0.0.0/0, protocol tcp 443' },
    ]);
  });
  test('the same rule written apart from its group is the same rule', () => {
    const { Properties } = SHOP['Group'] as { Properties: { [name: string]: Json } };
    const { SecurityGroupEgress: rules, ...group } = Properties;
    const difference = compare(
      SHOP_BEFORE,
      side(
        shop({
          Group: resource('AWS::EC2::SecurityGroup', group),
          Rule: resource('AWS::EC2::SecurityGroupEgress', {
            GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] },
            ...(rules as { [name: string]: Json }[])[0],
          }),
        }),
      ),
    );
    expect(difference.rows).toEqual([]);
  });
});

describe('a reviewer registers exceptions', () => {
  const abroad = [
    shop({ Figures: bucket('shop-figures', 'aggregate', replicatingTo('figures-copy')) }),
    { name: 'virginia', region: 'us-east-1', resources: { Copy: bucket('figures-copy', 'aggregate') } },
  ];
  const transfer = (destination: string, id: string, store = 'shop-figures'): Transfer => ({
    id,
    class: 'aggregate',
    store,
    destination,
    mechanism: 'standard-contractual-clauses',
    assessment: 'TIA-2026-14',
  });
  const transfers = [transfer('us-east-1', 'T-1'), transfer('us-east-1', 'T-2', 'figures-copy')];
  const waiverOf = (fingerprint: string, expires: string): Waiver => ({
    fingerprint,
    owner: 'Platform team',
    approver: 'Data protection officer',
    reason: 'until the contract ends',
    legalBasis: 'GDPR Article 46(2)(c)',
    expires,
  });

  test('a transfer with the flow it registers widens, covered, so that the gate lets it through', () => {
    const difference = compare(SHOP_BEFORE, side(abroad, { transfers }));
    expect(difference).toMatchObject({ verdict: 'residencyWidened', uncovered: 0 });
    expect(lines(difference)).toEqual(
      expect.arrayContaining(['~widens flows appeared shop/Figures', '~widens transfers appeared T-1']),
    );
  });
  test('the same flow without the transfer is not covered', () => {
    expect(compare(SHOP_BEFORE, side(abroad)).uncovered).toBeGreaterThan(0);
  });
  test('a transfer that is taken back from a flow that stays leaves the flow uncovered', () => {
    const difference = compare(side(abroad, { transfers }), side(abroad));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.uncovered).toBeGreaterThan(0);
    expect(lines(difference)).toContain('widens flows changed shop/Figures');
  });
  test('a waiver that ran out leaves its flow uncovered and says so', () => {
    const [finding] = side([shop(), LONDON]).judgement.findings;
    const then = side([shop(), LONDON], { waivers: [waiverOf(finding!.fingerprint, '2026-11-30')] });
    const later = side([shop(), LONDON], {
      waivers: [waiverOf(finding!.fingerprint, '2026-11-30')],
      now: new Date('2026-12-01T00:00:00Z'),
    });
    const difference = compare(then, later);
    expect(difference).toMatchObject({ verdict: 'residencyWidened', uncovered: 1 });
    expect(lines(difference)).toEqual([
      'widens flows changed london/Copy',
      expect.stringMatching(/^neutral waivers changed .*london\/Copy/),
    ]);
  });
  test('a waiver that is extended is a registered widening', () => {
    const [finding] = side([shop(), LONDON]).judgement.findings;
    const until = (day: string) => side([shop(), LONDON], { waivers: [waiverOf(finding!.fingerprint, day)] });
    const difference = compare(until('2026-12-31'), until('2027-12-31'));
    expect(difference).toMatchObject({ verdict: 'residencyWidened', uncovered: 0 });
    expect(lines(difference)).toContainEqual(expect.stringMatching(/^~widens waivers changed/));
    expect(compare(until('2027-12-31'), until('2026-12-31')).rows[0]).toMatchObject({
      section: 'waivers',
      effect: 'narrows',
    });
  });
  test('a widening that is no flow is accepted by the fingerprint of its row, and not by its owner alone', () => {
    const head = side(shop({ Key: key(ADMINISTRATION) }));
    const [row] = compare(SHOP_BEFORE, head).rows;
    const accepted = [waiverOf(row!.fingerprint, '2026-12-31')];
    expect(compare(SHOP_BEFORE, head, { accepted })).toMatchObject({ verdict: 'residencyWidened', uncovered: 0 });
    const self = [{ ...accepted[0]!, approver: 'Platform team' }];
    expect(compare(SHOP_BEFORE, head, { accepted: self }).uncovered).toBe(1);
  });
});

describe('a reviewer edits what stands beside the templates', () => {
  const matrix = (decision: string) => [
    { cell: 'EEA reads restricted', decision: 'allow, 2 approvals' },
    { cell: 'THIRD reads restricted', decision },
  ];
  test('Cedar that lets third countries read restricted data widens a cell of the matrix', () => {
    const difference = compare(side(shop(), { matrix: matrix('deny') }), side(shop(), { matrix: matrix('allow') }));
    expect(difference.verdict).toBe('residencyWidened');
    expect(difference.rows).toMatchObject([
      { section: 'matrix', subject: 'THIRD reads restricted', before: 'deny', after: 'allow' },
    ]);
  });
  test('Cedar that is only written otherwise changes no cell', () => {
    const [one, two] = [matrix('deny'), [...matrix('deny')].reverse()];
    expect(compare(side(shop(), { matrix: one }), side(shop(), { matrix: two })).rows).toEqual([]);
  });
  test('a matrix that went is a widening: nothing shows any more what is denied', () => {
    expect(compare(side(shop(), { matrix: matrix('deny') }), SHOP_BEFORE).verdict).toBe('residencyWidened');
  });
  test('a silenced rule is named; one about residency widens', () => {
    const silenced = (rule: string) =>
      side(shop(), { suppressions: [{ at: 'shop/Orders', rule, reason: 'quiet please' }] });
    expect(lines(compare(SHOP_BEFORE, silenced('AwsSolutions-S1')))).toEqual([
      'neutral suppressions appeared AwsSolutions-S1',
    ]);
    expect(compare(SHOP_BEFORE, silenced('Residency-s3-replication-bucket')).verdict).toBe('residencyWidened');
    expect(compare(silenced('Residency-s3-replication-bucket'), SHOP_BEFORE).verdict).toBe('residencyNarrowed');
  });
});

describe('a reviewer moves a stack', () => {
  const { BucketEncryption: _, ...plain } = orders;
  const small = (region: string) =>
    side({ name: 'shop', region, resources: { Orders: resource('AWS::S3::Bucket', plain) } });
  test('to Stockholm: the same store stands elsewhere in the EEA', () => {
    const difference = compare(small('eu-west-1'), small('eu-north-1'));
    expect(difference.verdict).toBe('residencyUnchanged');
    expect(difference.rows).toMatchObject([{ change: 'changed', effect: 'neutral', channel: 'placement' }]);
  });
  test('to London: residencyWidened', () => {
    expect(compare(small('eu-west-1'), small('eu-west-2')).verdict).toBe('residencyWidened');
  });
  test('to nowhere in particular: residencyWidened, because it could be anywhere', () => {
    const nowhere = side({
      name: 'shop',
      region: undefined,
      resources: { Orders: resource('AWS::S3::Bucket', plain) },
    });
    expect(compare(small('eu-west-1'), nowhere).verdict).toBe('residencyWidened');
  });
});
