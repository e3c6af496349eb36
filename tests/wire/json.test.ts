import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  compareNumbers,
  ExactDecimal,
  equalJson,
  getPointer,
  isJsonObject,
  JsonSyntaxError,
  parseJson,
  stringifyJson,
} from '../../src/json/json.ts';
import { fc, runs } from '../property.ts';

/** The error of parsing, or undefined where the text is JSON. */
function syntaxError(source: string | Uint8Array, options = {}): JsonSyntaxError | undefined {
  try {
    parseJson(source, options);
  } catch (error) {
    assert.ok(error instanceof JsonSyntaxError);
    assert.ok(!error.message.includes('\n'));
    return error;
  }
  return undefined;
}

describe('parseJson: numbers', () => {
  it('keeps safe integers as numbers and goes over to bigint one beyond', () => {
    assert.equal(parseJson('9007199254740991'), 9007199254740991);
    assert.equal(parseJson('9007199254740992'), 9007199254740992n);
    assert.equal(parseJson('-9007199254740991'), -9007199254740991);
    assert.equal(parseJson('-9007199254740992'), -9007199254740992n);
    assert.equal(parseJson('9999999999999999999'), 9999999999999999999n);
  });

  it('gives one value one form, however it is spelt', () => {
    for (const text of ['1', '1.0', '1e0', '10e-1', '0.1E+1']) assert.equal(parseJson(text), 1);
    for (const text of ['0', '-0', '0.0', '0e5', '-0.00']) assert.ok(Object.is(parseJson(text), 0), text);
    assert.equal(parseJson('1e19'), 10n ** 19n);
    assert.equal(parseJson('0.10'), 0.1);
  });

  it('keeps a fraction that a number would round', () => {
    const text = '0.1000000000000000055511151231257827';
    const value = parseJson(text);
    assert.ok(value instanceof ExactDecimal);
    assert.equal(stringifyJson(value), text);
    assert.equal(parseJson('9007199254740993.5') instanceof ExactDecimal, true);
    assert.equal(parseJson('1e-400') instanceof ExactDecimal, true);
  });

  it('takes huge exponents without computing them', () => {
    assert.equal(typeof parseJson('1e999'), 'bigint');
    const huge = parseJson('1e1000000000000000000000');
    assert.ok(huge instanceof ExactDecimal);
    assert.equal(compareNumbers(huge, new ExactDecimal('1e1000000000000000000001')), -1);
    assert.equal(compareNumbers(huge, 1), 1);
  });

  it('refuses what is no JSON number', () => {
    for (const text of ['01', '-', '1.', '.5', '+1', '1e', '0x1', 'NaN', 'Infinity', '1_0']) {
      assert.ok(syntaxError(text), text);
    }
    assert.throws(() => new ExactDecimal('01'), TypeError);
  });
});

describe('parseJson: text', () => {
  it('agrees with JSON.parse on every value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const parsed = parseJson(text);
        assert.ok(equalJson(parsed, parseJson(stringifyJson(parsed))));
        assert.deepEqual(JSON.parse(stringifyJson(parsed)), JSON.parse(text));
      }),
    );
  });

  it('accepts and refuses the same texts as JSON.parse', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '"b\\n"',
        '\\u00',
        '1',
        '-2.5e3',
        ' ',
        '\n',
        'true',
        'nul',
        '\t',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        assert.equal(syntaxError(text, { duplicateKeys: 'last' }) === undefined, accepted, text);
      }),
      runs(1500),
    );
  });

  it('says where and quotes at most one character', () => {
    const error = syntaxError('{"userId": 4111111111111111 x}');
    assert.equal(error?.position, 28);
    assert.match(error?.message ?? '', /position 28.*'x'/);
    assert.ok(!error?.message.includes('4111'));
    assert.match(syntaxError('{"a":')?.message ?? '', /found the end/);
    assert.match(syntaxError('[1 \u0007]')?.message ?? '', /U\+0007/);
    assert.equal(syntaxError('"\\x"')?.position, 0);
    assert.ok(syntaxError('"a\nb"'));
  });

  it('takes UTF-8 only, and no byte order mark unless told', () => {
    assert.equal(parseJson(Buffer.from('"가"')), '가');
    assert.match(syntaxError(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))?.message ?? '', /UTF-8/);
    assert.ok(syntaxError(Buffer.from('\uFEFF{}')));
    assert.deepEqual(parseJson(Buffer.from('\uFEFF{}'), { byteOrderMark: 'ignore' }), {});
  });

  it('refuses a repeated key, also with the same value, unless told that the last counts', () => {
    assert.equal(syntaxError('{"a":1,"b":2}'), undefined);
    assert.equal(syntaxError('{"a":1,"a":1}')?.position, 7);
    assert.equal(syntaxError('{"a":1,"\\u0061":2}')?.position, 7);
    assert.equal(syntaxError('{"a":{"a":1}}'), undefined);
    assert.deepEqual(parseJson('{"a":1,"a":2}', { duplicateKeys: 'last' }), { a: 2 });
  });

  it('keeps __proto__ an ordinary key', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}');
    assert.ok(isJsonObject(value));
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.keys(value), ['__proto__']);
    assert.equal(stringifyJson(value), '{"__proto__":{"polluted":true}}');
    assert.ok(syntaxError('{"__proto__":1,"__proto__":1}'));
  });

  it('reads what is nested deeper as empty if told so, and still holds it to be JSON', () => {
    const nest = (depth: number, inner = '') => `${'{"a":['.repeat(depth)}${inner}${']}'.repeat(depth)}`;
    const read = (text: string, maxDepth = 2) =>
      stringifyJson(parseJson(`{"b":1,"c":${text},"d":[2,{}]}`, { deeper: 'empty', maxDepth }));
    assert.equal(read('[]'), '{"b":1,"c":[],"d":[2,{}]}');
    assert.equal(read('[[],[3],{"e":4},5]'), '{"b":1,"c":[[],[],{},5],"d":[2,{}]}');
    assert.equal(read(nest(3000, '6')), '{"b":1,"c":{"a":[]},"d":[2,{}]}');
    assert.equal(read(nest(1_000_000)), '{"b":1,"c":{"a":[]},"d":[2,{}]}');
    for (const inner of ['6,', ',', '{"a"}', '{"a":}', '{6:7}', '01', '"', ']']) {
      assert.match(
        syntaxError(nest(3000, inner), { deeper: 'empty' })?.message ?? '',
        /^not JSON at position \d+/,
        inner,
      );
    }
    assert.match(syntaxError('['.repeat(1_000_000), { deeper: 'empty' })?.message ?? '', /found the end/);
  });

  it('refuses nesting one level beyond the limit, and any depth without a crash', () => {
    const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(syntaxError(nest(200)), undefined);
    assert.match(syntaxError(nest(201))?.message ?? '', /deeper than 200/);
    assert.ok(syntaxError('{"a":'.repeat(1_000_000)));
    assert.equal(syntaxError(nest(3), { maxDepth: 3 }), undefined);
    assert.equal(syntaxError(`[${nest(199)},${nest(199)}]`), undefined);
  });
});

