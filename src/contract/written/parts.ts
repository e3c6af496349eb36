import { type About, integer, mapOf, part, text } from '../../json/define.ts';

/** A text that is not empty. */
export function words(about: About = {}) {
  return text(about, { minLength: 1 });
}

/** A word of small letters, digits and hyphens. */
export function id(about: About = {}) {
  return text(about, { pattern: '^[a-z][a-z0-9-]*$' });
}

/** The number of a line of a page. */
export const line = integer({ minimum: 1 });

/** A promise stands on one line of the API's own page. */
export const source = part('pageLine', mapOf(line, 'Number of a page → line.', { minProperties: 1 }));

/** A promise in prose and where it stands. */
export const promise = { promise: words('The promise in one sentence.'), source };
