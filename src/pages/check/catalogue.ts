import { splitNames } from '../catalogue.ts';
import type { Findings } from './findings.ts';
import { normal } from './item.ts';

/**
 * Compares the navigation of a page, in which names run together, with the documented list. Each name counts as a
 * fact.
 */
export function compareCatalogue(findings: Findings): void {
  const { api, documents, capture } = findings.context;
  const { catalogue } = documents.contract;
  const [first] = capture.page.catalogue;
  const text = capture.page.catalogue.map(({ value }) => normal(value)).join(' ');
  const list = catalogue.lists.find(({ source }) => source.page === api.page.number);
  const line = first?.line ?? 0;
  const document = {
    place: findings.documentPlace('catalogue', list === undefined ? [] : [list.source.line]),
    text:
      list === undefined
        ? `no list of page ${api.page.number} in specs/catalogue.yaml`
        : `${list.names.length} names`,
  };
  const subject = 'catalogue';
  const say = (kind: 'added' | 'removed' | 'changed', what: string) =>
    findings.add(
      {
        kind,
        subject,
        fact: 'catalogue',
        page: { place: findings.pagePlace(first === undefined ? [] : [line]), text: what },
        document,
        clauses: [],
      },
      [line],
      undefined,
    );
  if (list !== undefined) findings.markCompared('catalogue', [list.source.line]);
  if (first === undefined) {
    if (list !== undefined && capture.missing.length === 0) say('removed', 'no navigation below the panel');
    return;
  }
  const names = (list?.names ?? []).map(normal);
  if (list !== undefined && withoutSpaces(names.join('')) === withoutSpaces(text)) {
    findings.facts += names.length;
    if (line !== list.source.line) {
      findings.add(
        {
          kind: 'changed',
          subject,
          fact: 'line',
          page: { place: findings.pagePlace([line]), text: `catalogue on line ${line}` },
          document: { ...document, text: `cited on line ${list.source.line}` },
          clauses: [],
          moved: { from: list.source.line, to: line },
        },
        [line],
        undefined,
      );
    }
    return;
  }
  const split = splitNames(
    text,
    catalogue.entries.map(({ name }) => normal(name)),
  );
  if (!split.ok) {
    say('added', `no known name at character ${split.at + 1}: "${split.rest}"`);
    return;
  }
  findings.facts += split.sequence.length;
  const added = lackedBy(names, split.sequence);
  const removed = lackedBy(split.sequence, names);
  for (const name of added) say('added', `lists "${name}"`);
  for (const name of removed) say('removed', `does not list "${name}"`);
  if (added.length === 0 && removed.length === 0) say('changed', 'the same names in another order');
}

function withoutSpaces(text: string): string {
  return text.replace(/\s/g, '');
}

/** What a list lacks of another one, each name as often as it lacks it. */
function lackedBy(other: readonly string[], list: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((name) => {
    const index = rest.indexOf(name);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
