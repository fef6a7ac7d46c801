/**
 * Where a value leads: a reference, an ARN or a name becomes a place. An ARN that carries no Region is not "the same
 * Region"; a name nobody in the application declares is unknown unless it is registered.
 */
import type { Arn, Resolved, Resource, Template, Unknown } from '../template';
import { describe, parseArn, textOf } from '../template';
import { fullLabel, physicalNameOf } from './labels';
import type { Place } from './model';
import type { Opinion } from './opinion';
import { inside, outside, unknown, worstOpinion } from './opinion';
import { regionOpinion } from './places';
import type { Premises } from './premises';
import { isAccountId } from './premises';

export interface LocateOptions {
  /** The resource whose property holds the value. */
  readonly from: Resource;
  /** CloudFormation type a bare name stands for, when the property says so. */
  readonly type?: string;
  /**
   * What a bare name nobody declares means: `here` when the service looks it up only in its own Region and account,
   * `anywhere` when the name is global (a bucket).
   */
  readonly bareName: 'here' | 'anywhere';
}

/** Services whose ARNs have no Region because the resource exists once per account, and the data it holds is no store of ours. */
const IDENTITY_SERVICES = new Set(['iam', 'sts', 'organizations']);
/** Services whose resources stand at edge locations all over the world. */
const EDGE_SERVICES = new Set(['cloudfront', 'globalaccelerator']);

/** Judges where a resolved value leads. */
export function locate(value: Resolved, premises: Premises, options: LocateOptions): Opinion {
  switch (value.kind) {
    case 'unknown':
      return locateUnknown(value, premises, options.from);
    case 'reference':
      return locateResource(value.resource, premises, value.attribute);
    case 'list':
    case 'map':
      return unknown('a structure stands where a destination was expected', { value: describe(value) });
    default: {
      const arn = parseArn(value);
      return arn ? locateArn(value, arn, premises, options) : locateName(value, premises, options);
    }
  }
}

/** Where a resource of the application stands. What a custom resource answers at deployment is not known. */
export function locateResource(resource: Resource, premises: Premises, attribute = 'Ref'): Opinion {
  if (isCustom(resource.type) && attribute !== 'Ref')
    return unknown(`${fullLabel(resource)} answers it at deployment`, {
      value: physicalNameOf(resource) ?? fullLabel(resource),
    });
  if (resource.type === 'AWS::SSM::Parameter' && attribute === 'Value') {
    const values = resource.at('Value').flatMap((leaf) => leaf.possible);
    if (values.length > 0)
      return worstOpinion(values.map(({ value }) => locate(value, premises, { from: resource, bareName: 'anywhere' })));
  }
  return premises.standing(resource);
}

/** Types whose behaviour is code outside CloudFormation. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** Where something leads that is known only at deployment: where what it is made of, or looked up in, stands. */
export function locateUnknown(value: Unknown, premises: Premises, from: Resource): Opinion {
  if (value.from?.length)
    return worstOpinion(value.from.map((ref) => locateResource(ref.resource, premises, ref.attribute)));
  const standsHere = validatedHere(value);
  if (standsHere) {
    const home = premises.homeOf(standsHere);
    const words = describe(value);
    const because = `\`${words}\`, which CloudFormation accepts only from the Region of the stack: ${home.because}`;
    return { ...home, place: { ...home.place, value: words }, because };
  }
  if (value.zonesOf) return regionOpinion(value.zonesOf, from.template.source.account);
  return unknown(value.why, { value: describe(value) });
}

/** Parameter types whose values CloudFormation looks up in the Region the stack is deployed to, and refuses when they are not there. */
const LOOKED_UP =
  /^(?:List<)?AWS::EC2::(?:Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::(?:Id|GroupName)|Subnet::Id|Volume::Id|VPC::Id)>?$/;

/** The template in whose Region a parameter is validated; undefined for parameters of free text. */
function validatedHere({ parameter, template }: Unknown): Template | undefined {
  if (parameter === undefined || !template) return undefined;
  return LOOKED_UP.test(template.parameters.get(parameter)?.type ?? '') ? template : undefined;
}

