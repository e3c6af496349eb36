/** Whether a text is made of names, and of which; else the furthest place that names lead to. */
export type NameSplit =
  | { readonly ok: true; readonly sequence: readonly string[] }
  | { readonly ok: false; readonly at: number; readonly rest: string };

interface Node {
  readonly next: Map<string, Node>;
  name?: string;
}

const EXCERPT = 80;

/**
 * Checks that the navigation text of a page is a concatenation of curated names, with or without white space
 * between them; names may come again, or not at all. Of several ways to split, the one whose names are longest,
 * judged from the end, is returned.
 *
 * Time is linear in the text times the longest name.
 *
 * @returns on failure `at`, the first offset (in UTF-16 units) that no sequence of names leads past, and the text there
 */
export function splitNames(text: string, names: readonly string[]): NameSplit {
  const root = treeOf(names);
  /** For each offset that is reached, the name that ends there; the longest one. */
  const endings = new Map<number, { name: string; start: number }>();
  const reached = new Set([0]);
  let furthest = 0;
  for (let offset = 0; offset < text.length; offset++) {
    if (!reached.has(offset)) continue;
    furthest = offset;
    if (/\s/.test(text.charAt(offset))) {
      reached.add(offset + 1);
      if (!endings.has(offset + 1)) endings.set(offset + 1, { name: '', start: offset });
    }
    let node: Node | undefined = root;
    for (let end = offset; end < text.length; ) {
      node = node.next.get(text.charAt(end));
      if (node === undefined) break;
      end += 1;
      if (node.name === undefined) continue;
      reached.add(end);
      const known = endings.get(end);
      if (known === undefined || known.name === '') endings.set(end, { name: node.name, start: offset });
    }
  }
  if (!reached.has(text.length)) {
    return { ok: false, at: furthest, rest: text.slice(furthest, furthest + EXCERPT) };
  }
  const sequence: string[] = [];
  for (let end = text.length; end > 0; ) {
    const ending = endings.get(end);
    if (ending === undefined) break;
    if (ending.name !== '') sequence.push(ending.name);
    end = ending.start;
  }
  return { ok: true, sequence: sequence.reverse() };
}

function treeOf(names: readonly string[]): Node {
  const root: Node = { next: new Map() };
  for (const name of names) {
    const trimmed = name.trim();
    if (trimmed === '') continue;
    let node = root;
    for (let index = 0; index < trimmed.length; index++) {
      const unit = trimmed.charAt(index);
      let next = node.next.get(unit);
      if (next === undefined) {
        next = { next: new Map() };
        node.next.set(unit, next);
      }
      node = next;
    }
    node.name = trimmed;
  }
  return root;
}
