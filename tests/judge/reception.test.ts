import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../src/json/json.ts';
import type { OpenedBody } from '../../src/judge/answer.ts';
import { receive } from '../../src/judge/reception.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import { contract } from './answers.ts';

const [api] = contract.apis;
assert.ok(api);

const page: OpenedBody = { form: 'not-json', claimed: false, problem: 'expected a value' };
const broken: OpenedBody = { form: 'not-json', claimed: true, problem: 'expected a value' };
const empty: OpenedBody = { form: 'empty' };
const sealed: OpenedBody = {
  form: 'sealed',
  outer: { encData: 'a.b.c.d.e' },
  problem: 'made for another key',
};
const plain = (value: JsonValue): OpenedBody => ({ form: 'plain', value });
const own = plain({ response: { code: '900_503', description: 'Later.' } });
const documented = plain({ code: '000_000', message: 'Success' });
const foreign = plain({ code: 'BUSY' });
const nameless = plain({ message: 'Not Found' });

const usable = 'an answer of the API';
const unavailable = 'the target is not available now';
const aPage = 'a page of something before the platform';
const nothing = 'with an empty body';

/** The one rule: status and body, and what becomes of them. */
const table: readonly (readonly [status: number, body: string, opened: OpenedBody, comes: string])[] = [
  ...[200, 400, 401, 403, 404, 405, 406, 418, 500, 501].map(
    (status) => [status, 'a page', page, aPage] as const,
  ),
  ...[429, 502, 503, 504].flatMap((status) => [
    [status, 'a page', page, unavailable] as const,
    [status, 'nothing', empty, unavailable] as const,
    [status, 'JSON without a code', nameless, unavailable] as const,
    [status, 'JSON with a code of a gateway', foreign, unavailable] as const,
    [status, 'JSON that is broken', broken, unavailable] as const,
    [status, "the platform's own code", own, usable] as const,
    [status, 'a documented code', documented, usable] as const,
  ]),
  ...[300, 301, 302, 304, 307, 308, 399].flatMap((status) => [
    [status, 'nothing', empty, 'a redirect'] as const,
    [status, 'a page', page, 'a redirect'] as const,
    [status, 'JSON without a code', nameless, 'a redirect'] as const,
    [status, 'a documented code', documented, usable] as const,
  ]),
  ...[404, 500, 501, 505].map((status) => [status, 'nothing', empty, nothing] as const),
  ...[200, 204, 400, 401, 403, 405].map((status) => [status, 'nothing', empty, usable] as const),
  ...[200, 400, 403, 404, 500].flatMap((status) => [
    [status, 'JSON that is broken', broken, usable] as const,
    [status, 'JSON without a code', nameless, usable] as const,
    [status, 'JSON with a code of another form', foreign, usable] as const,
    [status, 'a documented code', documented, usable] as const,
    [status, 'a sealed message', sealed, usable] as const,
  ]),
];

for (const [status, body, opened, comes] of table) {
  test(`HTTP ${status} with ${body} is ${comes}`, () => {
    const headers: readonly RawHeader[] = [['Content-Type', 'text/html']];
    const outcome = { ok: true, response: { status, headers, body: new Uint8Array() } } as const;
    const reception = receive({ api, outcome, opened, envelope: {} });
    const came = reception.usable ? usable : reception.why;
    assert.ok(came.includes(comes), came);
  });
}

test('no answer at all is told by the transport', () => {
  const outcome = { ok: false, failure: { kind: 'reset', message: 'the connection was lost' } } as const;
  assert.deepEqual(receive({ api, outcome, opened: empty, envelope: {} }), {
    usable: false,
    why: 'the connection was lost',
    answered: false,
  });
});

test('a redirect is told by its origin alone', () => {
  const at = (location: string) => {
    const headers: readonly RawHeader[] = [['Location', location]];
    const outcome = { ok: true, response: { status: 302, headers, body: new Uint8Array() } } as const;
    const reception = receive({ api, outcome, opened: empty, envelope: {} });
    return reception.usable ? usable : reception.why;
  };
  assert.match(at('https://login.invalid/?token=geheim'), /redirect to https:\/\/login\.invalid;/);
  assert.doesNotMatch(at('/login?token=geheim'), /geheim/);
});

test('where the profile pins the code, only there it is looked for', () => {
  const outcome = { ok: true, response: { status: 503, headers: [], body: new Uint8Array() } } as const;
  const usableAt = (code: string) => receive({ api, outcome, opened: own, envelope: { code } }).usable;
  assert.equal(usableAt('/response/code'), true);
  assert.equal(usableAt('/code'), false);
});
