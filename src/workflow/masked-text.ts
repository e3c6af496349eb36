/** Characters with which platforms hide a part of a number. */
const masks = /[*Xx•●#]/u;
const separator = /[\s\p{Pd}]/u;

/**
 * Whether an account number that is shown can be the one that was sent; undefined when too much of it is hidden to
 * tell. Hyphens and spaces say nothing. Of a masked number the visible characters are compared, place by place, as
 * long as it has the length of the one that was sent, with its hyphens (which may be masked too) or without.
 */
export function isSameNumber(shown: string, sent: string): boolean | undefined {
  const digits = significant(shown);
  if (!masks.test(shown)) return digits === significant(sent);
  if ([...digits].every((character) => masks.test(character))) return undefined;
  const all = [fits(digits, significant(sent)), fits(shown, sent)];
  return all.find((one) => one === true) ?? all.find((one) => one !== undefined);
}

function fits(shown: string, sent: string): boolean | undefined {
  const seen = [...shown];
  const known = [...sent];
  if (seen.length !== known.length) return undefined;
  // With a hyphen in place of a digit it is no number of the same form, and nothing stands at its place.
  const isOfItsForm = seen.every(
    (character, index) =>
      masks.test(character) || separator.test(character) === separator.test(known[index] ?? ''),
  );
  if (!isOfItsForm) return undefined;
  return seen.every((character, index) => masks.test(character) || character === known[index]);
}

function significant(text: string): string {
  return [...text].filter((character) => !separator.test(character)).join('');
}
