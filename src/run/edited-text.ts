import type { TextEdit } from '../cases/case.ts';

/** The edits after which most of a text is still there. */
const nearEdits = ['cut', 'extend', 'alter', 'other-case'] as const;

/** A text after an edit; undefined when it is taken away. */
export function editedText(text: string, edit: TextEdit): string | undefined {
  if (typeof edit !== 'string') return edit.set;
  switch (edit) {
    case 'remove':
      return undefined;
    case 'empty':
      return '';
    case 'cut':
      return text.slice(0, -1);
    case 'extend':
      return text + text.slice(-1);
    case 'alter':
      return altered(text);
    case 'other-case':
      return otherCase(text);
  }
}

/** Every text that an edit makes of a key and that gives most of it away: as secret as the key itself. */
export function nearTexts(key: string): readonly string[] {
  return nearEdits.flatMap((edit) => editedText(key, edit) ?? []);
}

/** Upper-case ASCII letters as lower-case ones and the other way round. */
export function otherCase(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** The last letter or digit as its neighbour: a digit stays one, a hexadecimal one too, a letter keeps its case. */
function altered(text: string): string {
  const edited = text.replace(/[A-Za-z\d](?=[^A-Za-z\d]*$)/, neighbour);
  return edited === text ? `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}` : edited;
}

function neighbour(character: string): string {
  if (/\d/.test(character)) return String((Number(character) + 1) % 10);
  return String.fromCharCode(character.charCodeAt(0) + (/a/i.test(character) ? 1 : -1));
}
