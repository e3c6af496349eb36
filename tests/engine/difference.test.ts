import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import { setMember } from '../../src/cases/mutations/body.ts';
import { editHeader } from '../../src/cases/mutations/header.ts';
import type { Mutation } from '../../src/cases/mutations/mutation.ts';
import { setTo, textEdits } from '../../src/cases/mutations/text-edits.ts';
import type { Api } from '../../src/contract/model.ts';
import { buildRequest } from '../../src/engine/request.ts';
import { checkMutation, SelfCheckError } from '../../src/engine/self-check.ts';
import type { JsonObject } from '../../src/json/json.ts';
import type { Profile } from '../../src/target/profile.ts';
import { forgeries, nobodysKey } from '../../src/wire/forge-jwe.ts';
import { encryptMessage, wrapJwe } from '../../src/wire/jwe.ts';
import { tranToken } from '../../src/wire/tran-token.ts';
import { contract } from '../project.ts';
import { loadOtherProfile } from '../run/other-profile.ts';

const { headers: HEADER, encryption } = contract.platform;
const moment = { date: new Date('2026-01-02T03:04:05.678Z'), random: () => 0.5 };
const plain = apiOf('ars-inquiry');
const encrypted = apiOf('linkable-cards');

const profile = loadOtherProfile();
const usual: Profile = {
  ...profile,
  wire: { tokenPadding: 'padded', contentEncryption: 'A128GCM', envelope: {} },
};

function apiOf(id: string): Api {
  const api = contract.apis.find((one) => one.id === id);
  assert.ok(api);
  return api;
}

/** Beyond 2^53, where a rounded number would be an equal one. */
const body: JsonObject = { userId: 9007199254740993n, regNo: 'R', more: { list: [1, 2] } };

/** What the check says of a request with a mutation; undefined: it may be sent. */
async function said(
  mutation: Mutation | undefined,
  api: Api = plain,
  { control = body, changed = control }: { control?: JsonObject; changed?: JsonObject } = {},
): Promise<string | undefined> {
  const made = mutation?.at === 'body' ? mutation.apply(changed) : changed;
  const built = await buildRequest(api, usual, made, moment, mutation);
  try {
    checkMutation('a-case', control, built, mutation, usual);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof SelfCheckError);
    const [, differing, declared] =
      /would differ from its control in (.*), declared is (.*); it was not sent$/.exec(error.message) ?? [];
    assert.ok(differing !== undefined && declared !== undefined, error.message);
    return differing;
  }
}

const called = { name: 'a-mutation', title: 'a mutation' };

for (const [name, one] of [
  ['as usual', usual],
  ['unpadded, with A256GCM', profile],
] as const) {
  test(`the request of every case differs from its control in what is declared alone: ${name}`, async () => {
    const cases = allCases(contract, profile, 1);
    let mutated = 0;
    for (const { id, api, plan, expectation, kind } of cases) {
      if (!plan.ready || expectation.kind === 'outcome' || kind === 'workflow') continue;
      const control = profile.testData.get(expectation.control.id);
      assert.ok(control);
      checkMutation(
        id,
        control,
        await buildRequest(api, one, plan.body, moment, plan.mutation),
        plan.mutation,
        one,
      );
      if (plan.mutation) mutated += 1;
      // And none of them is sent as a request without it.
      if (plan.mutation && plan.mutation.at !== 'body') {
        const vacuous = await buildRequest(api, one, plan.body, moment);
        assert.throws(() => checkMutation(id, control, vacuous, plan.mutation, one), SelfCheckError, id);
      }
    }
    assert.ok(mutated > 350, `${mutated} mutations`);
  });
}

test('a request without a mutation is its control', async () => {
  assert.equal(await said(undefined), undefined);
  assert.equal(await said(undefined, encrypted), undefined);
  assert.equal(await said(undefined, plain, { changed: { ...body, regNo: 'S' } }), 'member /regNo');
});

