import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One piece of code that CONTRIBUTING.md shows, and where it says that it goes. */
export interface Snippet {
  readonly file: string;
  /** The end of the line behind which it stands; undefined: it is the whole of a new file. */
  readonly behind: string | undefined;
  readonly code: string;
}

/** The snippets of one section, by the end of its heading. */
export function snippetsOf(page: string, heading: string): readonly Snippet[] {
  const section = page.split(/^### /m).find((one) => one.startsWith(`… ${heading}\n`)) ?? '';
  const form = /^`([^`]+)`, (?:a new file|behind (`+)(.+?)\2):\n\n```ts\n(.*?)^```$/gms;
  return [...section.matchAll(form)].map(([, file = '', , behind, code = '']) => ({ file, behind, code }));
}

/** Does to a copy of the project what the page says. */
export function applyTo(copy: string, { file, behind, code }: Snippet): void {
  const target = path.join(copy, file);
  if (behind === undefined) {
    writeFileSync(target, code, { flag: 'wx' });
    return;
  }
  const text = readFileSync(target, 'utf8');
  const [before = '', after, ...more] = text.split(behind);
  if (after === undefined || more.length > 0)
    throw new Error(
      `${file} has ${JSON.stringify(behind)} ${more.length === 0 ? 'nowhere' : 'more than once'}`,
    );
  writeFileSync(target, `${before}${behind}\n${code}${after.replace(/^\n/, '')}`);
}
