import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Contract } from '../../src/contract/model.ts';
import { fieldsOf } from '../../src/contract/schema.ts';
import { contract, root } from '../project.ts';

/** What the documents name and the suite must get from them. */
function namesIn({ apis, ambiguities, platform }: Contract): ReadonlySet<string> {
  const bodies = apis.flatMap(({ request, responses }) => [request, ...responses].map(({ body }) => body));
  const fields = bodies.flatMap(({ schema }) => fieldsOf(schema).map(({ name }) => name));
  const headers = apis.flatMap(({ request, responses }) =>
    [request, ...responses].flatMap((part) => part.headers.map(({ name }) => name)),
  );
  return new Set([
    ...apis.map(({ id }) => id),
    ...ambiguities.map(({ id }) => id),
    ...headers,
    // Shorter ones, and such as are a word, are anybody's.
    ...fields.filter((name) => /[a-z][A-Z]/.test(name)),
    platform.encryption.member,
    platform.signing.prefix,
  ]);
}

/** The texts and the comments of a TypeScript file, by line; of a template what stands in it is left in. */
function* wordsOf(source: string): Generator<readonly [line: number, text: string]> {
  const part = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g;
  for (const { 0: text, index } of source.matchAll(part)) {
    const first = source.slice(0, index).split('\n').length;
    for (const [offset, line] of text.split('\n').entries()) yield [first + offset, line];
  }
}

function factsIn(source: string, names: ReadonlySet<string>): readonly string[] {
  return [...wordsOf(source)].flatMap(([line, text]) => {
    const codes = text.match(/(?<![\d_])\d{3}_\d{3}(?![\d_])/g) ?? [];
    const words = text.match(/[A-Za-z][\w-]*/g) ?? [];
    // A word that is an ambiguity's id too, such as "envelope", counts where an interpretation of it is named.
    const named = words.filter(
      (word) => names.has(word) && (/[-A-Z]/.test(word) || text.includes(`'${word}.`)),
    );
    return [...codes, ...named].map((fact) => `${line}: ${fact}`);
  });
}

test('no code, field, header, API or ambiguity of the platform is written into the suite', () => {
  const names = namesIn(contract);
  const found = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join('src', name.replaceAll(path.sep, '/')))
    .filter((file) => /\.(?:ts|mjs)$/.test(file))
    .flatMap((file) =>
      factsIn(readFileSync(path.join(root, file), 'utf8'), names).map((fact) => `${file}:${fact}`),
    );
  assert.deepEqual(found, []);
});

test('what would be one is found, in texts and in comments alike', () => {
  const names = namesIn(contract);
  for (const [source, facts] of [
    ["const code = '002_013';", ['1: 002_013']],
    ['// as 002_019 has it', ['1: 002_019']],
    ['/**\n * X-KM-Tran-Time is one of them.\n */', ['2: X-KM-Tran-Time']],
    ["\nget(body, '/accountInfo/bankCode')", ['2: accountInfo', '2: bankCode']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template as text
    ['`${id}.bankAccRegNo`', ['1: bankAccRegNo']],
    ["if (api.id === 'ars-register') return;", ['1: ars-register']],
    ["shows('success-message.bare', 'envelope.profile')", ['1: success-message', '1: envelope']],
    ["import { envelope } from './envelope.ts'; const bankCode = 100_000; /\\d{3}_\\d{3}/", []],
    ["const long = '100_000_000'; // the envelope of an answer", []],
  ] as const) {
    assert.deepEqual(factsIn(source, names), facts, source);
  }
});