test('what changes nothing is not sent', async () => {
  const idle: readonly Mutation[] = [
    { ...called, breaks: ['member /regNo'], at: 'body', apply: (same) => same },
    { ...called, breaks: ['plain text'], at: 'plaintext', apply: (text) => text },
    { ...called, breaks: ['recipient'], at: 'recipient', apply: () => usual.credentials.serverPublicKey },
    {
      ...called,
      breaks: ['authentication tag'],
      at: 'message',
      apply: ({ jwe }) => wrapJwe(jwe, encryption),
    },
    { ...called, breaks: ['body'], at: 'payload', apply: (bytes) => bytes },
    { ...called, breaks: [`header ${HEADER.tranToken}`], at: 'token', apply: tranToken },
    { ...called, breaks: ['method'], at: 'request', apply: (request) => request },
    setMember(['userId'], 9007199254740993n, called),
    setMember(['missing'], undefined, called),
    editHeader(HEADER.timeZone, setTo(usual.timeZone), called),
    editHeader('X-Not-Sent', textEdits.remove, called),
  ];
  for (const mutation of idle) {
    assert.equal(await said(mutation, encrypted), 'nothing', mutation.breaks.join());
  }
  // Digits have no other case, a plain body has no message to break.
  const digits: Profile = { ...usual, credentials: { ...usual.credentials, accessKey: '0123456789' } };
  const inOtherCase = editHeader(HEADER.accessKey, textEdits.otherCase, called);
  const built = await buildRequest(plain, digits, body, moment, inOtherCase);
  assert.throws(
    () => checkMutation('a-case', body, built, inOtherCase, digits),
    /in nothing, declared is header/,
  );
  const message: Mutation = {
    ...called,
    breaks: ['authentication tag'],
    at: 'message',
    apply: ({ jwe }) => wrapJwe(jwe, encryption),
  };
  assert.equal(await said(message, plain), 'nothing');
});

