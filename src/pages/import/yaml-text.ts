import { isCollection, isMap, isNode, isPair, isSeq, type Node, parseDocument, stringify } from 'yaml';

/** A text in YAML, for a value in a block. */
export function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd();
}

/** A text in YAML, always in quotes: for flow maps, and for what must not be read as a number. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A name as a key or in a flow list: in quotes where YAML would read something else. */
export function key(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) && !/^(true|false|null)$/i.test(name) ? name : quoted(name);
}

/** Lines moved to the right by some spaces. */
export function indent(lines: readonly string[], spaces: number): string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}`));
}

/**
 * A YAML text to which lines are added behind the last entry of some of its collections. Nothing else of it changes,
 * so that what was drafted shows as pure additions.
 */
export class Additions {
  private readonly text: string;
  private readonly root: ReturnType<typeof parseDocument>;
  private readonly edits: {
    readonly at: number;
    readonly depth: number;
    readonly lines: readonly string[];
  }[] = [];

  constructor(text: string) {
    this.text = text;
    this.root = parseDocument(text, { intAsBigInt: true });
  }

  has(path: readonly string[]): boolean {
    return this.root.hasIn(path);
  }

  /** Adds lines as the last entry of the collection at a path; they get its indentation. */
  append(path: readonly string[], lines: readonly string[]): void {
    const node: unknown = this.root.getIn(path, true);
    if (!isCollection(node) || node.flow === true || node.range == null) {
      throw new Error(`no block of entries at ${path.join('/')}`);
    }
    const [start] = node.range;
    const column = start - (this.text.lastIndexOf('\n', start - 1) + 1);
    const end = this.text.indexOf('\n', endOf(node, this.text));
    this.edits.push({
      at: end < 0 ? this.text.length : end,
      depth: path.length,
      lines: indent(lines, column),
    });
  }

  /**
   * The text with all additions. Collections that end at one place lie in each other: what goes into the inner one stands
   * first; within one collection the order is that in which the additions were made.
   */
  toString(): string {
    const parts: string[] = [];
    let done = 0;
    for (const { at, lines } of this.edits.toSorted((a, b) => a.at - b.at || b.depth - a.depth)) {
      parts.push(this.text.slice(done, at), '\n', lines.join('\n'));
      done = at;
    }
    return [...parts, this.text.slice(done)].join('');
  }
}

/** Where the last value of a node ends, before white space and comments. */
function endOf(node: Node, text: string): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    const value = isPair(last) ? (last.value ?? last.key) : last;
    if (isNode(value)) return endOf(value, text);
  }
  const end = node.range?.[1] ?? text.length;
  return text.charAt(end - 1) === '\n' ? end - 1 : end;
}
