import type { Shape } from '../../json/define.ts';
import { ambiguities } from './ambiguities.ts';
import { api } from './api.ts';
import { catalogue } from './catalogue.ts';
import { korean } from './korean.ts';
import { document } from './openapi.ts';
import { pages } from './pages.ts';
import { platform } from './platform.ts';
import { untested } from './untested.ts';
import { workflow } from './workflow.ts';

/** Every kind of document, by the name of its schema: `specs/schemas/<name>.schema.json`. */
export const documents = {
  ambiguities,
  api,
  catalogue,
  document,
  korean,
  pages,
  platform,
  untested,
  workflow,
};

/** What a document of each kind has in it. */
export type Written = { readonly [Name in keyof typeof documents]: Shape<(typeof documents)[Name]> };
