/** What runs beside the data: functions whose code is signed, stores whose costs are allocated. */
import type { Resource } from '../../../template';
import type { RegisterInput } from '../model';
import { nameOf } from '../../customer-keys';
import { storesOf } from '../stores';
import { met, notShown } from './finding';
import type { Finding } from './finding';

export function signedCode({ application }: RegisterInput): Finding {
  const functions = application.ofType('AWS::Lambda::Function');
  if (functions.length === 0) return notShown('there is no function whose code could be signed');
  const signed = functions.filter((one) => one.has('CodeSigningConfigArn') === 'always');
  return signed.length === functions.length
    ? met(`${functions.length} functions, each with a code signing configuration`)
    : notShown(
        `${functions.length - signed.length} of ${functions.length} functions have no code signing configuration, the first ${nameOf(functions.find((one) => !signed.includes(one))!)}`,
      );
}

/** Names of the tags, which most types take as a list and some as an object. */
function tagKeysOf(resource: Resource): readonly string[] {
  const listed = resource
    .at('Tags[].Key')
    .flatMap((leaf) => leaf.possible.flatMap(({ value }) => (value.kind === 'text' ? [value.text] : [])));
  const { Tags: tags } = (resource.raw['Properties'] ?? {}) as { readonly Tags?: unknown };
  return typeof tags === 'object' && tags !== null && !Array.isArray(tags) ? Object.keys(tags) : listed;
}

export function costTags(input: RegisterInput): Finding {
  const stores = storesOf(input).filter(({ resource }) => resource.has('Tags') !== 'never');
  if (stores.length === 0) return notShown('no store carries tags');
  const without = stores.filter(({ resource }) => !tagKeysOf(resource).some((key) => /cost/iu.test(key)));
  return without.length > 0
    ? notShown(`${without.length} of ${stores.length} tagged stores have no cost tag`)
    : met(`${stores.length} tagged stores, each with a cost tag`);
}
