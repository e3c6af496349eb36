import { closed, mapOf, text } from '../../json/define.ts';
import { words } from './parts.ts';

const page = closed({
  name: words('The title of the page.'),
  address: text('The URL of the page; the path of its API where no URL is known.', {
    pattern: '^(https?://[^\\s]+|/[^\\s]*)$',
  }),
  sha256: text('Digest of the capture from which the words were taken.', { pattern: '^[0-9a-f]{64}$' }),
  lines: mapOf(
    text({ minLength: 1, maxLength: 80 }),
    'Line → its words without a bullet, at most 80 characters; … stands for what is left out.',
    { propertyNames: { pattern: '^[1-9]\\d*$' } },
  ),
});

export const pages = closed(
  {
    pages: mapOf(page, 'Number, by which the documents cite the page → the page.', {
      minProperties: 1,
      propertyNames: { pattern: '^\\d{3}$' },
    }),
  },
  { title: 'The documentation pages that the documents cite' },
);
