import { type Described, isCodeLike, looksExplained, withoutBullet } from './describe.ts';
import type { EnumEntry, Limits, Text } from './page.ts';

/**
 * Lists of values that only the whole of them and the limits of their parameter tell from prose: lines `X: y`, a list in
 * brackets `(0: …, 1: …)`, a table of names and codes. A list is certain when each of its values is written like a code,
 * comes once and fits the limits; otherwise it stays a doubt, to be judged by a person.
 */

/** A line of a parameter's documentation with what it is by itself. */
export interface DescribedLine {
  readonly text: Text;
  readonly described: Described;
}

/** What of the head of a parameter says which values it can have. */
export interface Valued {
  readonly type: string | undefined;
  readonly limits: Limits;
}

interface Pair {
  readonly value: string;
  readonly text: string;
}

/** The values that lines hold; a line that holds some no longer counts as uncertain. */
export interface FoundValues {
  readonly values: ReadonlyMap<DescribedLine, readonly EnumEntry[]>;
  /** Lines that look like a list, but are not certain to be one. */
  readonly uncertain: ReadonlySet<DescribedLine>;
}

/** Finds the lists among the lines of one parameter. Linear. */
export function findValues(lines: readonly DescribedLine[], head: Valued): FoundValues {
  const values = new Map<DescribedLine, readonly EnumEntry[]>();
  const uncertain = new Set<DescribedLine>();
  const take = (line: DescribedLine, pairs: readonly Pair[]) =>
    values.set(
      line,
      pairs.map((pair) => ({ ...pair, line: line.text.line })),
    );
  for (const run of runs(lines, ({ described }) => described.kind)) {
    const [first] = run;
    if (first?.described.kind === 'uncertain') {
      const pairs = run.map(({ text }) => pairOf(withoutBullet(text.value) ?? text.value));
      const listed = pairs.every((pair) => pair !== undefined) ? pairs : [];
      if (certain(listed, head)) {
        for (const [index, line] of run.entries()) take(line, listed.slice(index, index + 1));
        continue;
      }
    }
    if (first?.described.kind !== 'uncertain' && first?.described.kind !== 'prose') continue;
    for (const line of run) {
      const pairs = inlineList(line.text.value);
      if (pairs.length < 2) continue;
      if (certain(pairs, head)) take(line, pairs);
      else uncertain.add(line);
    }
    for (const table of runs(run, (line) =>
      cellsOf(line.text.value, head.limits).length > 0 ? 'row' : '',
    )) {
      const rows = table.map((line) => ({ line, cells: cellsOf(line.text.value, head.limits) }));
      // Two columns or more: one name and number alone may end a sentence.
      if (rows.length < 2 || !rows.some(({ cells }) => cells.length > 1)) continue;
      const sure =
        exactLength(head.limits) !== undefined &&
        certain(
          rows.flatMap(({ cells }) => cells),
          head,
        );
      const columns = rows.some(({ line }) => /\S(\t|\s{2,})\S/.test(line.text.value));
      for (const { line, cells } of rows) {
        if (sure) take(line, cells);
        else if (columns) uncertain.add(line);
      }
    }
  }
  return { values, uncertain };
}

function* runs<One>(all: readonly One[], kindOf: (one: One) => string): Generator<readonly One[]> {
  let run: One[] = [];
  let kind = '';
  for (const one of all) {
    const now = kindOf(one);
    if (now !== kind && run.length > 0) {
      if (kind !== '') yield run;
      run = [];
    }
    kind = now;
    run.push(one);
  }
  if (run.length > 0 && kind !== '') yield run;
}

/** `X: y`, `X = y`. */
function pairOf(text: string): Pair | undefined {
  const at = text.search(/[:：=]/);
  if (at <= 0 || !looksExplained(text.replace(/[：=]/, ':'))) return undefined;
  const [value, rest] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  return rest === '' ? undefined : { value, text: rest };
}

/** The pairs of `… (0: none, 1: some)`, or of a line that is nothing but such a list; else none. */
function inlineList(line: string): readonly Pair[] {
  const close = Math.max(line.lastIndexOf(')'), line.lastIndexOf('）'), line.lastIndexOf(']'));
  const open = Math.max(
    line.lastIndexOf('(', close),
    line.lastIndexOf('（', close),
    line.lastIndexOf('[', close),
  );
  for (const text of [...(open >= 0 && open < close ? [line.slice(open + 1, close)] : []), line]) {
    const pairs = (withoutBullet(text) ?? text).split(/[,，、;/]/).map((part) => pairOf(part.trim()));
    if (pairs.length > 1 && pairs.every((pair) => pair !== undefined)) return pairs;
  }
  return [];
}

/** Names and codes of a row such as `Bank 088   Other Bank 004`, either first; none when not all of it is that. */
function cellsOf(line: string, limits: Limits): readonly Pair[] {
  const width = exactLength(limits);
  // With a digit, since the names of a table are often capitals, too.
  const isCode = (word = '') =>
    isCodeLike(word) &&
    /[0-9]/.test(word) &&
    (width === undefined ? /^[0-9]{2,4}$/.test(word) : fits(word, limits));
  const words = (withoutBullet(line) ?? line).split(/[\s,|:()]+/).filter((word) => word !== '');
  const codeFirst = isCode(words[0]);
  const cells: string[][] = [];
  for (const [index, word] of words.entries()) {
    const [last] = cells.slice(-1);
    if (last === undefined || (codeFirst ? isCode(word) : isCode(words[index - 1]))) cells.push([word]);
    else last.push(word);
  }
  const pairs = cells.map((cell): Pair => {
    const value = (codeFirst ? cell[0] : cell.at(-1)) ?? '';
    return { value, text: (codeFirst ? cell.slice(1) : cell.slice(0, -1)).join(' ') };
  });
  return pairs.every(({ value, text }) => isCode(value) && text !== '') ? pairs : [];
}

/** The one length that a value must have. */
function exactLength({ length, min, max }: Limits): bigint | undefined {
  return length?.value ?? (min !== undefined && min.value === max?.value ? min.value : undefined);
}

/** Whether the text of a value has a length that the limits allow. */
export function fits(value: string, { length, min, max }: Limits): boolean {
  const own = BigInt([...value].length);
  return (
    (length === undefined || own === length.value) &&
    (min === undefined || own >= min.value) &&
    (max === undefined || own <= max.value)
  );
}

function certain(pairs: readonly Pair[], { type, limits }: Valued): boolean {
  if (type === undefined || !isText(type) || pairs.length === 0) return false;
  const values = pairs.map(({ value }) => value);
  if (new Set(values).size < values.length) return false;
  if (!values.every((value) => isCodeLike(value) && fits(value, limits))) return false;
  if (exactLength(limits) !== undefined) return true;
  // Without an exact length one line may be a remark, and `1:` the number of a step.
  return values.length > 1 && values.every((value) => value.length > 1);
}

function isText(type: string): boolean {
  return ['string', '문자열'].includes(type);
}