test('what changes more than it declares is not sent', async () => {
  const enc = 'A128GCM';
  const on = (mutation: Mutation, found: string, api = encrypted) => [mutation, found, api] as const;
  const more = [
    on(
      {
        ...called,
        breaks: ['member /regNo'],
        at: 'body',
        apply: () => ({ ...body, regNo: 'S', more: { list: [1, 3] } }),
      },
      'member /regNo, member /more/list/1',
    ),
    // One in the last of 16 digits.
    on(
      {
        ...called,
        breaks: ['member /regNo'],
        at: 'body',
        apply: () => ({ ...body, regNo: 'S', userId: 9007199254740992n }),
      },
      'member /userId, member /regNo',
    ),
    on(
      {
        ...called,
        breaks: ['member /regNo'],
        at: 'body',
        apply: () => ({ regNo: 'S', userId: body.userId ?? 0, more: body.more ?? 0 }),
      },
      'plain text',
    ),
    on(
      {
        ...called,
        breaks: ['member /x'],
        at: 'plaintext',
        apply: (text) => `${text.slice(0, -1)},"x":1,"regNo":1}`,
      },
      'member /x, repeated member',
    ),
    on(
      { ...called, breaks: ['member /x'], at: 'plaintext', apply: (text) => `${text.slice(0, -1)},}` },
      'plain text',
    ),
    on({ ...called, breaks: ['member /x'], at: 'plaintext', apply: (text) => `${text} ` }, 'plain text'),
    on(
      {
        ...called,
        breaks: ['authentication tag'],
        at: 'message',
        apply: (good) => wrapJwe(forgeries['altered-ciphertext'](good), encryption),
      },
      'ciphertext',
    ),
    // A good message, made once more.
    on(
      {
        ...called,
        breaks: ['protected header alg'],
        at: 'message',
        apply: async ({ plaintext, publicKey }) =>
          wrapJwe(await encryptMessage(plaintext, { publicKey, alg: encryption.alg, enc }), encryption),
      },
      'encrypted key, initialization vector, ciphertext, authentication tag',
    ),
    on(
      {
        ...called,
        breaks: ['protected header alg'],
        at: 'message',
        apply: (good) => wrapJwe(forgeries['alg-dir']({ ...good, enc: 'A256GCM' }), encryption),
      },
      'protected header alg, protected header enc',
    ),
    on(
      { ...called, breaks: ['encryption'], at: 'message', apply: () => new TextEncoder().encode('{}') },
      'body',
    ),
    on({ ...called, breaks: ['recipient'], at: 'payload', apply: (bytes) => bytes.slice(1) }, 'body'),
    on({ ...called, breaks: ['plain text'], at: 'recipient', apply: nobodysKey }, 'recipient'),
    on(
      {
        ...called,
        breaks: ['body'],
        at: 'request',
        apply: (request) => ({ ...request, method: 'GET', body: new Uint8Array() }),
      },
      'method, body',
    ),
    on(
      {
        ...called,
        breaks: ['path'],
        at: 'request',
        apply: (request) => ({ ...request, url: `${request.url}/x?y` }),
      },
      'path, query',
    ),
    on(
      {
        ...called,
        breaks: ['path'],
        at: 'request',
        apply: (request) => ({
          ...request,
          url: request.url.replace('127.0.0.1', '127.0.0.2'),
          method: 'PUT',
        }),
      },
      'method, path',
    ),
    on(
      {
        ...called,
        breaks: ['header Accept'],
        at: 'request',
        apply: (request) => ({
          ...request,
          headers: [...request.headers.slice(1), ['accept', 'text/plain']],
        }),
      },
      'header Accept, header Content-Type',
    ),
    on(
      {
        ...called,
        breaks: ['header Accept'],
        at: 'request',
        apply: (request) => ({ ...request, headers: request.headers.toReversed() }),
      },
      'order of headers',
    ),
    on(
      {
        ...called,
        breaks: [`header ${HEADER.timeZone}`],
        at: 'request',
        apply: (request) => ({
          ...request,
          headers: request.headers.map(([name, value]) => [
            name.toLowerCase(),
            name === HEADER.timeZone ? 'HKT' : value,
          ]),
        }),
      },
      `header ${HEADER.timeZone}, case of header names`,
    ),
  ];
  for (const [mutation, found, api] of more) {
    const differing = (await said(mutation, api)) ?? 'as declared';
    assert.deepEqual(differing.split(', ').sort(), found.split(', ').sort(), mutation.breaks.join());
  }
});

test('a body that is changed behind its signature leaves the token, one that is changed before takes it along', async () => {
  const altered: Mutation = {
    ...called,
    breaks: ['body'],
    at: 'payload',
    apply: (bytes) => new Uint8Array([...bytes, 0x20]),
  };
  assert.equal(await said(altered), undefined);
  const built = await buildRequest(plain, usual, body, moment, altered);
  const control = await buildRequest(plain, usual, body, moment);
  const stale = { ...built, sent: { ...built.sent, headers: control.sent.headers } };
  assert.throws(
    () => checkMutation('a-case', body, stale, altered, usual),
    /in body, header X-KM-Tran-Token, declared/,
  );
});

test('a good message that does not fit its text is noticed', async () => {
  const built = await buildRequest(encrypted, usual, body, moment);
  const short = await buildRequest(encrypted, usual, { userId: 1 }, moment);
  const mixed = { ...short, plaintext: built.plaintext };
  assert.throws(
    () => checkMutation('a-case', body, mixed, undefined, usual),
    /in ciphertext, declared is nothing/,
  );
  assert.throws(
    () =>
      checkMutation('a-case', body, built, undefined, {
        ...usual,
        wire: { ...usual.wire, contentEncryption: 'A256GCM' },
      }),
    /in protected header enc, declared is nothing/,
  );
});
