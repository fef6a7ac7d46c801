/** Every service that is attested. Kept apart from the rest: it loads the SDK's clients. */
import { BACKUPS_SERVICE } from './backups/service';
import { BUCKETS_SERVICE } from './buckets/service';
import { DATABASES_SERVICE } from './databases/service';
import { EVENTS_SERVICE } from './events/service';
import { FILE_SYSTEMS_SERVICE } from './file-systems/service';
import { INVENTORY_SERVICE } from './inventory/service';
import { keysService } from './keys/service';
import { LOGS_SERVICE } from './logs/service';
import { NETWORK_SERVICE } from './network/service';
import { ORGANIZATION_SERVICE } from './organization/service';
import { QUEUES_SERVICE } from './queues/service';
import { REPOSITORIES_SERVICE } from './repositories/service';
import { SECRETS_SERVICE } from './secrets/service';
import type { Service } from './service';
import { STACK_SETS_SERVICE } from './stack-sets/service';
import { TABLES_SERVICE } from './tables/service';
import { TOPICS_SERVICE } from './topics/service';
import { WORKFLOWS_SERVICE } from './workflows/service';

export const SERVICES: readonly Service[] = [
  keysService(),
  BUCKETS_SERVICE,
  DATABASES_SERVICE,
  TABLES_SERVICE,
  SECRETS_SERVICE,
  BACKUPS_SERVICE,
  REPOSITORIES_SERVICE,
  FILE_SYSTEMS_SERVICE,
  LOGS_SERVICE,
  EVENTS_SERVICE,
  TOPICS_SERVICE,
  QUEUES_SERVICE,
  WORKFLOWS_SERVICE,
  STACK_SETS_SERVICE,
  NETWORK_SERVICE,
  ORGANIZATION_SERVICE,
  INVENTORY_SERVICE,
];
