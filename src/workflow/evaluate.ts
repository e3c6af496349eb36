import type { Condition, Operand, Operator } from '../contract/arazzo/condition.ts';
import type { Expression } from '../contract/arazzo/expression.ts';
import type { Payload } from '../contract/arazzo/model.ts';
import { compareNumbers, equalJson, getPointer, isJsonNumber, type JsonValue } from '../json/json.ts';
import type { Reply } from './trace.ts';

type Values = ReadonlyMap<string, JsonValue | undefined>;

/** What runtime expressions may speak of at one moment. */
export interface Scope {
  readonly inputs: Values;
  /** Step id → its outputs. */
  readonly steps: ReadonlyMap<string, Values>;
  /** Of the workflow that was called just now. */
  readonly outputs?: Values;
  /** The answer that came just now. */
  readonly reply?: Reply;
}

/** The value of a runtime expression; undefined where there is none. */
export function evaluated(
  expression: Expression,
  { inputs, steps, outputs, reply }: Scope,
): JsonValue | undefined {
  switch (expression.kind) {
    case 'input':
      return inputs.get(expression.name);
    case 'step-output':
      return steps.get(expression.step)?.get(expression.name);
    case 'workflow-output':
      return outputs?.get(expression.name);
    case 'status':
      return reply?.status;
    case 'body':
      return reply && getPointer(reply.body, expression.pointer);
  }
}

/** Whether a condition holds. What is not there is null; only numbers have an order. */
export function holds(condition: Condition, scope: Scope): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, scope));
    case 'or':
      return condition.parts.some((part) => holds(part, scope));
    case 'not':
      return !holds(condition.part, scope);
    case 'compare': {
      const [left, right] = condition.sides.map((side) => operandValue(side, scope));
      return compares(condition.operator, left ?? null, right ?? null);
    }
  }
}

/** The value of a request with its expressions filled in; undefined when one of them has no value. */
export function filledIn(payload: Payload, scope: Scope): JsonValue | undefined {
  switch (payload.kind) {
    case 'literal':
      return payload.value;
    case 'expression':
      return evaluated(payload.expression, scope);
    case 'list': {
      const items = payload.items.map((item) => filledIn(item, scope));
      return items.some((item) => item === undefined)
        ? undefined
        : items.filter((item) => item !== undefined);
    }
    case 'object': {
      const members: Record<string, JsonValue> = {};
      for (const [name, member] of payload.members) {
        const value = filledIn(member, scope);
        if (value === undefined) return undefined;
        members[name] = value;
      }
      return members;
    }
  }
}

function operandValue(operand: Operand, scope: Scope): JsonValue | undefined {
  return operand.kind === 'literal' ? operand.value : evaluated(operand, scope);
}

function compares(operator: Operator, left: JsonValue, right: JsonValue): boolean {
  if (operator === '==') return equalJson(left, right);
  if (operator === '!=') return !equalJson(left, right);
  if (!isJsonNumber(left) || !isJsonNumber(right)) return false;
  const order = compareNumbers(left, right);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}
