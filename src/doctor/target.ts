import { encryptedWays, harmlessRequests, type PreparedRequest } from '../cases/harmless.ts';
import { ask } from '../engine/preflight.ts';
import { answeredWith } from '../judge/answer.ts';
import { findEnvelope } from '../judge/envelope.ts';
import { receive } from '../judge/reception.ts';
import { answeredText, noAnswer, sealedText, troubleOf } from '../judge/setup.ts';
import { headerValues } from '../wire/headers.ts';
import { type Asked, failed, ok, type Patient, type StepResult, unchecked, warning } from './step.ts';

/** Does the API answer where baseUrl leads? */
export async function checkPath(patient: Patient): Promise<StepResult> {
  const { baseUrl } = patient.session.profile;
  const [request] = successes(patient).toSorted((a, b) => encryptedWays(a.api) - encryptedWays(b.api));
  if (request === undefined) return unchecked(nothingToAsk(patient));
  const asked = await sendOnce(request, patient);
  const trouble = troubleIn(asked, patient);
  if (trouble !== undefined && trouble.kind !== 'refused' && trouble.kind !== 'sealed') {
    return failed(trouble.says);
  }
  const { text, code } = answerTo(asked, patient);
  if (trouble === undefined && code === undefined) {
    return failed(
      `${request.scenario.id} was answered ${text} and no code: check that baseUrl leads to the Open API, or set wire.envelope to where this target has its code`,
    );
  }
  return ok(`${baseUrl}${request.api.path} answers ${text}`);
}

/** Do both clocks say the same? */
export async function checkClock({ asked, session }: Patient): Promise<StepResult> {
  const [first] = asked;
  if (first === undefined) return unchecked('there is no answer to tell the time of the target');
  const { outcome, startedAt, duration } = first.sent.exchange;
  const [date = ''] = outcome.ok ? headerValues(outcome.response.headers, 'date') : [];
  const theirs = Date.parse(date);
  if (Number.isNaN(theirs)) {
    return warning("the answer has no header Date, so that the clocks can't be compared");
  }
  const ahead = startedAt + duration / 2 - theirs;
  const off = Math.abs(ahead);
  if (off <= minute) return ok(`this machine and the target agree within a minute (Date: ${date})`);
  const { tranTime, tranToken } = session.contract.platform.headers;
  return warning(
    `this machine's clock is ${span(off)} ${ahead > 0 ? 'ahead of' : 'behind'} the target's (Date: ${date}); ${tranTime} and ${tranToken} bear this machine's time, and a target may refuse one that is not now, so set the clock by a time server`,
  );
}

const minute = 60_000;

/** In the largest unit of which there are two. */
function span(milliseconds: number): string {
  const units = [
    ['days', 86_400_000],
    ['hours', 3_600_000],
    ['minutes', minute],
    ['seconds', 1000],
  ] as const;
  const [unit, length] = units.find(([, one]) => milliseconds >= 2 * one) ?? ['seconds', 1000];
  return `${Math.round(milliseconds / length)} ${unit}`;
}

/** Are signature, access key and id taken? */
export async function checkToken(patient: Patient): Promise<StepResult> {
  const [asked] = patient.asked;
  if (asked === undefined) return unchecked('there is no answer to tell whether the credentials are taken');
  const { api, scenario } = asked.request;
  const trouble = troubleIn(asked, patient);
  if (trouble?.kind === 'refused') return failed(trouble.says);
  const { text, code } = answerTo(asked, patient);
  const told = `${scenario.id} was answered ${text}`;
  // What the message says is the next step's matter.
  if (trouble?.kind === 'sealed') return ok(`${told}, encrypted: signature, access key and aspId are taken`);
  const setup = code === scenario.code ? undefined : api.platform.setup.get(code ?? '');
  if (setup !== undefined) return failed(`${told}: ${setup}`);
  if (api.codes.some((row) => row.code === code)) {
    return ok(`signature, access key and aspId are taken: ${told}`);
  }
  return failed(
    `${told}, which no page documents for it: likely the credentials are refused, so check aspId, accessKey, secretKey and timeZone of the profile`,
  );
}

