import type { Parameter, Parent } from '../page.ts';
import { candidateParents } from '../placement.ts';
import { FIELD_GROUPS } from './document-items.ts';
import type { Findings } from './findings.ts';
import type { DocumentItem, PageItem } from './item.ts';

type Pairs = readonly (readonly [PageItem, DocumentItem])[];

/**
 * Compares where fields sit. A place in the documents must be one that the text allows; and where the text allows
 * more than the documents have, an ambiguity must say so: one that cites the field, or the object or list whose end
 * the text does not show.
 */
export function compareNesting(findings: Findings, pairs: Pairs): void {
  const { page } = findings.context.capture;
  for (const group of FIELD_GROUPS) {
    const parameters = page[group]?.parameters ?? [];
    const fields = pairs.filter(
      ([item, other]) => item.group === group && item.index !== undefined && other.cited,
    );
    findings.facts += parameters.length;
    const candidates = candidateParents(parameters);
    for (const [item, field] of fields) {
      compareField(findings, parameters, candidates[item.index ?? -1] ?? [], item, field, fields);
    }
  }
}

function compareField(
  findings: Findings,
  parameters: readonly Parameter[],
  allowed: readonly Parent[],
  item: PageItem,
  field: DocumentItem,
  fields: Pairs,
): void {
  const chosen = (field.places ?? []).map((place) => parentOf(place, fields));
  const name = (parent: Parent | undefined) => nameOf(parent, parameters);
  const difference = (kind: 'changed' | 'added', text: string, parents: readonly (Parent | undefined)[]) => ({
    kind,
    subject: item.title,
    fact: 'nesting' as const,
    page: { place: findings.pagePlace([item.line]), text },
    document: {
      place: findings.documentPlace('name', [item.line]),
      text: `in ${parents.map(name).join(' or ')}`,
    },
    clauses: [...new Set(field.facts.flatMap(({ clauses }) => clauses))],
  });
  const wrong = chosen.filter((parent) => parent === undefined || !allowed.includes(parent));
  if (wrong.length > 0) {
    findings.add(
      difference('changed', `in ${allowed.map(name).join(' or ')}`, wrong),
      [item.line],
      undefined,
    );
    return;
  }
  const left = allowed.filter((parent) => !chosen.includes(parent));
  if (left.length === 0) return;
  // Which containers may have ended before this field: those it would have to be outside of to sit in what is left.
  const ends = chosen.flatMap((parent) => {
    const container = parent === null || parent === undefined ? undefined : parameters[parent];
    return container === undefined ? [] : [container.name.line];
  });
  findings.add(
    difference('added', `may also sit in ${left.map(name).join(' or ')}`, chosen),
    [item.line, ...ends],
    [],
  );
}

function nameOf(parent: Parent | undefined, parameters: readonly Parameter[]): string {
  if (parent === null) return 'the body itself';
  return parent === undefined ? 'a field that the page lacks' : (parameters[parent]?.name.value ?? '?');
}

/** The parameter that the object around a place is on the page; undefined when the page has none. */
function parentOf(place: string, fields: Pairs): Parent | undefined {
  const dot = place.endsWith('[]') ? place.length - 2 : place.lastIndexOf('.');
  if (dot <= 0) return null;
  const around = place.slice(0, dot);
  const at = (path: string) => fields.find(([, other]) => other.places?.includes(path))?.[0].index;
  // A page may name no item of a list: then its members sit in the list itself.
  return at(around) ?? (around.endsWith('[]') ? at(around.slice(0, -'[]'.length)) : undefined);
}
