import { terminalText } from '../report/printable.ts';

/** Prints the result of a command: a text for a person, or with `--json` a document for programs. */
export function print(result: { readonly text: string } | { readonly json: unknown }): void {
  process.stdout.write('json' in result ? `${jsonText(result.json)}\n` : terminalText(`${result.text}\n`));
}

/** JSON that a terminal or a CI system has nothing in to obey; the same document to a program. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|#(?=[\w.-]*\[)/gu, (mark) =>
    mark === '\n' ? mark : mark.split('').map(escaped).join(''),
  );
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
