import type { Api, Contract, Scenario } from '../contract/model.ts';
import type { JsonValue } from '../json/json.ts';
import type { PreparedData } from './prepared.ts';

/** A prepared request as it stands in the profile. */
export interface PreparedRequest {
  readonly api: Api;
  readonly scenario: Scenario;
  readonly body: JsonValue;
}

/**
 * The prepared requests that change nothing, whoever answers them: those of APIs that only read. In the order of the
 * documents, and of one API those that succeed first.
 */
export function harmlessRequests(
  { apis }: Pick<Contract, 'apis'>,
  { testData }: Pick<PreparedData, 'testData'>,
): readonly PreparedRequest[] {
  const rank = ({ status, breaksRequest }: Scenario) => Number(status >= 300) + Number(breaksRequest);
  return apis
    .filter(({ effect }) => effect === 'reads')
    .flatMap((api) =>
      api.scenarios
        .toSorted((a, b) => rank(a) - rank(b))
        .flatMap((scenario) => {
          const body = testData.get(scenario.id);
          return body === undefined ? [] : [{ api, scenario, body }];
        }),
    );
}

/** How much of the message encryption a request and its answer show: nothing, one way, both ways. */
export function encryptedWays({ request, responses }: Api): 0 | 1 | 2 {
  const isAnswerEncrypted = responses.some(({ body }) => body.encrypted);
  if (request.body.encrypted && isAnswerEncrypted) return 2;
  return request.body.encrypted || isAnswerEncrypted ? 1 : 0;
}
