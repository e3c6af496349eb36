/** Views of a page that tests compare. */

/** A fact found in a page: its line and, as text, what that line should contain; nothing for marks and labels. */
export interface FoundFact {
  readonly line: number;
  readonly contains: readonly string[];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Words of the model, not of the page: they stand for labels. */
const MODEL_WORDS = ['sync', 'async', 'Required', 'Optional', 'Conditional'];

/** All facts of a page, or of any part of one. */
export function factsOf(part: unknown): FoundFact[] {
  if (!isObject(part)) return [];
  const facts: FoundFact[] = [];
  if (typeof part.line === 'number') {
    const texts = Object.entries(part)
      .filter(([key, value]) => key !== 'line' && !MODEL_WORDS.includes(String(value)) && value !== true)
      .map(([, value]) => String(value));
    facts.push({ line: part.line, contains: texts });
  }
  for (const value of Object.values(part)) for (const fact of factsOf(value)) facts.push(fact);
  return facts;
}

/** The page without lines and placements, and with `{value}` for `value`: what two pages may have in common. */
export function bare(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(bare);
  if (!isObject(part)) return part;
  const { line, placement, ...rest } = part;
  const keys = Object.keys(rest);
  if (line !== undefined && keys.length === 1 && keys[0] === 'value') return rest.value;
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, bare(value)]));
}
