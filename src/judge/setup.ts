import type { Api, Scenario } from '../contract/model.ts';
import type { TransportFailure, TransportFailureKind } from '../wire/exchange.ts';
import { answeredWith } from './answer.ts';
import type { Answered, Outcome } from './finding.ts';
import { type Received, receive, unavailable } from './reception.ts';

/** What an answer to a prepared request came with, and the one code that is documented for it. */
export interface PreparedAnswer {
  readonly answered: Answered;
  /** Undefined where any of several may come. */
  readonly expected: string | undefined;
}

/** A mistake of the profile that every answer shows, so that none of them says anything of the target's promises. */
interface Mistake {
  readonly kind: Extract<TroubleKind, 'refused' | 'not-the-api'>;
  /** The HTTP statuses by which a server tells it. */
  readonly statuses: readonly number[];
  /** Whether an answer of one of them may tell it. */
  readonly mayTell: (answer: PreparedAnswer) => boolean;
  /** The outcomes that it explains. */
  readonly explains: readonly Outcome[];
  /** In one sentence, with what to change. */
  readonly says: (shown: string) => string;
}

const mistakes: readonly Mistake[] = [
  {
    kind: 'refused',
    statuses: [401, 403],
    mayTell: () => true,
    // A page of something before the platform says nothing of credentials.
    explains: ['violates', 'waived'],
    says: (shown) =>
      `the target refused the credentials: ${shown}; check aspId, accessKey, secretKey, cryptoKeyId, timeZone and wire.tokenPadding of the profile`,
  },
  {
    kind: 'not-the-api',
    statuses: [404, 405],
    mayTell: ({ answered, expected }) => expected === undefined || answered.code !== expected,
    explains: ['violates', 'waived', 'target-error'],
    says: (shown) =>
      `nothing of the API is where baseUrl leads: ${shown}; check its path, such as https://host/open-api`,
  },
];

/** The mistake of the setup that all of some answers tell; one that tells another thing makes each the target's own doing. */
export function setupMistake(answers: readonly PreparedAnswer[]): Mistake | undefined {
  if (answers.length === 0) return undefined;
  return mistakes.find(({ statuses, mayTell }) =>
    answers.every((answer) => statuses.includes(answer.answered.status) && mayTell(answer)),
  );
}

/** The status, and the code if there is one. */
export function answeredText({ status, code }: Answered): string {
  return `HTTP ${status}${code === undefined ? '' : ` with ${code}`}`;
}

/**
 * What stands between a request and an answer that could be judged: nobody answers; somebody else does; the API refuses
 * the credentials; its answer is for another key; it fails by itself.
 */
export type TroubleKind = 'no-answer' | 'not-the-api' | 'refused' | 'sealed' | 'crashed';

export interface Trouble {
  readonly kind: TroubleKind;
  /** The likely cause and what to change, in one sentence. */
  readonly says: string;
}

/** The answer to a prepared request. */
export interface PreparedExchange extends Received {
  readonly api: Api;
  readonly scenario: Scenario;
}

/**
 * Why the answer to a prepared request says nothing of the target's promises as long as others fare alike; undefined for
 * an answer of the API, whatever it says.
 *
 * @param asked what got such an answer, for the sentence
 */
export function troubleOf(given: PreparedExchange, asked: string = given.scenario.id): Trouble | undefined {
  const { outcome, opened, scenario } = given;
  if (!outcome.ok) return { kind: 'no-answer', says: noAnswer(outcome.failure) };
  const { status } = outcome.response;
  const reception = receive(given);
  const code = reception.usable ? reception.envelope?.code : undefined;
  const answered = answeredWith(status, code);
  const mistake = setupMistake([{ answered, expected: scenario.code }]);
  if (mistake && (reception.usable || mistake.explains.includes('target-error'))) {
    return { kind: mistake.kind, says: mistake.says(`${answeredText(answered)} to ${asked}`) };
  }
  if (!reception.usable) {
    const isOwnFailure = status >= 500 && !unavailable.includes(status);
    return { kind: isOwnFailure ? 'crashed' : 'not-the-api', says: `${asked}: ${reception.why}` };
  }
  if (opened.form === 'sealed' && opened.isForAnotherKey && code === undefined) {
    return { kind: 'sealed', says: sealedText(opened.problem, asked) };
  }
  return undefined;
}

/** Why the answer to a request can't be read, in one sentence. */
export function sealedText(problem: string, asked: string): string {
  return `the answer to ${asked} can't be opened with clientPrivateKey: ${problem}; clientPrivateKey has to be the one that the portal gave out with this cryptoKeyId, so download both anew`;
}

/** A transport failure with its likely cause and what to change. */
export function noAnswer(failure: TransportFailure): string {
  return `${failure.message}; ${transportAdvice(failure)}`;
}

/** The likely cause of a transport failure and what to change. */
export function transportAdvice({ kind, code }: Pick<TransportFailure, 'kind' | 'code'>): string {
  return byCode.find(([codes]) => codes.some((one) => one === code))?.[1] ?? byKind[kind];
}

const byCode: readonly (readonly [codes: readonly string[], advice: string])[] = [
  [
    ['CERT_HAS_EXPIRED'],
    "the certificate's last day has passed: have it renewed where the target runs, or set this machine's clock",
  ],
  [['CERT_NOT_YET_VALID'], "the certificate is not valid yet: is this machine's clock behind?"],
  [
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    'the certificate is for other names: write the host of baseUrl as the certificate has it',
  ],
  [
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_SIGNATURE_FAILURE',
    ],
    'nobody whom this machine or tls.ca of the profile trusts has signed the certificate: set tls.ca to the certificate of the authority that did',
  ],
  [
    ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    'what listens there speaks no TLS: check the port of baseUrl, and whether it begins with http',
  ],
  [
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'],
    'the target wants a certificate of the client: set tls.clientCertificate and tls.clientKey',
  ],
  [
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE'],
    'the target does not take the certificate of the client: check tls.clientCertificate',
  ],
];

const byKind: Readonly<Record<TransportFailureKind, string>> = {
  refused: 'nothing listens there: start the target, or correct host and port of baseUrl',
  dns: 'correct the host of baseUrl, or join the network in which it has that name',
  tls: 'check what listens at that port, and tls of the profile',
  timeout:
    'the target is mute or slow, or a firewall swallows what is sent to it: check that it is up and can be reached from here, or raise timeouts.exchange',
  reset: 'the target, or something before it, ends connections: check its log, and host and port of baseUrl',
  'too-large': 'check what answers at baseUrl, or raise maxResponseBytes',
  protocol: 'what listens there is no HTTP/1.1 server: check scheme and port of baseUrl',
  proxy: 'check proxy of the profile, its user and password, and whether it lets you reach the target',
};
