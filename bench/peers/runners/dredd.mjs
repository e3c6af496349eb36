import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serve } from './serve.mjs';

const [folder = '.'] = process.argv.slice(2);
const require = createRequire(import.meta.url);

// The blueprint is the same in every run: it is parsed once, which takes longer than all requests.
const parsePath = require.resolve('dredd-transactions/parse');
const parse = require(parsePath);
let parsed;
require.cache[parsePath].exports = (content, told) => {
  if (parsed?.content === content) return process.nextTick(told, null, parsed.result);
  parse(content, (error, result) => {
    if (!error) parsed = { content, result };
    told(error, result);
  });
};
const Dredd = require('dredd');
const known = Object.entries(JSON.parse(readFileSync(path.join(folder, 'requests.json'), 'utf8')));

serve(async (url, apis) => {
  const emitter = new EventEmitter();
  const failures = [];
  const told = (test) => {
    const fields = Object.entries(test.results?.fields ?? {}).filter(([, { valid }]) => !valid);
    const at = `${test.origin.actionName} ${test.origin.exampleName}`;
    failures.push(...(fields.length === 0 ? [`${at}: failed`] : fields.map(([field]) => `${at}: ${field}`)));
  };
  emitter.on('test fail', told);
  emitter.on('test error', (_, test) =>
    failures.push(`${test.origin.actionName} ${test.origin.exampleName}: error`),
  );
  const dredd = new Dredd({
    endpoint: url,
    path: [path.join(folder, 'api.apib')],
    hookfiles: [path.join(import.meta.dirname, 'dredd-hooks.cjs')],
    language: 'nodejs',
    only: apis
      ? known.filter(([, one]) => one.chain || apis.includes(one.operation)).map(([name]) => name)
      : [],
    loglevel: 'silent',
    reporter: [],
    emitter,
  });
  await new Promise((resolve, reject) => dredd.run((error) => (error ? reject(error) : resolve())));
  return failures;
});
