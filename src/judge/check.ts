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
  'workflow.id-is-unique': 'each has an id of its own',
  'workflow.id-is-known': 'it can be looked at by its id',
  'workflow.one-at-a-time': 'one of an owner at a time',
  'workflow.other-owner': 'that of one owner hinders no other owner',
  'workflow.start-after-end': 'once it has ended, another one may follow',
  'workflow.status-order': 'statuses never go back',
  'workflow.end': 'it comes to an end',
  'workflow.move-taken': 'a request that takes it to another status is taken where it may be',
  'workflow.move-refused': 'and refused once it has ended',
  'workflow.move-shown': 'and the status is shown',
  'workflow.record-shown': 'what an owner has is shown',
  'workflow.record-is-last': 'it is what came last',
  'workflow.record-value': 'with the values of what came last',
  'workflow.record-of-failure': 'nothing is shown of what has failed',
  'workflow.removed-at-once': 'what was removed is gone at once',
  'workflow.removed-for-good': 'and stays gone',
  'workflow.removed-of-one-owner': 'a removal takes nothing of anybody else',
  'workflow.criterion': 'what a step of a workflow must show',
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
