import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Located, LocatedEntry, LocatedScalar, Origin } from './located.ts';
import type { Problem } from './problem.ts';

const maxBytes = 4 * 1024 * 1024;
const maxAliases = 100;
const tooDeep = 'nested too deeply to be read';

/**
 * What a parser's error code means, in our words: the parser's own messages quote the source, which may be a key.
 */
const syntaxHints: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias has no tag or anchor of its own',
  BAD_ALIAS: 'an alias names an anchor that is not set before it',
  BAD_DIRECTIVE: 'this directive is not known; leave it out',
  BAD_DQ_ESCAPE: "an unknown escape in double quotes; use single quotes ('…') for text with backslashes",
  BAD_INDENT:
    'the indentation does not fit; line the keys up with spaces, and indent every line of a "|" block',
  BAD_SCALAR_START: 'text can\'t start with this character; put it in quotes ("…")',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " on one line; put the value in quotes ("…")',
  BLOCK_IN_FLOW: 'a block inside braces or brackets; write it all in one style',
  MISSING_CHAR: 'a character is missing; look for a ":" after the key, a closing quote, brace or bracket',
  MULTILINE_IMPLICIT_KEY:
    'a key must stand on one line; look for a missing ": " or a value that is not indented',
  MULTIPLE_DOCS: 'a profile is one document; take out the "---" and what follows',
  TAB_AS_INDENT: 'a tab as indentation; use spaces',
  TAG_RESOLVE_FAILED: 'a tag (a word with "!") is not read here; leave it out, or put the value in quotes',
  UNEXPECTED_TOKEN:
    'something stands where nothing may; look for quotes, braces or indentation that do not fit',
};

class Unreadable extends Error {}

/**
 * Reads one YAML file (1.2 core schema) with the place of each value and every digit of each integer.
 *
 * @param file absolute path
 * @param shownAs the path as problems name it
 * @returns the root, or the problems that kept it from being read
 */
export function readYaml(
  file: string,
  shownAs: string,
): { readonly root: Located } | { readonly problems: readonly Problem[] } {
  const failed = (message: string, place = shownAs) => ({ problems: [{ place, pointer: '', message }] });
  let text: string;
  try {
    if (statSync(file).size > maxBytes) return failed(`expected a file of at most ${maxBytes} bytes`);
    const bytes = readFileSync(file);
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return failed('expected UTF-8 text; save the file as UTF-8');
    return failed(`the file can't be read (${errorCode(error)}); check the path and its permissions`);
  }
  try {
    return parse(text, { shownAs, folder: path.dirname(file) });
  } catch (error) {
    if (error instanceof RangeError) return failed(tooDeep);
    if (error instanceof Unreadable) return failed(error.message);
    throw error;
  }
}

function parse(
  text: string,
  { shownAs, folder }: { readonly shownAs: string; readonly folder: string },
): ReturnType<typeof readYaml> {
  const lines = new LineCounter();
  const originAt = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset);
    return { place: `${shownAs}:${Math.max(line, 1)}:${Math.max(col, 1)}`, folder };
  };
  const document = parseDocument(text, {
    intAsBigInt: true,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    // Noticed below: the library compares each key with every one before it.
    uniqueKeys: false,
  });
  const complaints = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (complaints.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) throw new Unreadable(tooDeep);
  // What a parser says after its first complaint about a line mostly follows from that one.
  const problems: Problem[] = complaints
    .filter(({ pos }, index) => {
      const before = complaints[index - 1];
      return before === undefined || lines.linePos(before.pos[0]).line !== lines.linePos(pos[0]).line;
    })
    .map((error) => ({
      place: originAt(error.pos[0]).place,
      pointer: '',
      message: `not readable as YAML: ${syntaxHints[error.code] ?? 'the syntax does not fit here'}`,
    }));
  if (document.directives?.yaml.version !== '1.2') {
    problems.push({
      place: originAt(0).place,
      pointer: '',
      message: 'expected YAML 1.2; take out the %YAML line',
    });
  }
  if (problems.length > 0) return { problems };

  let aliases = 0;
  const locate = (node: Node | null | undefined, fallback: Origin): Located => {
    const at = node?.range ? originAt(node.range[0]) : fallback;
    if (isAlias(node)) {
      aliases += 1;
      if (aliases > maxAliases) throw new Unreadable(`more than ${maxAliases} aliases; write the values out`);
      const target = node.resolve(document);
      if (target === undefined) {
        problems.push({
          place: at.place,
          pointer: '',
          message: `not readable as YAML: ${syntaxHints.BAD_ALIAS}`,
        });
      }
      return locate(target, at);
    }
    if (isSeq<Node | null>(node)) {
      return { kind: 'list', at, items: node.items.map((item) => locate(item, at)) };
    }
    if (isMap<Node, Node | null>(node)) {
      const entries = new Map<string, LocatedEntry>();
      for (const { key, value } of node.items) {
        const keyAt = key.range ? originAt(key.range[0]) : at;
        const name = isScalar(key) ? (key.source ?? '') : undefined;
        if (name === undefined || name === '<<' || entries.has(name)) {
          problems.push({
            place: keyAt.place,
            pointer: '',
            message:
              name === '<<'
                ? 'merge keys ("<<") are not read; use "extends", or an alias for the whole value'
                : name === undefined
                  ? 'expected a plain word as key'
                  : 'not readable as YAML: this key stands twice in its map; keep one of them',
          });
          continue;
        }
        entries.set(name, { at: keyAt, value: locate(value, keyAt) });
      }
      return { kind: 'map', at, entries };
    }
    if (node === null || node === undefined) {
      return { kind: 'scalar', at, value: null, written: '' };
    }
    return scalar(node, at);
  };
  const root = locate(document.contents, originAt(0));
  return problems.length > 0 ? { problems } : { root };
}

function scalar(node: Node, at: Origin): LocatedScalar {
  const value: unknown = isScalar(node) ? node.value : null;
  const written = isScalar(node) ? (node.source ?? '') : '';
  if (typeof value === 'bigint') {
    const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
    return { kind: 'scalar', at, value: safe ? Number(value) : value, written };
  }
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null
  ) {
    return { kind: 'scalar', at, value, written };
  }
  // The tags of other YAML schemas (binary, timestamps); text is what the file says.
  return { kind: 'scalar', at, value: written, written };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