describe('stringifyJson', () => {
  it('writes every digit and keeps the order of keys', () => {
    const text = '{"userId":9999999999999999999,"b":[1.5,true,null,"\\"\\n"],"a":{}}';
    assert.equal(stringifyJson(parseJson(text)), text);
  });

  it('refuses an integer that has lost digits, and NaN', () => {
    assert.equal(stringifyJson(2 ** 53 - 1), '9007199254740991');
    assert.throws(() => stringifyJson({ userId: 2 ** 53 }), /bigint/);
    assert.throws(() => stringifyJson([Number.NaN]), TypeError);
  });
});

describe('equalJson', () => {
  it('compares numbers by value across their types', () => {
    assert.ok(equalJson(5, 5n));
    assert.ok(equalJson(new ExactDecimal('50e-1'), 5n));
    assert.ok(!equalJson(2 ** 53, 9007199254740993n));
    assert.ok(equalJson(0.1, new ExactDecimal('0.10')));
    assert.ok(!equalJson(0.1, new ExactDecimal('0.1000000000000000055')));
    assert.ok(!equalJson(1, '1'));
    assert.ok(!equalJson(1, true));
  });

  it('ignores the order of keys only', () => {
    assert.ok(equalJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }));
    assert.ok(!equalJson({ a: 1, b: [1, 2] }, { b: [2, 1], a: 1 }));
    assert.ok(!equalJson({ a: 1 }, { a: 1, b: 1 }));
    assert.ok(!equalJson({ toString: null }, { valueOf: null }));
    assert.ok(!equalJson([], {}));
    assert.ok(!equalJson(null, {}));
  });

  it('orders numbers as bigint does', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(6), (a, b, shift) => {
        const expected = a < b ? -1 : a > b ? 1 : 0;
        assert.equal(compareNumbers(a, b), expected);
        assert.equal(
          compareNumbers(new ExactDecimal(`${a}e-${shift}`), new ExactDecimal(`${b}e-${shift}`)),
          expected,
        );
      }),
    );
  });

  it('orders JS numbers as JS does', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        assert.equal(compareNumbers(a, b), a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe('getPointer', () => {
  // The document of RFC 6901, section 5.
  const document = parseJson(
    '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}',
  );

  it('follows the examples of RFC 6901', () => {
    assert.equal(getPointer(document, ''), document);
    assert.deepEqual(getPointer(document, '/foo'), ['bar', 'baz']);
    const examples = {
      '/foo/0': 'bar',
      '/': 0,
      '/a~1b': 1,
      '/c%d': 2,
      '/e^f': 3,
      '/i\\j': 5,
      '/ ': 7,
      '/m~0n': 8,
    };
    for (const [pointer, value] of Object.entries(examples))
      assert.equal(getPointer(document, pointer), value);
  });

  it('finds nothing where there is nothing', () => {
    for (const pointer of [
      '/foo/2',
      '/foo/00',
      '/foo/-',
      '/foo/length',
      '/toString',
      '/a~1b/x',
      '/foo/0/x',
    ]) {
      assert.equal(getPointer(document, pointer), undefined, pointer);
    }
    assert.throws(() => getPointer(document, 'foo'), TypeError);
    assert.throws(() => getPointer(document, '/m~2n'), TypeError);
  });
});
