/** The directory of people, in a table that only the personnel feed writes. */
import { personSchema } from '../decision/facts';
import type { Person } from '../decision/facts';
import type { Directory } from './directory';
import type { Kind, Ledger } from './ledger';

export const PERSON: Kind<Person> = { name: 'person', schema: personSchema };

export class LedgerDirectory implements Directory {
  constructor(private readonly people: Pick<Ledger, 'read'>) {}

  async find(id: string): Promise<Person | undefined> {
    return (await this.people.read(PERSON, id))?.document;
  }
}
