/**
 * Filter patterns of CloudWatch Logs over JSON, as far as the trail's filters use them: `=`, `!=`, `>`, `*`, `IS TRUE`,
 * `IS FALSE`, `NOT EXISTS`, `&&`, `||`, parentheses. What is not understood is an error.
 */

/** Whether a filter with this pattern counts the record. @throws Error when the pattern cannot be read */
export function counts(pattern: string, record: unknown): boolean {
  const tokens = [
    ...pattern.matchAll(/\s*(&&|\|\||[(){}]|!=|=|>|IS TRUE|IS FALSE|NOT EXISTS|\$[\w.]+|"[^"]*"|\d+)\s*|(\S)/g),
  ].map((m) => {
    if (m[2] !== undefined) throw new Error(`cannot read "${m[2]}" of ${pattern}`);
    return m[1]!;
  });
  let next = 0;
  const take = (wanted?: string): string => {
    const token = tokens[next++];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`${wanted ?? 'more'} expected, ${token ?? 'nothing'} seen in ${pattern}`);
    return token;
  };
  const either = (): boolean => {
    let holds = both();
    while (tokens[next] === '||') {
      take();
      const right = both();
      holds = holds || right;
    }
    return holds;
  };
  const both = (): boolean => {
    let holds = one();
    while (tokens[next] === '&&') {
      take();
      const right = one();
      holds = holds && right;
    }
    return holds;
  };
  const one = (): boolean => {
    if (tokens[next] !== '(') {
      const value = valueAt(take(), record);
      const operator = take();
      return UNARY[operator]?.(value) ?? comparison(operator, take(), value);
    }
    take('(');
    const holds = either();
    take(')');
    return holds;
  };
  take('{');
  const holds = either();
  take('}');
  if (next !== tokens.length) throw new Error(`more than a pattern: ${pattern}`);
  return holds;
}

const UNARY: Readonly<Record<string, (value: unknown) => boolean>> = {
  'IS TRUE': (value) => value === true,
  'IS FALSE': (value) => value === false,
  'NOT EXISTS': (value) => value === undefined,
};

function valueAt(field: string, record: unknown): unknown {
  if (!field.startsWith('$.')) throw new Error(`${field} is no field`);
  return field
    .slice(2)
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], record);
}

function comparison(operator: string, written: string, value: unknown): boolean {
  // A field that is absent fits no comparison, `!=` included.
  if (value === undefined) return false;
  const wanted = written.startsWith('"') ? written.slice(1, -1) : Number(written);
  if (operator === '>') return typeof value === 'number' && value > Number(wanted);
  const equal = wanted === '*' || value === wanted;
  return operator === '=' ? equal : !equal;
}
