/** Actions that open a channel by call, and how far each of them reaches when a policy allows it. */
import { actionServices, actionsOf, byAction, row, serviceOfAction } from '../../catalogue';
import type { ActionRef, ActionVerdict } from '../../catalogue';

/**
 * How far an action carries data.
 * `anywhere`: its parameters name the destination, so a Resource binds only where the data comes from.
 * `resource`: it delivers to the resource it is allowed on, so the Region of that ARN is the destination.
 * `posture`: it runs code or opens a network that other rules judge; by itself it moves nothing.
 */
export type Reach = 'anywhere' | 'resource' | 'posture';

export interface Mover {
  readonly action: string;
  readonly ref?: ActionRef;
  readonly reach: Reach;
  /** True when all it opens is a network. */
  readonly opensNetwork: boolean;
}

/**
 * Deliver a payload to the resource in their `Resource` element, per the service authorization reference of each service,
 * beside those whose row says that they are authorised where the data goes.
 */
const DELIVERS = new Set([
  'bedrock:invokemodel',
  'events:putevents',
  'lambda:invokefunction',
  'rds-data:executestatement',
  'ssm:putparameter',
]);

/**
 * Hand out roles, replace code or wire up listeners of the same Region. What the code then does is bounded by its own role
 * and network, which are judged; a bucket notifies only topics, queues and functions of its own Region, and a resource
 * policy of CloudWatch Logs admits services that write.
 */
const RUNS = new Set([
  'iam:passrole',
  'cloudformation:createstack',
  'ec2:allocateaddress',
  'ec2:createlaunchtemplate',
  'ec2:createlaunchtemplateversion',
  'ec2:createvolume',
  'ec2:runinstances',
  'ecs:createservice',
  'ecs:executecommand',
  'ecs:registertaskdefinition',
  'ecs:updateservice',
  'elasticloadbalancing:createlistener',
  'elasticloadbalancing:createrule',
  'elasticloadbalancing:registertargets',
  'lambda:createfunction',
  'lambda:publishlayerversion',
  'lambda:updatefunctioncode',
  'lambda:updatefunctionconfiguration',
  'logs:putresourcepolicy',
  's3:putbucketnotification',
  'secretsmanager:rotatesecret',
  'servicediscovery:registerinstance',
  'states:createstatemachine',
  'states:updatestatemachine',
]);

/** Doors of a network to the internet. Peerings, VPNs and mirrors name another network and reach anywhere. */
const OPENS_OWN_NETWORK = new Set([
  'ec2:associateaddress',
  'ec2:attachinternetgateway',
  'ec2:authorizesecuritygroupegress',
  'ec2:authorizesecuritygroupingress',
  'ec2:createegressonlyinternetgateway',
  'ec2:createinternetgateway',
  'ec2:createnatgateway',
  'ec2:createnetworkinterface',
  'ec2:createroute',
  'ec2:createvpcendpoint',
  'ec2:modifysubnetattribute',
  'ec2:replaceroute',
]);

/** By service. The rows of a service are read when one of its actions is first written: few policies name more than a dozen. */
const byService = new Map<string, readonly Mover[]>();
const matching = new Map<string, readonly Mover[]>();

/** Every action of the catalogue that opens a channel, sorted by name. */
export function allMovers(): readonly Mover[] {
  return actionServices().flatMap(moversIn).sort(byAction);
}

function moversIn(service: string): readonly Mover[] {
  const known = byService.get(service);
  if (known) return known;
  const movers = actionsOf(service)
    .filter(({ verdict }) => verdict === 'channel')
    .map(moverOf);
  byService.set(service, movers);
  return movers;
}

function moverOf({ action, row: slug }: ActionVerdict): Mover {
  const opens = slug ? row(slug) : undefined;
  const permission = opens?.defences.permission;
  const ref =
    permission && 'actions' in permission
      ? permission.actions.find((candidate) => candidate.action.toLowerCase() === action.toLowerCase())
      : undefined;
  return {
    action,
    ...(ref ? { ref } : {}),
    reach: reachOf(action.toLowerCase(), ref),
    opensNetwork: opens?.type.startsWith('AWS::EC2::') === true && ['network-path', 'exposure'].includes(opens.channel),
  };
}

function reachOf(action: string, ref: ActionRef | undefined): Reach {
  if (RUNS.has(action) || OPENS_OWN_NETWORK.has(action)) return 'posture';
  return DELIVERS.has(action) || ref?.authorisedIn === 'destination' ? 'resource' : 'anywhere';
}

/** Movers a written action (wildcards included) allows. */
export function moversOf(written: string): readonly Mover[] {
  const known = matching.get(written);
  if (known) return known;
  const service = serviceOfAction(written);
  const isOneService = service !== '' && !/[*?]/.test(service);
  const candidates = isOneService ? moversIn(service) : allMovers();
  const fits = namesAsWritten(written);
  const found = candidates.filter(({ action }) => fits(action));
  matching.set(written, found);
  return found;
}

/** Tells the names that a written action stands for. Few have a wildcard, and to make an expression of each takes long. */
function namesAsWritten(written: string): (action: string) => boolean {
  if (!/[*?]/.test(written)) {
    const name = written.toLowerCase();
    return (action) => action.toLowerCase() === name;
  }
  const pattern = new RegExp(
    `^${written
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    'i',
  );
  return (action) => pattern.test(action);
}