/** Does the target open our messages, and do its own open here? */
export async function checkEncryption(patient: Patient): Promise<StepResult> {
  const { contract } = patient.session;
  const reading = contract.apis.filter(({ effect }) => effect === 'reads');
  const most = Math.max(0, ...reading.map(encryptedWays));
  if (most === 0) return ok('none: no API that only reads has an encrypted body');
  const [request] = successes(patient)
    .filter(({ api }) => encryptedWays(api) > 0)
    .toSorted((a, b) => encryptedWays(b.api) - encryptedWays(a.api));
  const missing = (ways: number) =>
    `give the profile test data for a success of ${reading
      .filter((api) => encryptedWays(api) === ways)
      .map(({ id }) => id)
      .join(' or ')}`;
  if (request === undefined) {
    return unchecked(`no prepared request with an encrypted body changes nothing: ${missing(most)}`);
  }
  const asked = await sendOnce(request, patient);
  const { api, scenario } = request;
  const { opened } = asked.sent;
  const trouble = strangeIn(asked, patient);
  if (opened.form === 'sealed' && opened.isForAnotherKey) {
    return failed(sealedText(opened.problem, scenario.id));
  }
  if (opened.form === 'sealed') {
    return failed(
      `the answer to ${scenario.id} is not encrypted as documented, which is the target's to mend: ${opened.problem}`,
    );
  }
  if (trouble !== undefined) return failed(trouble);
  const { text, code } = answerTo(asked, patient);
  const told = `${scenario.id} was answered ${text}`;
  const isOutcome = api.codes.some((row) => row.code === code);
  if (code !== scenario.code && (!isOutcome || api.platform.setup.has(code ?? ''))) {
    return failed(
      `the target did not understand the encrypted request: ${told}; serverPublicKey has to be the key that the portal gave out with this cryptoKeyId, so download it anew, or try another wire.contentEncryption`,
    );
  }
  if (opened.form === 'encrypted') return ok(`the target opens our message, and its own opens here: ${told}`);
  if (encryptedWays(api) < most) {
    return unchecked(`the target opens our message, and nothing shows its own: ${missing(most)}`);
  }
  if (code !== scenario.code) return warning(`the target opens our message, and answers in plain: ${told}`);
  return most === 2
    ? warning(`the target opens our message, and answers in plain what is documented as encrypted: ${told}`)
    : ok(`the target opens our message: ${told}`);
}

/** Does the target know what the profile has prepared? */
export async function checkData(patient: Patient): Promise<StepResult> {
  const { contract, profile } = patient.session;
  const all = contract.apis.flatMap(({ scenarios }) => scenarios);
  const prepared = all.filter(({ id }) => profile.testData.has(id));
  const silent = all.filter(({ id }) => !profile.testData.has(id) && !profile.notTestable.has(id));
  const count = `${prepared.length} of ${all.length} scenarios have data`;
  const isAsked = ({ api }: PreparedRequest) => patient.asked.some(({ request }) => request.api === api);
  const request = successes(patient).find((one) => !isAsked(one));
  if (request !== undefined) await sendOnce(request, patient);
  if (patient.asked.length === 0) return unchecked(`${count}; ${nothingToAsk(patient)}`);
  const unlike = patient.asked.find((one) => answerTo(one, patient).code !== one.request.scenario.code);
  if (unlike !== undefined) {
    const { scenario } = unlike.request;
    const why =
      strangeIn(unlike, patient) ??
      `${scenario.id} was answered ${answerTo(unlike, patient).text}, expected ${scenario.code}: the target does not know these data, so copy those that the portal shows for this project`;
    return failed(`${count}; ${why}`);
  }
  const known = `${count}; ${patient.asked.map((one) => one.request.scenario.id).join(', ')} answered as documented`;
  if (silent.length === 0) return ok(known);
  return warning(
    `${known}; ${silent.length} have neither data nor a reason under notTestable, which leaves a run incomplete`,
  );
}

/** The prepared requests that change nothing and are to succeed, one of each API. */
function successes({ session: { contract, profile } }: Patient): readonly PreparedRequest[] {
  const all = harmlessRequests(contract, profile).filter(({ scenario }) => scenario.status < 300);
  return all.filter(({ api }, index) => all.findIndex((one) => one.api === api) === index);
}

function nothingToAsk({ session: { contract } }: Patient): string {
  const reading = contract.apis.filter(({ effect }) => effect === 'reads').map(({ id }) => id);
  return reading.length === 0
    ? 'no documented API only reads, so that nothing can be asked without changing something'
    : `nothing can be asked without changing something: give the profile test data for a success of ${reading.join(' or ')}`;
}

async function sendOnce(request: PreparedRequest, { session, asked }: Patient): Promise<Asked> {
  const before = asked.find((one) => one.request.scenario === request.scenario);
  if (before !== undefined) return before;
  const one = { request, sent: await ask(request, session) };
  asked.push(one);
  return one;
}

function troubleIn({ request, sent }: Asked, { session }: Patient): ReturnType<typeof troubleOf> {
  const { exchange, opened } = sent;
  const { envelope } = session.profile.wire;
  return troubleOf({ ...request, outcome: exchange.outcome, opened, envelope });
}

/** Why no answer of the API came behind one that did: what is not there now is missing for this API alone. */
function strangeIn({ request, sent }: Asked, { session }: Patient): string | undefined {
  const { exchange, opened } = sent;
  const { outcome } = exchange;
  const { envelope } = session.profile.wire;
  const reception = receive({ ...request, outcome, opened, envelope });
  if (reception.usable) return undefined;
  return outcome.ok ? `${request.scenario.id}: ${reception.why}` : noAnswer(outcome.failure);
}

/** The code that an answer came with, whatever its form, and as much as may be shown. */
function answerTo(
  { request, sent: { exchange, opened } }: Asked,
  { session: { profile } }: Patient,
): { readonly code: string | undefined; readonly text: string } {
  if (!exchange.outcome.ok) return { code: undefined, text: 'with nothing' };
  const found = findEnvelope(opened, profile.wire.envelope, request.api.platform.envelope);
  const code = typeof found?.code === 'string' ? found.code : undefined;
  return { code, text: answeredText(answeredWith(exchange.outcome.response.status, code)) };
}