function locateArn(value: Resolved, arn: Arn, premises: Premises, options: LocateOptions): Opinion {
  const words = describe(value);
  const registered = premises.externalStore(words);
  if (registered) return registeredOpinion(words, registered, premises);
  const service = textOf(arn.service);
  const region = textOf(arn.region);
  const account = textOf(arn.account);
  if (region === undefined) {
    const targets = premises.denoted(value, options.type);
    if (targets.length > 0) return worstOpinion(targets.map((target) => locateResource(target, premises)));
    if (arn.region.kind === 'reference') return locateResource(arn.region.resource, premises);
    const why = arn.region.kind === 'unknown' ? arn.region.why : 'its Region is put together at deployment';
    return unknown(`\`${words}\`: ${why}`, { value: words });
  }
  if (service === 'apigateway' && region !== '' && isServiceName(account))
    return integrationArn(words, region, arn, premises, options);
  if (region !== '') return regionalArn(words, region, arn, premises);
  if (service === 's3') return locateBucketArn(value, arn, premises, options);
  if (service !== undefined && EDGE_SERVICES.has(service))
    return outside({ kind: 'everyone', value: words }, `\`${words}\` stands at edge locations worldwide`);
  if (service !== undefined && IDENTITY_SERVICES.has(service)) {
    const held = account === undefined || account === '' ? undefined : custody(account, premises);
    const place: Place = { kind: 'account', value: words, ...(account && isAccountId(account) ? { account } : {}) };
    return held ? unknown(`\`${words}\`: ${held}`, place) : inside(place, `\`${words}\` belongs to an account of ours`);
  }
  const targets = premises.denoted(value, options.type);
  if (targets.length > 0) return worstOpinion(targets.map((target) => locateResource(target, premises)));
  return unknown(`the ARN \`${words}\` carries no Region`, { value: words });
}

function regionalArn(words: string, region: string, arn: Arn, premises: Premises): Opinion {
  const account = textOf(arn.account);
  const where = regionNamed(region, account || undefined);
  const place: Place = { ...where.place, value: words };
  const opinion: Opinion = { ...where, place, because: `\`${words}\` in ${where.because}` };
  if (opinion.verdict !== 'inside') return opinion;
  if (account === undefined)
    return arn.account.kind === 'unknown' && arn.account.pseudo === 'AWS::AccountId'
      ? opinion
      : unknown(`${opinion.because}, but its account is known only at deployment`, place);
  const held = account === '' ? undefined : custody(account, premises);
  return held ? unknown(`${opinion.because}, but ${held}`, { ...place }) : opinion;
}

const SERVICE_NAME = /^[a-z][a-z0-9.-]*$/;
const isServiceName = (account: string | undefined): boolean => account !== undefined && SERVICE_NAME.test(account);
const CALLED_FUNCTION = /functions\/(.+?)\/(?:invocations|response-streaming-invocations)$/;

/**
 * `arn:aws:apigateway:REGION:SERVICE:action/…|path/…`: what an API calls. The fifth section is the service called, in that
 * Region; a function is named in the path by an ARN of its own.
 */
function integrationArn(words: string, region: string, arn: Arn, premises: Premises, options: LocateOptions): Opinion {
  const where = regionNamed(region);
  const opinion: Opinion = {
    ...where,
    place: { ...where.place, value: words },
    because: `\`${words}\` in ${where.because}`,
  };
  if (textOf(arn.account) !== 'lambda') return opinion;
  const pieces = arn.resource.kind === 'pieces' ? arn.resource.pieces : [];
  const called = pieces.filter((piece) => piece.kind === 'reference');
  const literal = CALLED_FUNCTION.exec(describe(arn.resource))?.[1];
  const named: Resolved | undefined = literal?.includes('${') === false ? { kind: 'text', text: literal } : undefined;
  const functions = [
    ...called.map((piece) => locateResource(piece.resource, premises, piece.attribute)),
    ...(named ? [locate(named, premises, options)] : []),
  ];
  if (functions.length > 0) return worstOpinion([opinion, ...functions]);
  const open = pieces.filter((piece) => piece.kind === 'unknown');
  if (open.length === 0) return unknown(`${opinion.because}, but it names no function`, opinion.place);
  // Put together from the Region and account of this very stack, it is a function of ours.
  const given = open.find((piece) => piece.pseudo === undefined);
  return opinion.verdict === 'inside' && given ? unknown(`\`${words}\`: ${given.why}`, opinion.place) : opinion;
}

