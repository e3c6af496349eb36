/**
 * Every check of the judge: its id, the same whether an answer passes or fails, and what it looks at. A finding bears
 * the id of the check that made it. The ids of `rejection` speak of the refusal of a changed request, all others of an
 * answer that is judged as what it claims to be.
 */
export const checks = {
  path: 'the API answers at all',
  'content-type.header': 'the content type says JSON',
  'content-type.body': 'the body is JSON',
  'header.presence': 'a required response header is there',
  'header.length': 'the length of a response header',
  'header.form': 'the form of a response header',
  encryption: 'a body that is documented as encrypted is',
  'code.presence': 'there is a code',
  'code.value': 'the code is the documented one',
  status: 'the HTTP status of the code',
  message: 'the message of the code, to the letter',
  'body.presence': 'a required field is there',
  'body.type': 'the type of a field',
  'body.length': 'the length of a field',
  'body.range': 'the range of a field',
  'body.form': 'the form of a field',
  'body.enum': 'the documented values of a field',
  'body.echo': 'a field equals what was sent',
  'body.scenario': 'what a scenario asks of the body beyond its schema',
  'rejection.outcome-of-control': 'a broken request is not answered as the unbroken one',
  'rejection.documented-outcome': 'a broken request gets no other documented outcome',
  'rejection.documented-code': 'a broken request gets the code that is documented for it',
  'rejection.status': 'the HTTP status of the code of a rejection',
  'rejection.message': 'the message of the code of a rejection',
  'rejection.header': 'the headers of a rejection',
  'limit.accepted': 'a value at its limit is taken',
  'workflow.number-is-unique': 'every registration has a number of its own',
  'workflow.number-is-known': 'the number of a registration can be inquired',
  'workflow.change': 'a member whose registration has ended may register another account',
  'workflow.status-order': 'statuses never go back',
  'workflow.end': 'a registration comes to an end',
  'workflow.same-member': 'one registration of a member at a time',
  'workflow.other-member': 'a registration of one member hinders no other member',
  'workflow.account-shown': 'the registered account of a member is shown',
  'workflow.account-number': 'it is the account that was registered last',
  'workflow.account-bank': 'it is the bank that was registered last',
  'workflow.failed-account': 'no account is shown whose registration failed',
  'workflow.deleted-at-once': 'a deleted account is gone at once',
  'workflow.deleted-for-good': 'a deleted account stays gone',
  'workflow.deleted-of-one-member': 'a deletion takes no other member’s account',
  'robustness.answer': 'there is an answer',
  'robustness.client-error': 'a bad request is answered with a 4xx',
  'robustness.no-server-error': 'no 5xx',
  'robustness.no-stack-trace': 'no stack trace',
  'robustness.no-server-version': 'no version of a server',
  'robustness.json': 'JSON, or nothing',
} as const satisfies Readonly<Record<string, string>>;

export type CheckId = keyof typeof checks;

export const checkIds: readonly CheckId[] = Object.keys(checks).filter(isCheckId);

export function isCheckId(id: unknown): id is CheckId {
  return typeof id === 'string' && Object.hasOwn(checks, id);
}
