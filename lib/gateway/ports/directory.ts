/** The port to the directory of people: the only source of what a person is. */
import type { Person } from '../decision/facts';

export interface Directory {
  /** The person, or undefined when there is no such person. Throws when the directory cannot be read. */
  find(id: string): Promise<Person | undefined>;
}
