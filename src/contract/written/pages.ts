import { Type } from 'typebox';
import { closed, mapOf } from '../../json/define.ts';
import { text } from './parts.ts';

const page = closed({
  name: text('The title of the page.'),
  address: Type.String({
    description: 'The URL of the page; the path of its API where no URL is known.',
    pattern: '^(https?://[^\\s]+|/[^\\s]*)$',
  }),
  sha256: Type.String({
    description: 'Digest of the capture from which the words were taken.',
    pattern: '^[0-9a-f]{64}$',
  }),
  lines: mapOf(Type.String({ minLength: 1, maxLength: 80 }), {
    description: 'Line → its words without a bullet, at most 80 characters; … stands for what is left out.',
    propertyNames: { pattern: '^[1-9]\\d*$' },
  }),
});

export const pages = closed(
  {
    pages: mapOf(page, {
      description: 'Number, by which the documents cite the page → the page.',
      minProperties: 1,
      propertyNames: { pattern: '^\\d{3}$' },
    }),
  },
  { title: 'The documentation pages that the documents cite' },
);
