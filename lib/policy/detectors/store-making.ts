/**
 * Calls that make a store and that neither a row nor a reserved action names: event source → event name → what is made. A row
 * names what a template property opens; that a bucket stands at all opens nothing yet, but nobody declared it.
 */
export const STORE_MAKING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'backup.amazonaws.com': { CreateBackupVault: 'a vault of recovery points' },
  'ecr.amazonaws.com': { CreateRepository: 'a repository of images' },
  'events.amazonaws.com': { CreateArchive: 'an archive of events' },
  's3.amazonaws.com': { CreateBucket: 'a bucket' },
  'sns.amazonaws.com': { CreateTopic: 'a topic' },
};
