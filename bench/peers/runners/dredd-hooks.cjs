// Hooks for Dredd, as its documentation describes them: read next to the blueprint what each transaction is.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { assert } = require('chai');
const hooks = require('hooks');

const [description] = hooks.configuration.path;
const known = JSON.parse(readFileSync(path.join(path.dirname(description), 'requests.json'), 'utf8'));
const answers = new Map();

hooks.beforeEach((transaction, done) => {
  const one = known[transaction.name];
  transaction.skip = false;
  if (one?.takes) {
    const taken = answers.get(one.takes.from)?.[one.takes.answer] ?? '';
    transaction.request.body = JSON.stringify({ [one.takes.field]: taken });
  }
  done();
});

hooks.beforeEachValidation((transaction, done) => {
  const one = known[transaction.name];
  // A broken request may be refused with any 4xx.
  if (one?.status === 'refused' && /^4\d\d$/.test(String(transaction.real.statusCode))) {
    transaction.expected.statusCode = String(transaction.real.statusCode);
  }
  // A media type has no case, and UTF-8 is what JSON is in anyway.
  const type = transaction.real.headers?.['content-type'] ?? '';
  if (/^application\/json\s*(;\s*charset="?utf-?8"?)?$/i.test(type)) {
    const name = Object.keys(transaction.expected.headers).find(
      (key) => key.toLowerCase() === 'content-type',
    );
    if (name !== undefined) transaction.expected.headers[name] = type;
  }
  done();
});

hooks.afterEach((transaction, done) => {
  const one = known[transaction.name];
  try {
    answers.set(one?.id, JSON.parse(transaction.real.body));
  } catch {
    // No JSON: nothing to remember, and Dredd says so itself.
  }
  const status = Number(transaction.real?.statusCode);
  if (one !== undefined && (one.status !== 'refused' || one.refusalWithHeaders === status)) {
    const headers = transaction.real?.headers ?? {};
    assert.match(headers['x-km-correlation-id'], new RegExp(one.correlationId), 'X-KM-Correlation-Id');
    // Optional; empty may count as left out.
    assert.match(headers['x-km-crypto-key-id'] ?? '', /^(.{32})?$/, 'X-KM-Crypto-Key-Id');
  }
  done();
});
