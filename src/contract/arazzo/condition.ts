import { type Expression, parseExpression } from './expression.ts';

/** A simple condition (Arazzo 1.0.1, section 4.6.11), read. A value that is not there is `null`. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly [Condition, Condition] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly sides: readonly [Operand, Operand] };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | Expression;

/** A text that is no condition; says where it ends to be one. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';
}

const token =
  /(?:(?<mark>&&|\|\||[=!<>]=|[<>!()])|'(?<text>(?:[^']|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<word>true|false|null)\b|(?<expression>\$[^\s()=!<>&|]+))/y;

const space = /\s*/y;

/**
 * Reads `$response.body#/status == 'DONE' || !($statusCode < 400)`: comparisons of runtime expressions and literals,
 * joined by `&&` (which binds more) and `||`, with `!` and parentheses.
 *
 * @throws {ConditionError}
 */
export function parseCondition(text: string): Condition {
  const tokens = tokensOf(text);
  let at = 0;
  const next = (): Token | undefined => tokens[at];
  const takes = (mark: string): boolean => {
    const one = next();
    const isIt = one?.kind === 'mark' && one.mark === mark;
    if (isIt) at += 1;
    return isIt;
  };
  const unexpected = (): never => {
    const one = next();
    throw new ConditionError(
      one ? `expected something else at character ${one.at + 1} of "${text}"` : `"${text}" ends too soon`,
    );
  };
  const operand = (): Operand => {
    const one = next();
    if (one === undefined || one.kind === 'mark') return unexpected();
    at += 1;
    return one.operand;
  };
  const comparison = (): Condition => {
    if (takes('!')) return { kind: 'not', part: comparison() };
    if (takes('(')) {
      const inside = alternatives();
      return takes(')') ? inside : unexpected();
    }
    const left = operand();
    const one = next();
    if (one?.kind !== 'mark' || !isOperator(one.mark)) return unexpected();
    at += 1;
    return { kind: 'compare', operator: one.mark, sides: [left, operand()] };
  };
  const joined = (kind: 'and' | 'or', mark: string, part: () => Condition): Condition => {
    let whole = part();
    while (takes(mark)) whole = { kind, parts: [whole, part()] };
    return whole;
  };
  const alternatives = (): Condition => joined('or', '||', () => joined('and', '&&', comparison));
  const condition = alternatives();
  return next() === undefined ? condition : unexpected();
}

/** The runtime expressions in a condition, in their order. */
export function expressionsIn(condition: Condition): readonly Expression[] {
  switch (condition.kind) {
    case 'not':
      return expressionsIn(condition.part);
    case 'compare':
      return condition.sides.flatMap((side) => (side.kind === 'literal' ? [] : [side]));
    default:
      return condition.parts.flatMap(expressionsIn);
  }
}

type Token =
  | { readonly kind: 'mark'; readonly mark: string; readonly at: number }
  | { readonly kind: 'operand'; readonly operand: Operand; readonly at: number };

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const whole = text.trimEnd();
  for (let from = 0; from < whole.length; ) {
    space.lastIndex = from;
    space.test(whole);
    const at = space.lastIndex;
    token.lastIndex = at;
    const groups = token.exec(whole)?.groups;
    if (!groups) throw new ConditionError(`no word of a condition at character ${at + 1} of "${whole}"`);
    tokens.push(groups.mark === undefined ? operandOf(groups, at) : { kind: 'mark', mark: groups.mark, at });
    from = token.lastIndex;
  }
  return tokens;
}

function operandOf(
  { text, number, word, expression }: Readonly<Record<string, string | undefined>>,
  at: number,
): Token {
  const literal = (value: string | number | boolean | null): Token => ({
    kind: 'operand',
    operand: { kind: 'literal', value },
    at,
  });
  if (text !== undefined) return literal(text.replaceAll("''", "'"));
  if (number !== undefined) return literal(Number(number));
  if (word !== undefined) return literal(word === 'null' ? null : word === 'true');
  const read = parseExpression(expression ?? '');
  if (!read) {
    throw new ConditionError(
      `no runtime expression: ${expression}; known are $statusCode, $response.body#/…, $inputs.…, $outputs.…, $steps.….outputs.…`,
    );
  }
  return { kind: 'operand', operand: read, at };
}

function isOperator(mark: string): mark is Operator {
  return ['==', '!=', '<', '<=', '>', '>='].includes(mark);
}
