/** Judges references: they have to lead to the application or the register, and where sites are given, to the same site. */
import { locate } from '../destination';
import type { Resource, Scalar } from '../../template';
import { describe } from '../../template';
import { closed, unknown } from '../opinion';
import { hostOpinion } from './host-allowlist';
import type { Evaluator } from './question';
import { flagArgument, isBesideThePoint, perValue } from './question';
import { bucketIn, SCHEME } from './s3-name';

export const sameSite: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const { premises, resource } = question;
    if (isBesideThePoint(question, stated))
      return closed(premises.home(resource).place, `"${describe(value)}" names no resource here`);
    if (flagArgument(question, 'packaged') && isPackaged(value))
      return closed(premises.home(resource).place, `${describe(value)} is packaged and uploaded for this very stack`);
    if (isBootstrapAsset(describe(value), resource))
      return closed(
        premises.home(resource).place,
        'an asset of this application, read from the bootstrap bucket or repository of this place',
      );
    if (
      /^[^/:]+\.amazonaws\.(com|eu)(\.cn)?\//.test(describe(value)) &&
      (value.kind === 'text' || value.kind === 'pieces')
    ) {
      const registry = hostOpinion(value, premises, resource);
      return registry.verdict === 'inside' ? closed(registry.place, registry.because) : registry;
    }
    const place = SCHEME.test(describe(value)) ? bucketIn(value) : value;
    if (place !== value && isBootstrapAsset(describe(place), resource))
      return closed(premises.home(resource).place, 'an asset of this application, read from the bootstrap bucket');
    const where = locate(place, premises, { from: resource, bareName: 'anywhere' });
    if (where.verdict !== 'inside') return where;
    const { account, region } = resource.template.source;
    const own = premises.sitesAt(account, region);
    const there = premises.sitesAt(where.place.account ?? account, where.place.region ?? region);
    if (own && own.length > 0 && !there?.some((site) => own.some(({ siteId }) => siteId === site.siteId)))
      return unknown(`${where.because}, which is not of the same site`, where.place);
    return closed(where.place, where.because);
  });

/**
 * Code and files the CDK uploads for this very stack. They are read from there, so nothing leaves by them; what the code
 * may do is judged by its network and its permissions.
 */
function isBootstrapAsset(words: string, resource: Resource): boolean {
  const { account, region } = resource.template.source;
  const match = /^cdk-[a-z0-9]+-assets-(.+)$/.exec(words);
  if (!match) return false;
  const rest = match[1]!;
  return rest === `${account}-${region}` || /^(\$\{[^}]*\}|\d{12})-(\$\{[^}]*\})$/.test(rest);
}

/** The bucket the SAM command line makes for itself in the Region it deploys to. */
const SAM_BUCKET = /^s3:\/\/aws-sam-cli-managed-default-samclisourcebucket-[a-z0-9]+\//i;

/** A path on the disk of whoever packages the template, or the package in the bucket of the packaging command. */
function isPackaged(value: Scalar): boolean {
  if (value.kind !== 'text') return false;
  return SAM_BUCKET.test(value.text) || !/^[a-z][a-z0-9+.-]*:/i.test(value.text);
}
