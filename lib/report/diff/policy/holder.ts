/** Whom or what policies are about: a resource, or a target of organisation policies, which need not stand in a template. */
import { nameOf as subjectOf } from '../../customer-keys';
import type { Resource } from '../../../template';
import type { NameOf } from '../canonical';

export interface Holder {
  /** The same on both sides. */
  readonly id: string;
  /** As a reviewer knows it. */
  readonly subject: string;
  readonly type: string;
  /** Absent for a target of organisation policies. */
  readonly resource?: Resource;
  /** What its policies are called, where the kind of the document does not say. */
  readonly policies?: string;
}

export const itself = (resource: Resource, nameOf: NameOf): Holder => ({
  id: nameOf(resource),
  subject: subjectOf(resource),
  type: resource.type,
  resource,
});
