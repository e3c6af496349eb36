/**
 * How a message differs from the documented ones, so that messages that differ in the same way have one cause: none,
 * an empty one, one that ends too early, one that is spelt otherwise, one in another script, or another text.
 *
 * @param actual as a finding shows it
 */
export function messageForm(documented: readonly string[], actual: string): readonly string[] {
  const text = quoted(actual);
  if (text === undefined) return ['missing'];
  if (text === '') return ['empty'];
  if (documented.some((one) => one.startsWith(text))) return ['cut'];
  if (documented.some((one) => letters(one) === letters(text))) return ['spelling'];
  if (foreign.test(text) && !documented.some((one) => foreign.test(one))) return ['language'];
  return ['text', text];
}

const foreign = /[^\p{Script=Latin}\p{Script=Common}]/u;

function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

function quoted(actual: string): string | undefined {
  return actual.startsWith('"') && actual.endsWith('"') ? actual.slice(1, -1) : undefined;
}
