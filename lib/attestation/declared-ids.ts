/** Physical ids of the declared resources of some types that stand in a place. */
import type { Context } from './service';

export const declaredIds = ({ application, deployment, place }: Context, ...types: readonly string[]): Set<string> =>
  new Set(
    types
      .flatMap((type) => application.ofType(type))
      .filter(({ template: { source } }) => source.account === place.account && source.region === place.region)
      .flatMap((resource) => {
        const id = deployment.idOf(resource);
        return id.kind === 'answer' && id.value !== undefined ? [id.value] : [];
      }),
  );
