/** Functions over lists: `Fn::Select`, `Fn::Length`, `Fn::Cidr`, `Fn::GetAZs`. */
import type { Alternatives, Value } from '../alternatives';
import { ABSENT, alternative, cannotTell, certain, combine, combineThen, then } from '../alternatives';
import type { Json, List, Slot } from '../model';
import { text, unknown } from '../scalar';
import type { Scope } from '../scope';
import { listOf } from '../structure';

const alternativesOf = (slot: Slot): Alternatives =>
  slot.optional ? [...slot.possible, ...slot.absentWhen.map((when) => alternative(ABSENT, [], when))] : slot.possible;

/** A value for every consistent choice of the items of a list; `AWS::NoValue` items come as absent. */
export const itemRows = (list: List, build: (items: readonly Value[]) => Value): Alternatives =>
  combine(list.items.map(alternativesOf), build);

export function select(operand: Json, scope: Scope): Alternatives {
  if (!Array.isArray(operand) || operand.length !== 2) return cannotTell('Fn::Select without an index and a list');
  return combineThen([scope.evaluate(operand[0]!), scope.evaluate(operand[1]!)], ([index, list]) => {
    if (list?.kind === 'unknown') return certain(list);
    if (list?.kind === 'reference')
      return cannotTell('an item of a list that is only known at deployment', { from: [list] });
    if (list?.kind !== 'list') return cannotTell('Fn::Select from something that is not a list');
    const position = index?.kind === 'text' && /^\s*\d+\s*$/u.test(index.text) ? Number(index.text) : undefined;
    if (position === undefined)
      return index?.kind === 'text' ? cannotTell(`Fn::Select with index ${index.text}`) : anyItem(list);
    const { items } = list;
    if (items.some((slot) => slot.optional)) {
      return itemRows(list, (chosen) =>
        pick(
          chosen.filter((item) => item.kind !== 'absent'),
          position,
          list,
        ),
      );
    }
    const slot = items[position];
    return slot ? slot.possible : certain(pick([], position, list));
  });
}

const pick = (items: readonly Value[], position: number, list: List): Value =>
  items[position] ?? list.tail ?? unknown(`Fn::Select with index ${position} beyond the end of the list`);

const anyItem = (list: List): Alternatives => [
  ...list.items.flatMap((slot) => slot.possible),
  ...(list.tail || list.items.length === 0 ? certain(list.tail ?? unknown('Fn::Select from an empty list')) : []),
];

export const length = (operand: Json, scope: Scope): Alternatives =>
  then(scope.evaluate(operand), (list) => {
    if (list.kind !== 'list' || list.tail) return cannotTell('Fn::Length of a list that is not known');
    return itemRows(list, (items) => text(items.filter((item) => item.kind !== 'absent').length));
  });

/** Zones are named by account and Region; which ones is never in the template. */
export function getAZs(operand: Json, scope: Scope): Alternatives {
  return then(scope.evaluate(operand), (region): Alternatives => {
    if (region.kind === 'text' && region.text !== '') {
      return cannotTell(`zones of ${region.text} are listed at deployment`, { zonesOf: region.text });
    }
    const own = scope.template.source.region;
    if (region.kind === 'text' && own !== undefined)
      return cannotTell(`zones of ${own} are listed at deployment`, { zonesOf: own });
    return cannotTell('zones of a Region that is not known', { pseudo: 'AWS::Region', template: scope.template });
  });
}

/** Blocks of an IPv4 network; anything else is left to deployment. */
export function cidr(operand: Json, scope: Scope): Alternatives {
  if (!Array.isArray(operand) || operand.length < 2) return cannotTell('Fn::Cidr without a block and a count');
  return combine(
    operand.slice(0, 3).map((part) => scope.evaluate(part)),
    ([block, count, bits]) => {
      const network = block?.kind === 'text' ? /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/u.exec(block.text) : null;
      const blocks = count?.kind === 'text' ? Number(count.text) : NaN;
      const host = bits === undefined ? 8 : bits.kind === 'text' ? Number(bits.text) : NaN;
      const valid =
        network &&
        blocks >= 1 &&
        blocks <= 256 &&
        host >= 1 &&
        host <= 32 &&
        Number.isInteger(blocks) &&
        Number.isInteger(host);
      if (!valid) return unknown('address blocks that are computed at deployment');
      const [a, b, c, d] = network.slice(1).map(Number) as [number, number, number, number];
      const first = ((a * 256 + b) * 256 + c) * 256 + d;
      return listOf(
        Array.from({ length: blocks }, (_, index) => {
          const address = first + index * 2 ** host;
          return text(
            `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${32 - host}`,
          );
        }),
      );
    },
  );
}
