/** A condition of a statement as a formula. An operator that is not known here refuses the proof. */
import { atomOf } from '../logic/atom';
import type { Comparison, Predicate, Quantifier } from '../logic/atom';
import { FALSE, TRUE, and, not, or, test } from '../logic/formula';
import type { Formula } from '../logic/formula';
import { arnPattern } from '../logic/glob';
import { rangeOf } from '../logic/ip-range';
import { isMultiValued } from '../logic/variables';
import type { ConditionTest } from '../policy/document';
import { ProofRefusal } from '../refusal';
import { arns, free, ignoringCase, literals, wildcards, present } from './tests';
import { hasVariable } from './policy-variable';

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  equals: '=',
  lessthan: '<',
  lessthanequals: '<=',
  greaterthan: '>',
  greaterthanequals: '>=',
};

interface Operator {
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
  readonly negated: boolean;
  /** Lower case, without set prefix, `Not` and `IfExists`. */
  readonly name: string;
}

function operatorOf(written: string): Operator {
  let name = written.toLowerCase();
  let quantifier: Quantifier = 'one';
  if (name.startsWith('foranyvalue:')) quantifier = 'some';
  if (name.startsWith('forallvalues:')) quantifier = 'every';
  name = name.replace(/^for(?:anyvalue|allvalues):/, '');
  const ifExists = name.endsWith('ifexists');
  if (ifExists) name = name.slice(0, -'ifexists'.length);
  const negated = /^(?:string|arn|numeric|date)not|^notip/.test(name);
  return {
    quantifier,
    ifExists,
    negated,
    name: name.replace(/^(string|arn|numeric|date)not/, '$1').replace(/^notip/, 'ip'),
  };
}

/** @param where policy and statement, for messages. @throws ProofRefusal */
export function conditionFormula(condition: ConditionTest, where: string): Formula {
  const { key, values } = condition;
  const there = present(key);
  if (condition.operator.toLowerCase() === 'null') return nullFormula(values, there, condition, where);
  const operator = operatorOf(condition.operator);
  if (operator.quantifier === 'one' && isMultiValued(key))
    throw new ProofRefusal(
      `${condition.operator} tests ${key}, which is a list, as one value`,
      where,
      'Use ForAnyValue or ForAllValues.',
    );
  const core = values.some(hasVariable)
    ? relational(condition, operator, there)
    : tested(key, operator, predicateOf(operator.name, condition, where), there);
  return operator.ifExists ? or(not(there), core) : core;
}

function nullFormula(values: readonly string[], there: Formula, condition: ConditionTest, where: string): Formula {
  const answers = new Set(values.map((v) => v.toLowerCase()));
  if ([...answers].some((a) => a !== 'true' && a !== 'false'))
    throw new ProofRefusal(`Null tests ${condition.key} with ${values.join(', ')}`, where, 'Write true or false.');
  if (answers.size !== 1) return answers.size === 0 ? FALSE : TRUE;
  return answers.has('true') ? not(there) : there;
}

/** A comparison with another key of the request: beyond tests of one variable, so it may come out either way. */
function relational({ operator: written, key, values }: ConditionTest, operator: Operator, there: Formula): Formula {
  const either = free(`${written} ${key} ${values.join(' ')}`);
  const holdsWhenAbsent = operator.negated || operator.quantifier === 'every';
  return holdsWhenAbsent ? or(not(there), either) : and(there, either);
}

function tested(
  key: string,
  { quantifier, negated }: Operator,
  predicate: Predicate | 'either',
  there: Formula,
): Formula {
  if (predicate === 'either') return free(`${key} compared with a text that is no ARN`);
  const holds = (q: Quantifier): Formula => test(atomOf(key, q, predicate));
  switch (quantifier) {
    case 'one':
      return negated ? not(holds('one')) : holds('one');
    case 'some':
      return negated ? and(there, not(holds('every'))) : holds('some');
    case 'every':
      return negated ? not(holds('some')) : holds('every');
  }
}

function predicateOf(name: string, condition: ConditionTest, where: string): Predicate | 'either' {
  const values = condition.values;
  switch (name) {
    case 'stringequals':
    case 'binaryequals':
      return literals(values);
    case 'stringequalsignorecase':
      return ignoringCase(values);
    case 'stringlike':
      return wildcards(values);
    case 'bool':
      return ignoringCase(values);
    case 'arnequals':
    case 'arnlike':
      return values.every((v) => arnPattern(v)) ? arns(values) : 'either';
    case 'ipaddress':
      return addresses(condition, where);
    default:
      return comparison(name, condition, where);
  }
}

function addresses({ key, values }: ConditionTest, where: string): Predicate {
  const any = values.map((value) => {
    const range = rangeOf(value);
    if (!range) throw new ProofRefusal(`${key} is compared with ${value}, no address range`, where, 'Write a CIDR.');
    return range;
  });
  return { kind: 'address', any, source: [...values].sort().join(' ') };
}

function comparison(name: string, { operator, key, values }: ConditionTest, where: string): Predicate {
  const [, type, than] = /^(numeric|date)(.*)$/.exec(name) ?? [];
  const sign = COMPARISONS[than ?? ''];
  if (type === undefined || sign === undefined)
    throw new ProofRefusal(`the operator ${operator} is not known`, where, 'Use an operator of IAM.');
  const any = values.map((value) => {
    const bound = type === 'numeric' || /^\d+$/.test(value) ? Number(value) : Date.parse(value);
    if (Number.isNaN(bound))
      throw new ProofRefusal(`${key} is compared with ${value}, which is no ${type} value`, where, 'Correct it.');
    return { than: sign, bound: type === 'date' && /^\d+$/.test(value) ? bound * 1000 : bound };
  });
  return { kind: 'number', any };
}
