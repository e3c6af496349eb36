import { Type } from 'typebox';
import { mapOf, part } from '../../json/define.ts';

/** A text that is not empty. */
export function text(description?: string) {
  return Type.String({ ...(description !== undefined && { description }), minLength: 1 });
}

/** A word of small letters, digits and hyphens. */
export function id(description?: string) {
  return Type.String({ ...(description !== undefined && { description }), pattern: '^[a-z][a-z0-9-]*$' });
}

/** The number of a line of a page. */
export const line = Type.Integer({ minimum: 1 });

/** A promise stands on one line of the API's own page. */
export const source = part(
  'pageLine',
  mapOf(line, { description: 'Number of a page → line.', minProperties: 1 }),
);

/** A promise in prose and where it stands. */
export const promise = { promise: text('The promise in one sentence.'), source };
