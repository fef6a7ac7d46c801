/** The customer keys the templates declare, each property as far as the templates fix it. */
import type { Application, Resource, Template } from '../../template';
import { declaredAt } from '../declared';
import type { Declared } from '../declared';
import type { Subject } from '../model';

export const KEY_TYPE = 'AWS::KMS::Key';
const ALIAS_TYPE = 'AWS::KMS::Alias';
/** Types whose promise the claims of this folder cover. */
export const ATTESTED_TYPES: readonly string[] = [KEY_TYPE, ALIAS_TYPE];

/** KMS rotates yearly when no period is given (CloudFormation user guide, AWS::KMS::Key, RotationPeriodInDays). */
const DEFAULT_ROTATION_DAYS = 365;
const DEFAULT_SPEC = 'SYMMETRIC_DEFAULT';
const DEFAULT_USAGE = 'ENCRYPT_DECRYPT';

export interface KeyDeclaration {
  readonly subject: Subject;
  /** Names of aliases declared for the key, with the prefix `alias/`. */
  readonly aliases: readonly string[];
  /** Why some alias of the template could not be counted in; empty when all could. */
  readonly unreadAliases: readonly string[];
  /** False when a condition that is open at deployment decides whether the key exists. */
  readonly unconditional: boolean;
  readonly description: Declared;
  readonly tags: Declared;
  readonly policy: Declared;
  readonly spec: Declared;
  readonly usage: Declared;
  readonly enabled: Declared;
  readonly multiRegion: Declared;
  readonly origin: Declared;
  readonly rotation: Declared;
  readonly rotationDays: Declared;
}

/** Every key that may exist, in the order of the templates. */
export function keyDeclarations(application: Application): KeyDeclaration[] {
  return application
    .ofType(KEY_TYPE)
    .filter(({ mayExist }) => mayExist)
    .map(keyDeclaration);
}

/** What one key resource promises, with the aliases the application gives it. */
export function keyDeclaration(key: Resource): KeyDeclaration {
  const { application } = key.template;
  const aliases = application.ofType(ALIAS_TYPE).filter(({ mayExist }) => mayExist);
  return declarationOf(key, aliases, application);
}

function declarationOf(key: Resource, aliases: readonly Resource[], application: Application): KeyDeclaration {
  const own = aliasesOf(key, aliases, application);
  const first = own.names[0];
  const defaulted = (path: string, otherwise: string | boolean | number): Declared => {
    const declared = declaredAt(key, path);
    return declared.kind === 'absent' ? { kind: 'fixed', value: otherwise } : declared;
  };
  return {
    subject: {
      ...whereOf(key.template),
      logicalId: key.logicalId,
      type: KEY_TYPE,
      name: first ?? key.constructPath ?? key.logicalId,
    },
    aliases: own.names,
    unreadAliases: own.unread,
    unconditional: key.condition === undefined,
    description: defaulted('Description', ''),
    tags: declaredAt(key, 'Tags'),
    policy: declaredAt(key, 'KeyPolicy'),
    spec: defaulted('KeySpec', DEFAULT_SPEC),
    usage: defaulted('KeyUsage', DEFAULT_USAGE),
    enabled: defaulted('Enabled', true),
    multiRegion: defaulted('MultiRegion', false),
    origin: defaulted('Origin', 'AWS_KMS'),
    rotation: defaulted('EnableKeyRotation', false),
    rotationDays: defaulted('RotationPeriodInDays', DEFAULT_ROTATION_DAYS),
  };
}

/** Account, Region and stack of a template; what its environment leaves open is absent. */
function whereOf({ source }: Template): Pick<Subject, 'account' | 'region' | 'stack'> {
  return {
    ...(source.account === undefined ? {} : { account: source.account }),
    ...(source.region === undefined ? {} : { region: source.region }),
    stack: source.stackName,
  };
}

function aliasesOf(
  key: Resource,
  aliases: readonly Resource[],
  application: Application,
): { names: string[]; unread: string[] } {
  const names: string[] = [];
  const unread: string[] = [];
  for (const alias of aliases) {
    const targets = alias.at('TargetKeyId').flatMap(({ possible }) => possible);
    const mine = targets.filter(({ value }) => application.denoted(value, KEY_TYPE).includes(key));
    if (mine.length === 0) continue;
    const name = declaredAt(alias, 'AliasName');
    if (mine.length === targets.length && name.kind === 'fixed' && alias.condition === undefined)
      names.push(String(name.value));
    else unread.push(name.kind === 'open' ? name.why : `${alias.logicalId} is not this key's under every condition`);
  }
  return { names, unread };
}
