import { terminalJson, terminalText } from '../printable.ts';

/** Prints the result of a command: a text for a person, or with `--json` a document for programs. */
export function print(result: { readonly text: string } | { readonly json: unknown }): void {
  process.stdout.write('json' in result ? terminalJson(result.json) : terminalText(`${result.text}\n`));
}
