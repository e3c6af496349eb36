/** A code with its HTTP status and message, as an answer bears it. */
export interface AnswerCode {
  readonly status: number;
  readonly code: string;
  readonly description: string;
}

/**
 * The codes that no page documents for the API that answers them. `000_…` are the platform's general codes (guide),
 * `001_006` is documented for linkable-cards, and `900_…` are this sandbox's own choice: what the platform answers in
 * these situations is not known.
 */
export const ownCodes = {
  requiredMissing: { status: 400, code: '000_003', description: 'Required parameter is missing.' },
  wrongLength: { status: 400, code: '000_015', description: 'Invalid parameter length.' },
  badValue: { status: 400, code: '000_002', description: 'Invalid input parameter.' },
  notAMember: { status: 400, code: '001_006', description: 'Wallet user not found.' },
  noAccount: { status: 400, code: '900_001', description: 'The member has no registered account.' },
  unknownCaller: { status: 401, code: '900_002', description: 'Unknown ASP id or access key.' },
  badToken: {
    status: 401,
    code: '900_003',
    description: 'The Tran-Token does not fit the body and the key.',
  },
  unknownCryptoKey: { status: 401, code: '900_004', description: 'Unknown crypto key id.' },
  notJson: { status: 400, code: '900_005', description: 'The body is not a JSON object.' },
  notEncrypted: { status: 400, code: '900_006', description: 'The body is not encrypted as documented.' },
  noSuchPath: { status: 404, code: '900_007', description: 'No such API.' },
  wrongMethod: { status: 405, code: '900_008', description: 'Method not allowed.' },
  tooLarge: { status: 413, code: '900_009', description: 'The request is too large.' },
  wrongContentType: {
    status: 415,
    code: '900_010',
    description: 'The content type must be application/json.',
  },
  badHttp: { status: 400, code: '900_011', description: 'The request is not valid HTTP.' },
  ownFault: { status: 500, code: '900_012', description: 'The sandbox failed to answer.' },
  underWay: { status: 409, code: '900_014', description: 'Please wait.' },
  wrongOnPurpose: { status: 400, code: '900_013', description: 'A wrong answer that was asked for.' },
} as const satisfies Readonly<Record<string, AnswerCode>>;

/** A request that a check stopped: how it is answered. Not a fault of the sandbox. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: AnswerCode;

  /** @param parameter the header or field to blame, named in the message */
  constructor(answer: AnswerCode, parameter?: string) {
    super(answer.description);
    this.answer =
      parameter === undefined ? answer : { ...answer, description: `${answer.description} ${parameter}` };
  }
}
