import { getMember } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { codeOf } from '../faults/edit.ts';
import { scenarioOf } from '../generic/scenarios.ts';
import { ownCodes } from '../own-codes.ts';
import type { Answer } from '../stages.ts';
import type { Variant } from './variant.ts';

/** Other codes and tolerances, each another interpretation of the documents or left open by them. */
export const interpretationVariants: readonly Variant[] = [
  {
    id: 'as-assumed',
    sentence: 'The sandbox as it is, with its member ids of nineteen digits: the control of all the others.',
    deviation: {},
  },
  {
    id: '400-for-strangers',
    sentence:
      'A bad key or token is answered with HTTP 400 in place of 401 (ambiguity code-of-a-bad-header).',
    deviation: { answer: (answer) => (answer.status === 401 ? { ...answer, status: 400 } : answer) },
  },
  {
    id: '403-without-a-body-of-ours',
    sentence: 'A gateway answers strangers with HTTP 403 and JSON of its own, without a code.',
    deviation: {
      answer: (answer) =>
        answer.status === 401 ? { ...answer, status: 403, body: { error: 'Forbidden' } } : answer,
    },
  },
  {
    id: 'general-codes',
    sentence:
      'A missing field is answered with 000_003 and a wrong length with 000_015 by the APIs that document 000_002 too, save for the prepared request.',
    deviation: {
      answer: (answer, { contract, api, parameters }) => {
        if (codeOf(answer) !== ownCodes.badValue.code || parameters === undefined) return answer;
        if (scenarioOf(contract, api, parameters)?.code === ownCodes.badValue.code) return answer;
        const { code, description } = Object.values(parameters).includes('')
          ? ownCodes.wrongLength
          : ownCodes.requiredMissing;
        // With a message of its own, where the page has one.
        return api.codes.some((row) => row.code === code) ? answer : coded(answer, code, description);
      },
    },
  },
  {
    id: 'crypto-key-id-not-needed',
    sentence:
      'An encrypted request without X-KM-Crypto-Key-Id is accepted (ambiguity crypto-key-id-presence).',
    deviation: {
      leavesOut: (check, { contract }) =>
        check === `header.${contract.platform.headers.cryptoKeyId}.presence`,
    },
  },
  {
    id: 'padded-tokens-only',
    sentence: 'Only tokens of 67 characters are taken (ambiguity tran-token-length).',
    deviation: {
      answer: (answer, at) =>
        headerValues(at.received.headers, at.contract.platform.headers.tranToken)[0]?.length === 66
          ? {
              ...coded(answer, ownCodes.badToken.code, ownCodes.badToken.description),
              status: 401,
              encrypted: false,
            }
          : answer,
    },
  },
  {
    id: 'bad-values-are-422',
    sentence: 'A bad value of an API that documents no code for it is answered with HTTP 422.',
    deviation: {
      answer: (answer, at) => {
        const code = codeOf(answer) ?? '';
        const isOwn = !at.api.codes.some((row) => row.code === code);
        return isOwn && answer.status === 400 ? { ...answer, status: 422 } : answer;
      },
    },
  },
  {
    id: 'no-account-is-a-success',
    sentence:
      'account-info for a member without an account succeeds and shows none (ambiguity account-of-a-member-without-one).',
    deviation: {
      answer: (answer, at) => {
        const userId = getMember(at.parameters ?? {}, 'userId');
        if (
          at.api.id !== 'account-info' ||
          codeOf(answer) !== ownCodes.noAccount.code ||
          userId === undefined
        )
          return answer;
        return { ...coded(answer, '000_000', 'Success.'), status: 200 };
      },
    },
  },
];

function coded(answer: Answer, code: string, description: string): Answer {
  return { ...answer, body: { response: { code, description } } };
}
