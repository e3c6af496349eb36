import type { Case, Expectation, Plan } from '../cases/case.ts';
import { brokenHeaders, type Mutation, type Part } from '../cases/mutations/mutation.ts';
import { type Breach, breachesOf } from '../contract/body-check.ts';
import { clauseId } from '../contract/clauses.ts';
import type { Api } from '../contract/model.ts';
import type { JsonValue } from '../json/json.ts';
import type { Profile } from '../target/profile.ts';
import type { SentRequest } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { differences } from './difference.ts';
import type { BuiltRequest } from './request.ts';

/** A mistake of the suite, noticed before it could be taken for one of the target. */
export class SelfCheckError extends Error {
  override readonly name = 'SelfCheckError';
}

/**
 * Holds the body that a case will send against the documents: a case that breaks a limit must break those that it
 * declares and no other, any other must break none. What the prepared request breaks already is the profile's.
 *
 * @throws {SelfCheckError}
 */
export function checkBody(one: Case, body: JsonValue, testData: ReadonlyMap<string, JsonValue>): void {
  if (one.expectation.kind === 'outcome' || one.plan.ready !== true) return;
  const { schema } = one.api.request.body;
  const control = controlBody(one.plan, one.expectation, testData);
  const known = new Set(control === undefined ? [] : broken(one.api, breachesOf(schema, control)));
  const breaks = broken(one.api, breachesOf(schema, body))
    .filter((clause) => !known.has(clause))
    .toSorted();
  const isToBreak = one.expectation.kind === 'rejected' && one.plan.mutation?.at === 'body';
  const declared = isToBreak ? one.clauses.toSorted() : [];
  if (breaks.join() === declared.join()) return;
  throw new SelfCheckError(
    `the body of ${one.id} breaks ${breaks.join(', ') || 'nothing'}, declared is ${declared.join(', ') || 'nothing'}`,
  );
}

function broken(api: Api, breaches: readonly Breach[]): string[] {
  return breaches.flatMap(({ field, aspect, also, pointer }) =>
    field
      ? [aspect, ...also].map((one) => clauseId.requestField(api.id, field.path, one))
      : [`${api.id} ${pointer}`],
  );
}

/** The body of the request that a changed one starts from; undefined where it changes none. */
export function controlBody(
  plan: Plan,
  expectation: Expectation | undefined,
  testData: ReadonlyMap<string, JsonValue>,
): JsonValue | undefined {
  if (!plan.ready || !expectation || expectation.kind === 'outcome') return undefined;
  return plan.control ?? testData.get(expectation.control.id);
}

/**
 * Holds a request against its control, part by part: it must differ in what its mutation declares and in nothing else.
 *
 * @throws {SelfCheckError}
 */
export function checkMutation(
  id: string,
  control: JsonValue,
  built: BuiltRequest,
  mutation: Mutation | undefined,
  profile: Profile,
): void {
  const found = new Set(differences(control, built, profile));
  const declared = new Set<Part>(mutation?.breaks);
  if (found.size === declared.size && [...found].every((part) => declared.has(part))) return;
  const said = (parts: ReadonlySet<Part>) => [...parts].join(', ') || 'nothing';
  throw new SelfCheckError(
    `the request of ${id} would differ from its control in ${said(found)}, declared is ${said(declared)}; it was not sent`,
  );
}

/**
 * Holds the headers that the suite makes (not the profile's credentials) against the documents, but for broken ones.
 *
 * @throws {SelfCheckError}
 */
export function checkSent(api: Api, sent: SentRequest, mutation: Mutation | undefined): void {
  const broken = brokenHeaders(mutation);
  for (const header of api.request.headers) {
    const isTheProfiles = header.guard === 'caller' || header.guard === 'key';
    if (broken.includes(header.name) || isTheProfiles) continue;
    const [value] = headerValues(sent.headers, header.name);
    if (value === undefined) throw new SelfCheckError(`the suite left out the header ${header.name}`);
    const [breach] = breachesOf(header.schema, value);
    if (breach) {
      throw new SelfCheckError(
        `the header ${header.name} that the suite made has not ${breach.expected} (${breach.aspect})`,
      );
    }
  }
}
