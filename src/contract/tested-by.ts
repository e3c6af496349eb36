import { clauseId } from './clauses.ts';
import { aspectsOf } from './limits.ts';
import type { Api, Contract } from './model.ts';
import { fieldsOf } from './schema.ts';

/** What of a case says which clauses it tests. */
export interface Testing {
  readonly id: string;
  readonly clauses: readonly string[];
}

/**
 * A function that tells every clause a case tests: those that it names and, for a scenario, those that any answer of
 * its status shows: path, content type, headers; of a success also encryption, fields and echoes.
 */
export function clausesTestedBy(contract: Contract): (one: Testing) => ReadonlySet<string> {
  const shown = new Map<string, readonly string[]>();
  for (const api of contract.apis) {
    const byStatus = new Map(
      api.responses.map(({ status }) => [
        status,
        shownByAnswer(api, status).filter((id) => contract.clauses.has(id)),
      ]),
    );
    for (const { id, status } of api.scenarios) {
      shown.set(id, [clauseId.scenario(id), ...(byStatus.get(status) ?? [])]);
    }
  }
  return ({ id, clauses }) => new Set([...clauses, ...(shown.get(id) ?? [])]);
}

/** Clause id → the ids of the cases that test it, in the order of the cases; a clause without any is not there. */
export function casesByClause(
  contract: Contract,
  cases: readonly Testing[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const testedBy = clausesTestedBy(contract);
  for (const one of cases) {
    for (const clause of testedBy(one)) {
      const ids = found.get(clause);
      if (ids) ids.push(one.id);
      else found.set(clause, [one.id]);
    }
  }
  return found;
}

function shownByAnswer(api: Api, status: number): readonly string[] {
  const response = api.responses.find((one) => one.status === status);
  const headers = (response?.headers ?? []).flatMap(({ name, schema }) =>
    (['presence', ...aspectsOf(schema)] as const).map((aspect) =>
      clauseId.responseHeader(api.id, name, aspect),
    ),
  );
  const any = [clauseId.path(api.id), clauseId.responseContentType(api.id), ...headers];
  if (!response || status >= 300) return any;
  const fields = fieldsOf(response.body.schema).flatMap(({ path, schema }) =>
    (['presence', ...aspectsOf(schema)] as const).map((aspect) =>
      clauseId.responseField(api.id, path, aspect),
    ),
  );
  return [
    ...any,
    clauseId.responseEncryption(api.id),
    ...fields,
    ...api.echoes.map(({ response: pointer }) => clauseId.echo(api.id, pointer)),
  ];
}
