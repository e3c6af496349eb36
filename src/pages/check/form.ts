/**
 * Forms such as `YYYYMMDDHHMMSS` are compared by what they mean, since the pages spell one form in several ways
 * (`HH24MISS`, `HHMISS`): a text written by the form must be one that the documents allow, and a text that is longer
 * or shorter by a letter must not.
 */

/** Words of forms → what they become; the longest word that fits is taken. All values differ, so that order shows. */
const WORDS: readonly (readonly [string, string])[] = [
  ['YYYY', '2031'],
  ['yyyy', '2031'],
  ['HH24', '23'],
  ['hh24', '23'],
  ['SSS', '597'],
  ['YY', '31'],
  ['yy', '31'],
  ['DD', '28'],
  ['dd', '28'],
  ['HH', '23'],
  ['hh', '23'],
  ['MI', '58'],
  ['mi', '58'],
  ['mm', '58'],
  ['SS', '59'],
  ['ss', '59'],
];
const MONTH = '12';
const MINUTE = '58';
const PUNCTUATION = '-:/. T_';
const HEX = 'a0b1c2d3e4f5';
const NO_HEX = 'gz';

/** A text by a form: letters that stand for any character of a class are marked by their class. */
export interface Sample {
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

/**
 * Texts by a form.
 *
 * @param explanations lines such as `• xxxxxxx : 7digit, Hex String`
 * @returns undefined when a word of the form is not known, or an explanation contradicts it
 */
export function samplesOf(form: string, explanations: readonly string[]): Sample | undefined {
  const hex = explanations.some((line) => /hex/i.test(line));
  for (const line of explanations) {
    const { word, text } = splitExplanation(line);
    const count = /(\d+)\s*-?\s*digit|(\d+)\s*자리/i.exec(text);
    const digits = count?.[1] ?? count?.[2];
    if (!form.includes(word) || (digits !== undefined && Number(digits) !== word.length)) return undefined;
  }
  const write = (any: string): string | undefined => {
    let text = '';
    let monthSeen = false;
    for (let rest = form; rest !== ''; ) {
      const known = WORDS.find(([word]) => rest.startsWith(word));
      const first = rest.charAt(0);
      if (known !== undefined) {
        text += known[1];
        rest = rest.slice(known[0].length);
      } else if (rest.startsWith('MM')) {
        // The pages write month and minute alike: the second one is the minute.
        text += monthSeen ? MINUTE : MONTH;
        monthSeen = true;
        rest = rest.slice(2);
      } else if (first === 'x' || first === 'X') {
        text += any.charAt(text.length % any.length);
        rest = rest.slice(1);
      } else if (PUNCTUATION.includes(first)) {
        text += first;
        rest = rest.slice(1);
      } else return undefined;
    }
    return text;
  };
  const sample = write(hex ? HEX : '0123456789');
  if (sample === undefined || sample === '') return undefined;
  const other = hex || explanations.length > 0 ? write(hex ? NO_HEX : HEX) : undefined;
  const refused = [
    `${sample}0`,
    sample.slice(0, -1),
    ...(other === undefined || other === sample ? [] : [other]),
  ];
  return { allowed: [sample], refused };
}

/** Whether a line explains a word of the form: `• xxxxxxx : 7digit, Hex String`. */
export function explains(line: string, form: string): boolean {
  const { word, text } = splitExplanation(line);
  return word.length > 1 && text !== '' && form.includes(word);
}

function splitExplanation(line: string): { word: string; text: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { word: '', text: '' };
  return {
    word: line
      .slice(0, colon)
      .replace(/^[-•*·‣▪–]/, '')
      .trim(),
    text: line.slice(colon + 1).trim(),
  };
}

/** A regular expression for a form, for a draft; undefined when the form is not understood. */
export function patternOf(form: string, explanations: readonly string[]): string | undefined {
  const sample = samplesOf(form, explanations)?.allowed[0];
  if (sample === undefined) return undefined;
  const hex = explanations.some((line) => /hex/i.test(line));
  const pattern = sample.replace(/[0-9a-f]+|[^0-9a-f]/g, (part) => {
    if (/^[0-9]+$/.test(part)) return `[0-9]{${part.length}}`;
    return /^[0-9a-f]+$/.test(part) ? `[0-9A-Fa-f]{${part.length}}` : part.replace(/[.\\/]/, '\\$&');
  });
  return hex || !/A-F/.test(pattern) ? `^${pattern}$` : undefined;
}
