import { equalJson, getMember, isJsonObject } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { codeOf, isSuccess, withEnvelope } from '../faults/edit.ts';
import { ownCodes } from '../own-codes.ts';
import type { Answer, Situation } from '../stages.ts';
import { preparedRequests } from '../test-data.ts';
import type { Variant } from './variant.ts';

/** Other codes, texts and tolerances, each another interpretation of the documents or left open by them. */
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
      answer: (answer, at) => {
        if (codeOf(answer) !== '000_002' || isPrepared(at)) return answer;
        const values = Object.values(at.parameters ?? {});
        const { code, description } = values.some((value) => value === '')
          ? ownCodes.wrongLength
          : ownCodes.requiredMissing;
        return coded(answer, code, description);
      },
    },
  },
  {
    id: 'success-without-full-stop',
    sentence: 'The message of 000_000 is "Success" (ambiguity success-message).',
    deviation: {
      answer: (answer) => (isSuccess(answer) ? withEnvelope(answer, 'description', () => 'Success') : answer),
    },
  },
  {
    id: 'success-with-full-stop',
    sentence: 'The message of 000_000 is "Success." everywhere (ambiguity success-message).',
    deviation: {
      answer: (answer) =>
        isSuccess(answer) ? withEnvelope(answer, 'description', () => 'Success.') : answer,
    },
  },
  {
    id: 'bare-bad-value-message',
    sentence: 'The message of 000_002 is the bare one everywhere (ambiguity bad-value-message).',
    deviation: badValueMessage('Invalid input parameter.'),
  },
  {
    id: 'bad-value-message-with-name',
    sentence: 'The message of 000_002 names the member id everywhere (ambiguity bad-value-message).',
    deviation: badValueMessage('Invalid input parameter. userId'),
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
    id: 'tran-time-of-sixteen',
    sentence: 'A time of sixteen digits is taken (ambiguity tran-time-length).',
    deviation: {
      leavesOut: (check, at) =>
        check.startsWith(`header.${at.contract.platform.headers.tranTime}.`) &&
        headerValues(at.received.headers, at.contract.platform.headers.tranTime)[0]?.length === 16,
    },
  },
  {
    id: 'member-id-of-twenty-digits',
    sentence: 'A member id of twenty digits is taken by account-info (ambiguity member-id-value-20).',
    deviation: {
      leavesOut: (check, at) =>
        check === 'parameter.userId.range' &&
        at.api.id === 'account-info' &&
        String(getMember(at.parameters ?? {}, 'userId')).length <= 20 &&
        String(getMember(at.parameters ?? {}, 'userId')) !== '0',
    },
  },
  {
    id: 'short-registration-number-unknown',
    sentence:
      'A shorter registration number is unknown instead of malformed (ambiguity registration-number-length).',
    deviation: {
      leavesOut: (check, at) => {
        const regNo = getMember(at.parameters ?? {}, 'regNo');
        return (
          check === 'parameter.regNo.length' &&
          typeof regNo === 'string' &&
          regNo.length > 0 &&
          regNo.length < 22
        );
      },
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

function badValueMessage(message: string): Variant['deviation'] {
  return {
    answer: (answer, { api }) =>
      codeOf(answer) === '000_002' && api.codes.some(({ code }) => code === '000_002')
        ? withEnvelope(answer, 'description', () => message)
        : answer,
  };
}

function coded(answer: Answer, code: string, description: string): Answer {
  return { ...answer, body: { response: { code, description } } };
}

let prepared: ReturnType<typeof preparedRequests> | undefined;

/** Whether the request is the API's prepared one for 000_002. */
function isPrepared({ api, parameters }: Situation): boolean {
  prepared ??= preparedRequests();
  return api.scenarios.some(({ id, code }) => {
    const request = code === '000_002' ? prepared?.get(id) : undefined;
    return (
      request !== undefined &&
      isJsonObject(request) &&
      parameters !== undefined &&
      equalJson(request, parameters)
    );
  });
}
