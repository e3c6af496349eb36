import { getMember, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../src/json/json.ts';

/** A changed value; undefined takes it out. */
export type Edit = (value: JsonValue | undefined) => JsonValue | undefined;

/** In every element of every list; in the first of each alone; or in the second one alone of the innermost list. */
export type Elements = 'all' | 'first' | 'second';

/**
 * The body with one field changed wherever it stands.
 *
 * @param path from the root, `issuedCardList[].digital.cardNo`
 */
export function withField(
  body: JsonObject,
  path: string,
  edit: Edit,
  elements: Elements = 'all',
): JsonObject {
  const steps = path.split('.').flatMap((part) => part.split(/(?=\[\])/));
  const changed = walk(body, steps, edit, elements);
  return isJsonObject(changed) ? changed : body;
}

function walk(
  value: JsonValue | undefined,
  steps: readonly string[],
  edit: Edit,
  elements: Elements,
): JsonValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return edit(value);
  if (step === '[]') {
    if (!isJsonArray(value)) return value;
    const isInnermost = !rest.includes('[]');
    return value.flatMap((item, index): readonly JsonValue[] => {
      const isLeft = elements === 'first' ? index !== 0 : isInnermost && elements === 'second' && index !== 1;
      if (isLeft) return [item];
      const changed = walk(item, rest, edit, elements);
      return changed === undefined ? [] : [changed];
    });
  }
  if (!isJsonObject(value)) return value;
  const child = getMember(value, step);
  // What is not there can't be changed further inside.
  if (child === undefined && rest.length > 0) return value;
  const changed = walk(child, rest, edit, elements);
  if (changed === undefined) return without(value, step);
  return { ...value, [step]: changed };
}

/** What stands at a field's path, element by element; undefined where the object that it belongs to lacks it. */
export function valuesAt(body: JsonObject, path: string): readonly (JsonValue | undefined)[] {
  const found: (JsonValue | undefined)[] = [];
  withField(body, path, (value) => {
    found.push(value);
    return value;
  });
  return found;
}

export function without(object: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = object;
  return rest;
}
