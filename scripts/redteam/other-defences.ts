/** What the other defences say of an attack: the detectors and the policies of an assembly, as they were synthesized. */
import { watchedEvents } from '../../lib/policy/detectors';
import { play } from '../../lib/proof/attacks';
import { attack as called } from '../../lib/proof/attacks/attack';
import { policiesAt } from '../proof/shipped';
import type { Attack } from './attack';
import type { OtherDefences } from './exercise';

/** Service → what its calls are about, in the words of the attack matrix. Every other call is about the account. */
const ABOUT: Readonly<Record<string, string>> = { s3: '{media}', kms: '{key}', dynamodb: '{table}' };

/** Calls that are made, and authorised, in the Region where the copy would stand. */
const MADE_ABROAD: ReadonlySet<string> = new Set([
  's3:CreateBucket',
  'sqs:CreateQueue',
  'rds:CopyDBSnapshot',
  'rds:CreateDBInstanceReadReplica',
  'rds:StartDBInstanceAutomatedBackupsReplication',
  'backup:CreateBackupVault',
  'elasticfilesystem:CreateFileSystem',
]);

/** @param assembly a cdk.out folder of the enclave, its perimeter and its oversight included */
export function otherDefences(assembly: string): OtherDefences {
  const policies = policiesAt(assembly);
  const watched = new Set(watchedEvents().map(({ source, name }) => `${source} ${name}`));
  return {
    detected: ({ eventSource, eventName }) => (watched.has(`${eventSource} ${eventName}`) ? 'yes' : 'no'),
    prevented: (attack) => (refused(policies, attack) ? 'yes' : 'no'),
  };
}

/** Whether an administrator of the site's account, to whom every identity policy allows everything, is refused the call. */
function refused(policies: ReturnType<typeof policiesAt>, { action, what }: Attack): boolean {
  const [service = ''] = action.split(':');
  const from = MADE_ABROAD.has(action) ? 'abroad' : 'internet';
  const about = MADE_ABROAD.has(action) ? '*' : (ABOUT[service] ?? '*');
  const [[, outcome] = []] = play(policies, [called('red-team', 'deny', what, '{admin}', action, about, from)]);
  return outcome?.kind === 'decided' && outcome.decision === 'deny';
}
