import type { Case, Plan } from '../cases/case.ts';
import { isChange } from '../cases/permission.ts';
import type { Api, Contract } from '../contract/model.ts';
import { stringifyJson } from '../json/json.ts';
import type { Profile } from '../target/profile.ts';
import type { SentRequest } from '../wire/exchange.ts';

/** A request beyond what the profile allows: a mistake of the suite, which should not have made it. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

/**
 * The last look at a request before it is sent, whatever has made it: a case, a control, a workflow or its cleaning up.
 * Cases beyond the profile are planned as not ready; this is for the day on which that is not so.
 *
 * @throws {NotAllowed} nothing has been sent then
 */
export function checkAllowed(
  one: Pick<Case, 'api' | 'id'> & Partial<Pick<Case, 'expectation'>>,
  plan: Extract<Plan, { ready: true }>,
  sent: SentRequest,
  { profile, contract }: { readonly profile: Profile; readonly contract: Contract },
): void {
  const { effects, baseUrl } = profile;
  const refuse = (why: string): never => {
    throw new NotAllowed(`the request of ${one.id} ${why}; it was not sent`);
  };
  const url = new URL(sent.url);
  if (url.origin !== new URL(baseUrl).origin) refuse(`would go to ${url.origin}, which is not the target`);
  if (effects === 'any') return;
  const reached = contract.apis.filter((api) => plainPath(pathOf(api, baseUrl)) === plainPath(url.pathname));
  const changing = [one.api, ...reached].find(({ effect }) => isChange(effect));
  if (effects === 'read-only') {
    if (changing)
      refuse(`would reach ${changing.id}, which ${changing.effect}, and the profile allows reads only`);
    const isDocumented = reached.some(
      (api) => sent.method === api.method && url.pathname === pathOf(api, baseUrl),
    );
    if (!isDocumented) refuse('would reach no documented operation, and the profile allows reads only');
    return;
  }
  if (changing && !isPrepared(changing, one, plan, profile)) {
    refuse(`is no prepared one of ${changing.id}, which ${changing.effect}, and the profile allows no other`);
  }
}

/** Whether it is a prepared request of an operation, or one of its own that is broken on purpose. */
function isPrepared(
  api: Api,
  one: Pick<Case, 'api'> & Partial<Pick<Case, 'expectation'>>,
  { body, mutation, control }: Extract<Plan, { ready: true }>,
  { testData }: Profile,
): boolean {
  if (one.api.id !== api.id || control !== undefined) return false;
  if (mutation?.at === 'body' && one.expectation?.kind === 'rejected') return true;
  const text = stringifyJson(body);
  return api.scenarios.some(({ id }) => {
    const prepared = testData.get(id);
    return prepared !== undefined && stringifyJson(prepared) === text;
  });
}

function pathOf(api: Api, baseUrl: string): string {
  return new URL(`${baseUrl}${api.path}`).pathname;
}

/** As a lenient server might read it. */
function plainPath(path: string): string {
  let text = path;
  try {
    text = decodeURIComponent(path);
  } catch {
    // As it stands, then.
  }
  return text.toLowerCase().replaceAll(/\/+/g, '/').replace(/\/$/, '');
}
