/** Documents of Systems Manager, which say what is run on machines, and the accounts that they are shared with. */
import { DECLARE_OR_DELETE, REDEPLOY, claimOnAnswer } from '../comparison';
import { broken, holds } from '../model';
import type { Answer } from '../model';
import type { Context, Found, Inventory, Kind } from '../service';
import { INVENTORY_READS } from './inventory-reader';

interface FoundDocument extends Found {
  /** Account ids, or `all`. */
  readonly sharedWith: Answer<readonly string[]>;
}

/** No template can share a document: whoever it is shared with was named by a call. */
const SHARING = { slug: 'sharing', expected: 'is shared with no account' } as const;

const sharedWith = ({ reading }: Context, Name: string): Promise<Answer<readonly string[]>> =>
  reading.list(INVENTORY_READS.documentSharing, { Name, PermissionType: 'Share' }, ({ AccountIds }) => AccountIds);

export const DOCUMENTS: Kind<FoundDocument, Answer<readonly string[]>> = {
  name: 'documents',
  types: ['AWS::SSM::Document'],
  channels: ['ssm-document'],
  undeclared: {
    why: 'no template declares this document, which says what is run on machines',
    remedy: DECLARE_OR_DELETE,
  },
  list: async (context): Promise<Inventory<FoundDocument>> => {
    const own = await context.reading.list(
      INVENTORY_READS.documents,
      { Filters: [{ Key: 'Owner', Values: ['Self'] }] },
      ({ DocumentIdentifiers }) => DocumentIdentifiers,
    );
    if (own.kind === 'missing') return { found: [], gaps: [own] };
    const found = await Promise.all(
      own.value.flatMap(({ Name }) =>
        Name === undefined
          ? []
          : [
              sharedWith(context, Name).then((accounts) => ({
                id: Name,
                arn: Name,
                seen: sharingWords(accounts),
                sharedWith: accounts,
              })),
            ],
      ),
    );
    return { found, gaps: [] };
  },
  evidence: ({ sharedWith: accounts }) => Promise.resolve(accounts),
  claims: () => [
    claimOnAnswer(SHARING.slug, SHARING.expected, (accounts) =>
      accounts.length === 0
        ? holds('nobody')
        : broken(accounts.join(', '), 'accounts elsewhere read it and run what it says', REDEPLOY),
    ),
  ],
};

function sharingWords(accounts: Answer<readonly string[]>): string {
  if (accounts.kind === 'missing') return 'with whom it is shared was not seen';
  return accounts.value.length === 0 ? 'shared with nobody' : `shared with ${accounts.value.join(', ')}`;
}
