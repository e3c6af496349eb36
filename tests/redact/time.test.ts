import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ratioOf } from '../../hostile/ratio.ts';
import { sensitiveNames } from '../../src/redact/mask.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { sensitiveIn, shownExchange } from '../../src/redact/shown-exchange.ts';
import { contract } from '../report/samples.ts';

const names = sensitiveNames(contract);

describe('masking takes time in proportion to the text', () => {
  const redactor = createRedactor({
    secrets: ['Secret/Key+OfThisTest0123456789'],
    values: [{ text: '000000000000', sensitivity: 'personal' }],
    names,
  });
  const texts: Readonly<Record<string, string>> = {
    words: 'the quick brown fox, ',
    zeros: '0',
    'base64 of text': Buffer.from('the quick brown fox').toString('base64'),
    percent: '%41%42%25',
    backslashes: '\\',
    'hexadecimal with colons': '41:42:',
    entities: '&amp;#65;',
    'sensitive names': 'cardNo=userId:',
    dots: 'ey.',
    Hangul: '홍길동',
  };
  for (const [name, text] of Object.entries(texts)) {
    it(name, () => {
      const times = ratioOf((size) => redactor.answer(text.repeat(Math.ceil(size / text.length))), 100_000);
      assert.ok(times < 3, `twice as much took ${times} times as long`);
    });
  }
});

describe('an exchange takes time in proportion to its answer', () => {
  const bodies: Readonly<Record<string, (size: number) => unknown>> = {
    'many members': (size) => Object.fromEntries(Array.from({ length: size }, (_, at) => [`key${at}`, at])),
    'many card numbers': (size) =>
      Array.from({ length: size / 10 }, (_, at) => ({ cardNo: String(9_000_000_000_000_000 + at) })),
    'many short values': (size) => Array.from({ length: size / 10 }, (_, at) => ({ userName: `n${at}` })),
    'values of every length': (size) =>
      Array.from({ length: Math.sqrt(size) }, (_, at) => ({ userName: 'a'.repeat(at) })),
  };
  const api = contract.apis.find(({ id }) => id === 'linkable-cards');
  assert.ok(api);
  for (const [name, bodyOf] of Object.entries(bodies)) {
    it(name, () => {
      const times = ratioOf((size) => {
        const body = Buffer.from(JSON.stringify({ issuedCardList: bodyOf(size) }));
        const disclosed = {
          exchange: {
            request: {
              method: 'POST' as const,
              url: 'http://t.example/',
              headers: [],
              body: new Uint8Array(),
            },
            outcome: { ok: true as const, response: { status: 200, headers: [], body } },
            startedAt: 0,
            duration: 1,
          },
          api,
          contract,
        };
        shownExchange(disclosed, createRedactor({}).with(sensitiveIn(disclosed)));
      }, 20_000);
      assert.ok(times < 3, `twice as much took ${times} times as long`);
    });
  }
});
