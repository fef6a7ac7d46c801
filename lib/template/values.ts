/** Reading resolved values. */
import { compatible } from './assumptions';
import type { Possible, Resolved } from './model';

const SHOWN = 12;

/** The value as a reviewer reads it: `arn:aws:s3:::${Bucket}`, `${Table.StreamArn}`, `${?}` for what cannot be known. */
export function describe(value: Resolved): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'reference':
      return value.attribute === 'Ref'
        ? `\${${value.resource.logicalId}}`
        : `\${${value.resource.logicalId}.${value.attribute}}`;
    case 'unknown':
      return value.pseudo === undefined ? '${?}' : `\${${value.pseudo}}`;
    case 'pieces':
      return value.pieces.map(describe).join('');
    case 'list':
      return `[${value.items
        .slice(0, SHOWN)
        .map(({ possible }) =>
          possible
            .slice(0, SHOWN)
            .map((each) => describe(each.value))
            .join(' or '),
        )
        .join(', ')}${value.tail || value.items.length > SHOWN ? ', …' : ''}]`;
    case 'map':
      return `{${[...value.entries.keys()].slice(0, SHOWN).join(', ')}${value.open || value.entries.size > SHOWN ? ', …' : ''}}`;
  }
}

/** Whether two values can hold in the same deployment: no condition or parameter is decided both ways. */
export const consistent = (a: Pick<Possible, 'assuming'>, b: Pick<Possible, 'assuming'>): boolean =>
  compatible(a.assuming, b.assuming);

/** The text of a fully known scalar, else undefined. */
export const textOf = (value: Resolved): string | undefined => (value.kind === 'text' ? value.text : undefined);
