import { catalogueCovers } from '../catalogue.ts';
import type { Findings } from './findings.ts';
import { normal } from './item.ts';

/**
 * Compares the navigation of a page, in which names run together, with the documented list. Each name counts as a
 * fact.
 */
export function compareCatalogue(findings: Findings): void {
  const { api, documents, parsed } = findings.context;
  const { catalogue } = documents.contract;
  const [first] = parsed.page.catalogue;
  const text = parsed.page.catalogue.map(({ value }) => normal(value)).join(' ');
  const list = catalogue.lists.find(({ source }) => source.feed === api.feed);
  const line = first?.line ?? 0;
  const document = {
    place: findings.documentPlace('catalogue', list === undefined ? [] : [list.source.line]),
    text:
      list === undefined
        ? `no list of page ${api.feed} in specs/catalogue.yaml`
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
  if (list !== undefined) findings.settle('catalogue', [list.source.line]);
  if (first === undefined) {
    if (list !== undefined) say('removed', 'no navigation below the panel');
    return;
  }
  const names = (list?.names ?? []).map(normal);
  if (list !== undefined && dense(names.join('')) === dense(text)) {
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
  const covering = catalogueCovers(
    text,
    catalogue.entries.map(({ name }) => normal(name)),
  );
  if (!covering.ok) {
    say('added', `no known name at character ${covering.at + 1}: "${covering.rest}"`);
    return;
  }
  findings.facts += covering.sequence.length;
  const added = without(covering.sequence, names);
  const removed = without(names, covering.sequence);
  for (const name of added) say('added', `lists "${name}"`);
  for (const name of removed) say('removed', `does not list "${name}"`);
  if (added.length === 0 && removed.length === 0) say('changed', 'the same names in another order');
}

function dense(text: string): string {
  return text.replace(/\s/g, '');
}

/** The members of a list that another list lacks, each as often as it lacks it. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((name) => {
    const index = rest.indexOf(name);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
