/** `Fn::FindInMap`: the row where the keys are known, every row where they are not. */
import type { Alternatives } from '../alternatives';
import { because, cannotTell, combineThen } from '../alternatives';
import { assuming } from '../assumptions';
import type { Json } from '../model';
import { isObject, own } from '../scalar';
import type { Scope } from '../scope';
import type { Value } from '../alternatives';

export function findInMap(operand: Json, scope: Scope): Alternatives {
  if (!Array.isArray(operand) || operand.length < 3) return cannotTell('Fn::FindInMap without a mapping and two keys');
  const options = operand[3];
  const fallback = isObject(options) ? own(options, 'DefaultValue') : undefined;
  const otherwise = (why: string): Alternatives =>
    fallback === undefined ? cannotTell(why) : because(`${why}; its default`, scope.evaluate(fallback));

  return combineThen(
    operand.slice(0, 3).map((part) => scope.evaluate(part)),
    ([name, top, second]) => {
      if (name?.kind !== 'text') return cannotTell('Fn::FindInMap in a mapping that is only known at deployment');
      const mapping = isObject(scope.mappings) ? own(scope.mappings, name.text) : undefined;
      if (!isObject(mapping)) return otherwise(`mapping ${name.text} is not declared`);
      if (Object.hasOwn(mapping, 'Fn::Transform')) return cannotTell(`mapping ${name.text} is written by a macro`);
      const rows = rowsOf(mapping, top, `mapping ${name.text}, first key ${spell(operand[1]!)}`, scope);
      if (rows.length === 0)
        return otherwise(`mapping ${name.text} has no row ${top?.kind === 'text' ? top.text : ''}`);
      const found = rows.flatMap((row): Alternatives => {
        const cells = isObject(row.value)
          ? rowsOf(row.value, second, `mapping ${name.text}, second key ${spell(operand[2]!)}`, scope)
          : [];
        if (cells.length === 0)
          return narrowed(
            row.choice,
            otherwise(`mapping ${name.text} row ${row.key} has no ${second?.kind === 'text' ? second.text : 'entry'}`),
          );
        return cells.flatMap((cell) =>
          narrowed(
            row.choice,
            narrowed(
              cell.choice,
              because(`mapping ${name.text} row ${row.key}, ${cell.key}`, scope.evaluate(cell.value)),
            ),
          ),
        );
      });
      // An open key may also be one the mapping does not have: then the default applies.
      const open = top?.kind !== 'text' || second?.kind !== 'text';
      return open && fallback !== undefined ? [...found, ...otherwise(`mapping ${name.text} without the row`)] : found;
    },
  );
}

interface Row {
  readonly key: string;
  readonly value: Json;
  readonly choice: ReturnType<typeof assuming> | undefined;
}

/** The one row of a known key, or every row, each noted as a choice so that two look-ups by the same key agree. */
function rowsOf(
  table: { readonly [key: string]: Json },
  key: Value | undefined,
  words: string,
  scope: Scope,
): readonly Row[] {
  if (key?.kind === 'text') {
    const value = own(table, key.text);
    return value === undefined ? [] : [{ key: key.text, value, choice: undefined }];
  }
  return Object.keys(table).map((each) => ({
    key: each,
    value: table[each]!,
    choice: assuming(`${words}${scope.qualifier}`, each),
  }));
}

function narrowed(choice: Row['choice'], alternatives: Alternatives): Alternatives {
  if (!choice) return alternatives;
  return alternatives.map((each) => ({ ...each, assuming: new Map([...each.assuming, ...choice]) }));
}

const spell = (key: Json): string => {
  const spelled =
    typeof key === 'string' ? key : isObject(key) && typeof key['Ref'] === 'string' ? key['Ref'] : undefined;
  return spelled ?? JSON.stringify(key).slice(0, 200);
};