function regionNamed(region: string, account?: string): Opinion {
  return region.includes('*')
    ? unknown(`any Region ("${region}")`, { kind: 'region', value: region })
    : regionOpinion(region, account);
}

/** Why an account's custody is not ours, or undefined when it is. */
export function custody(account: string, premises: Premises): string | undefined {
  if (!isAccountId(account)) return account === 'aws' ? undefined : `the account "${account}" cannot be read`;
  return premises.isOurAccount(account) ? undefined : `account ${account} is not ours`;
}

function locateBucketArn(value: Resolved, arn: Arn, premises: Premises, options: LocateOptions): Opinion {
  const bucket = bucketOf(arn.resource);
  const targets = premises.denoted(bucket, 'AWS::S3::Bucket');
  if (targets.length > 0) return worstOpinion(targets.map((target) => locateResource(target, premises)));
  return locateName(bucket, premises, { ...options, type: 'AWS::S3::Bucket', bareName: 'anywhere' });
}

/** The bucket part of the resource section, without the object key. */
function bucketOf(resource: Arn['resource']): Resolved {
  if (resource.kind === 'text') return { kind: 'text', text: resource.text.split('/')[0]! };
  if (resource.kind !== 'pieces') return resource;
  const kept = [];
  for (const piece of resource.pieces) {
    if (piece.kind === 'text' && piece.text.includes('/')) {
      const before = piece.text.split('/')[0]!;
      if (before) kept.push({ kind: 'text' as const, text: before });
      break;
    }
    kept.push(piece);
  }
  return kept.length === 1 ? kept[0]! : { kind: 'pieces', pieces: kept };
}

function locateName(value: Resolved, premises: Premises, options: LocateOptions): Opinion {
  const words = describe(value);
  const registered = premises.externalStore(words);
  if (registered) return registeredOpinion(words, registered, premises);
  const targets = premises.denoted(value, options.type);
  const here = options.from.template.source;
  const near =
    options.bareName === 'here'
      ? targets.filter((target) => {
          const there = target.template.source;
          return there.region === here.region && (there.account === here.account || !there.account || !here.account);
        })
      : targets;
  if (near.length > 0) return worstOpinion(near.map((target) => locateResource(target, premises)));
  if (options.bareName === 'here' && value.kind === 'text') {
    const home = premises.home(options.from);
    return {
      ...home,
      place: { ...home.place, value: words },
      because: `\`${words}\` is looked up in the same Region: ${home.because}`,
    };
  }
  const open = value.kind === 'pieces' ? value.pieces.find((piece) => piece.kind === 'unknown') : undefined;
  return unknown(
    open?.kind === 'unknown'
      ? `\`${words}\`: ${open.why}`
      : `no judged template creates \`${words}\` and no register names its Region`,
    { value: words },
  );
}

function registeredOpinion(
  words: string,
  store: { readonly region: string; readonly account?: string | undefined },
  premises: Premises,
): Opinion {
  const where = regionOpinion(store.region, store.account);
  const opinion = {
    ...where,
    place: { ...where.place, value: words },
    because: `\`${words}\`, registered in ${where.because}`,
  };
  if (opinion.verdict !== 'inside' || !store.account) return opinion;
  const held = custody(store.account, premises);
  return held ? unknown(`${opinion.because}, but ${held}`, opinion.place) : opinion;
}
