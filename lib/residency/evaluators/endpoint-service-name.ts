/** Judges the services a VPC endpoint leads to: the Region is in the name, and a service of someone else needs registering. */
import { findRegion } from '../../geo';
import { describe, textOf } from '../../template';
import type { Opinion } from '../opinion';
import { inside, unknown, worstOpinion } from '../opinion';
import { countryOpinion, normaliseCode, regionOpinion } from '../places';
import { locateResource } from '../destination';
import type { Evaluator } from './question';
import { argument, perValue, siblings } from './question';
import { regionOf } from './region-literal';

export const endpointServiceName: Evaluator = (question) =>
  perValue(question, (value, stated) => {
    const { premises, resource } = question;
    const words = describe(value);
    const home = premises.home(resource);
    const pattern = argument(question, 'region');
    const elsewhere = pattern
      ? siblings(question, pattern, stated).flatMap((region) =>
          region.value.kind === 'list' || region.value.kind === 'map' ? [] : regionOf(question, region.value),
        )
      : [];
    if (value.kind === 'reference')
      return worstOpinion([locateResource(value.resource, premises, value.attribute), ...elsewhere]);
    const labels = words.split('.');
    const named = labels.map(normaliseCode).find((label) => findRegion(label) !== undefined);
    const thirdParty = labels.includes('vpce');
    if (named === undefined) {
      const open =
        value.kind === 'unknown'
          ? value
          : value.kind === 'pieces'
            ? value.pieces.find((p) => p.kind === 'unknown')
            : undefined;
      if (
        textOf(value) !== undefined &&
        /^(com\.amazonaws|aws\.api|aws\.sagemaker)\./.test(words) &&
        !thirdParty &&
        !labels.includes('global')
      )
        return elsewhere.length > 0
          ? worstOpinion(elsewhere)
          : inside(home.place, `\`${words}\` is a service of AWS in the Region of the endpoint`);
      return unknown(open?.kind === 'unknown' ? open.why : `\`${words}\` names no Region`, { value: words });
    }
    const where = worstOpinion([regionOpinion(named), ...elsewhere]);
    const opinion: Opinion = {
      ...where,
      place: { ...where.place, value: words },
      because: `\`${words}\` in ${where.because}`,
    };
    if (!thirdParty || opinion.verdict !== 'inside') return opinion;
    const registered = premises.registeredHost(words);
    return registered
      ? countryOpinion(registered.country, { kind: 'host', value: words }, `\`${words}\` is registered`)
      : unknown(`${opinion.because} is an endpoint service of someone else and not registered`, opinion.place);
  });
