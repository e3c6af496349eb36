/** One way to change a text. */
export interface TextEdit {
  /** Undefined takes the text away. */
  readonly apply: (text: string) => string | undefined;
  /** Most of the text is still there: what it makes of a key is as secret as the key. */
  readonly leavesMost: boolean;
}

export const textEdits = {
  remove: { leavesMost: false, apply: () => undefined },
  empty: { leavesMost: false, apply: () => '' },
  /** Takes the last character away. */
  cut: { leavesMost: true, apply: (text) => text.slice(0, -1) },
  /** Repeats the last character. */
  extend: { leavesMost: true, apply: (text) => text + text.slice(-1) },
  /** Puts another character of the same alphabet in the place of the last one. */
  alter: { leavesMost: true, apply: altered },
  /** Swaps the case of all letters. */
  otherCase: { leavesMost: true, apply: otherCase },
} satisfies Readonly<Record<string, TextEdit>>;

/** Puts a text in the place of another. */
export function setTo(value: string): TextEdit {
  return { leavesMost: false, apply: () => value };
}

/** Every text that an edit makes of a key and that gives most of it away: as secret as the key itself. */
export function nearTexts(key: string): readonly string[] {
  return Object.values(textEdits).flatMap(({ leavesMost, apply }) => (leavesMost && apply(key)) || []);
}

/** One character more than the text has, or than a limit allows that the text does not come up to. */
export function extendBeyond(length: number): TextEdit {
  return {
    leavesMost: true,
    apply: (text) => (text.length < length ? text.padEnd(length + 1, '0') : textEdits.extend.apply(text)),
  };
}

/** Upper-case ASCII letters as lower-case ones and the other way round. */
function otherCase(text: string): string {
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
