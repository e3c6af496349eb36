import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Allowance } from '../../src/cases/permission.ts';
import { loadProfile } from '../../src/target/load.ts';
import { checkWindow, SafetyError } from '../../src/target/read-safety.ts';
import { isWithin, type Window } from '../../src/target/window.ts';
import { complete, folderWith, keys, loadReady, loadText, problemsOf } from './helper.ts';

const open = `${complete}acceptsOnlyPreparedData: false\n`;
const production = `${open}environment: production\nallowHosts: [target.example]\n`;
const approved = (allow: string) =>
  `effects: {allow: ${allow}, reason: our own members, approvedBy: Mina Kim}\n`;

test('what may be done to a target follows from its environment and from the data it accepts', (t) => {
  const rows: readonly (readonly [
    text: string,
    environment: string,
    effects: Allowance,
    robustness: boolean,
  ])[] = [
    [complete, 'sandbox', 'prepared', true],
    [open, 'sandbox', 'any', true],
    [`${open}environment: local\n`, 'local', 'any', true],
    [`${open}effects: read-only\n`, 'sandbox', 'read-only', true],
    [`${open}effects: {allow: prepared, reason: r, approvedBy: n}\n`, 'sandbox', 'prepared', true],
    [`${complete}effects: any\n`, 'sandbox', 'prepared', true],
    [`${open}robustness: false\n`, 'sandbox', 'any', false],
    [production, 'production', 'read-only', false],
    [`${production}effects: read-only\nrobustness: true\n`, 'production', 'read-only', true],
    [`${production}${approved('prepared')}`, 'production', 'prepared', false],
    [`${production}${approved('any')}`, 'production', 'any', false],
    [`${production}${approved('any')}`.replace('Data: false', 'Data: true'), 'production', 'prepared', false],
    ['name: embedded\nlaunch: embedded\nacceptsOnlyPreparedData: false\n', 'local', 'any', true],
  ];
  for (const [text, ...expected] of rows) {
    const { environment, effects, robustness } = loadText(t, text);
    assert.deepEqual([environment, effects, robustness], expected, text);
  }
});

test('in production more than reading needs a reason and a name, which the run tells', (t) => {
  for (const word of ['prepared', 'any']) {
    assert.match(
      problemsOf(t, `${production}effects: ${word}\n`).join('\n'),
      /^p\.yaml:13:10: \/effects: \w+ in production needs a reason and a name: expected a map with allow, reason and approvedBy$/,
    );
  }
  for (const [map, says] of [
    ['{allow: any}', /reason is missing\n.*approvedBy is missing$/],
    ['{allow: any, reason: r, approvedBy: " "}', /approvedBy: expected the name of who has allowed it/],
    [`{allow: any, reason: "\${WHY}", approvedBy: n}`, /reason: expected a reason in words, without "\$"/],
    [`{allow: "\${ALLOW}", reason: r, approvedBy: n}`, /allow: expected read-only or prepared or any/],
    ['{allow: any, reason: r, approvedBy: n, until: x}', /unknown key/],
    [`"\${ALLOW}"`, /effects: expected read-only or prepared or any$/m],
    ['everything', /effects: expected read-only or prepared or any$/m],
  ] as const) {
    const lines = problemsOf(t, `${production}effects: ${map}\n`, {
      env: { ALLOW: 'any', WHY: 'because', KONAPLATE_EFFECTS: 'read-only' },
    });
    assert.match(lines.join('\n'), says, map);
  }
  const { notes } = loadReady(t, `${production}${approved('prepared')}`);
  assert.deepEqual(notes, ['effects: prepared, allowed by Mina Kim: our own members']);
});

test('no variable stands for the environment, and a nearer profile does not widen by a word what it inherits', (t) => {
  const from = problemsOf(t, `${open}environment: "\${WHERE}"\n`, { env: { WHERE: 'sandbox' } });
  assert.match(from.join(), /environment: expected production or sandbox or local/);
  const files = { 'base.yaml': production };
  assert.match(
    problemsOf(t, 'extends: ./base.yaml\neffects: any\n', { files }).join(),
    /any in production needs a reason/,
  );
  assert.equal(loadText(t, 'extends: ./base.yaml\n', { files }).effects, 'read-only');
});

test('the command line and the environment narrow what the profile allows, and never widen it', (t) => {
  const all = ['read-only', 'prepared', 'any'] as const;
  const texts = { 'read-only': production, prepared: complete, any: open };
  const load = (text: string, effects?: Allowance, variable?: string) => {
    const cwd = folderWith(t, { 'p.yaml': text });
    const env = { ...keys, ...(variable !== undefined && { KONAPLATE_EFFECTS: variable }) };
    return loadProfile('./p.yaml', { cwd, root: cwd, env, ...(effects && { effects }) }).effects;
  };
  for (const allowed of all) {
    for (const option of [undefined, ...all]) {
      for (const variable of [undefined, '', ...all]) {
        const asked = [option, variable].flatMap((one) => all.filter((word) => word === one));
        const places = [allowed, ...asked].map((one) => all.indexOf(one));
        const what = `${allowed}, --effects ${option}, KONAPLATE_EFFECTS=${variable}`;
        if (Math.max(...places) > all.indexOf(allowed)) {
          assert.throws(
            () => load(texts[allowed], option, variable),
            (error: unknown) => {
              assert.ok(error instanceof SafetyError, what);
              assert.match(
                error.message,
                /^(--effects|KONAPLATE_EFFECTS): the profile allows [^\n]* is more; [^\n]*$/,
              );
              return true;
            },
          );
        } else {
          assert.equal(load(texts[allowed], option, variable), all[Math.min(...places)], what);
        }
      }
    }
  }
  assert.throws(
    () => load(open, undefined, 'none'),
    /^SafetyError: KONAPLATE_EFFECTS: expected read-only, prepared, any, got "none"$/,
  );
});

test('in production every host is listed: that of the target and that of its proxy', (t) => {
  const without = production.replace(/allowHosts.*\n/, '');
  assert.match(
    problemsOf(t, without).join('\n'),
    /^p\.yaml:\d+:\d+: \/allowHosts: missing; in production write the hosts that may be contacted, such as \[target\.example\]$/,
  );
  const proxied = `${production}proxy: http://\${USER}@proxy.example:3128\n`;
  const env = { USER: 'u:Zq7pass' };
  const lines = problemsOf(t, proxied, { env });
  assert.match(
    lines.join('\n'),
    /^p\.yaml:13:8: \/proxy: the host proxy\.example:3128 is none of allowHosts \(target\.example\); in production add/,
  );
  assert.ok(!lines.join().includes('Zq7pass'));
  for (const hosts of ['target.example, proxy.example', '"target.example:443", "proxy.example:3128"']) {
    assert.equal(
      loadReady(t, proxied.replace('[target.example]', `[${hosts}]`), { env }).environment,
      'production',
    );
  }
  assert.match(
    problemsOf(t, proxied.replace('[target.example]', '[target.example, "proxy.example:80"]'), {
      env,
    }).join(),
    /\/proxy: the host/,
  );
  // Elsewhere the list is about the target alone, as it was.
  assert.ok(loadReady(t, proxied.replace('environment: production\n', ''), { env }));
  assert.match(
    problemsOf(t, production, { env: { KONAPLATE_BASE_URL: 'https://sandbox.example' } }).join(),
    /KONAPLATE_BASE_URL: \/baseUrl: the host sandbox\.example is none of allowHosts/,
  );
});

test('checks of certificates that the environment switches off are refused, where there are any', (t) => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const told = /^NODE_TLS_REJECT_UNAUTHORIZED=0 of the environment switches no check off here; [^\n]*$/;
  const refused = (text: string) =>
    assert.throws(
      () => loadText(t, text, { env }),
      (error: unknown) => {
        assert.ok(error instanceof SafetyError);
        assert.match(error.message, told);
        return true;
      },
    );
  refused(complete);
  const local = complete.replace('https://target.example', 'http://127.0.0.1:8080');
  refused(`${local}proxy: https://proxy.example\n`);
  assert.ok(loadText(t, local, { env }));
  assert.ok(loadText(t, 'name: embedded\nlaunch: embedded\n', { env }));
  assert.ok(loadText(t, complete, { env: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } }));
});

test('a launched target is local', (t) => {
  const launched = 'name: embedded\nlaunch: embedded\n';
  assert.match(
    problemsOf(t, `${launched}environment: production\n`).join(),
    /environment: a launched target is local/,
  );
  assert.match(
    problemsOf(t, `${launched}allowPlainHttp: true\n`).join(),
    /allowPlainHttp: not together with launch/,
  );
});

/** 2026-11-20 is a Friday. */
const at = (time: string) => new Date(`2026-11-${time}Z`);

const windows: readonly (readonly [
  window: Window,
  zone: string,
  within: readonly string[],
  outside: readonly string[],
])[] = [
  [
    { from: '22:00', to: '05:00' },
    'UTC',
    ['20T22:00:00', '20T23:59:59', '21T00:00:00', '21T04:59:59.999'],
    ['20T21:59:59.999', '21T05:00:00', '21T12:00:00'],
  ],
  [{ from: '09:00', to: '18:00' }, 'KST', ['20T00:00:00', '20T08:59:59'], ['19T23:59:59', '20T09:00:00']],
  [
    { from: '22:00', to: '05:00', days: ['fri'] },
    'UTC',
    // The night that begins on a Friday.
    ['20T22:00:00', '21T04:59:00'],
    ['20T04:59:00', '21T22:00:00', '22T04:00:00'],
  ],
  [
    { from: '00:00', to: '23:59', days: ['sun', 'sat'] },
    'KST',
    ['20T15:00:00', '22T14:58:59'],
    ['20T14:59:59', '22T14:59:00', '22T15:00:00'],
  ],
];

for (const [window, zone, within, outside] of windows) {
  test(`${JSON.stringify(window)} ${zone} is kept to the minute`, () => {
    for (const time of within) assert.ok(isWithin(window, at(time), zone), time);
    for (const time of outside) assert.ok(!isWithin(window, at(time), zone), time);
  });
}

test('outside of its window a run is told in one line when it may be', (t) => {
  const { window, timeZone } = loadReady(
    t,
    `${complete}window: {from: "22:00", to: "05:00", days: [mon, fri]}\n`,
  );
  assert.deepEqual(window, { from: '22:00', to: '05:00', days: ['mon', 'fri'] });
  assert.throws(
    () => checkWindow({ window, timeZone }, at('20T03:00:00')),
    (error: unknown) => {
      assert.ok(error instanceof SafetyError);
      assert.equal(
        error.message,
        'this target may be tested from 22:00 to 05:00 KST on mon, fri only (window of the profile), and it is fri 12:00; nothing was sent',
      );
      return true;
    },
  );
  checkWindow({ window, timeZone }, at('20T14:00:00'));
  checkWindow({ timeZone }, at('20T03:00:00'));
});

test('hours that are none are refused', (t) => {
  const told = (window: string, more = '') =>
    problemsOf(t, `${complete}window: ${window}\n${more}`).join('\n');
  assert.match(
    told('{from: "24:00", to: "05:00"}'),
    /window\/from: expected the first minute as HH:MM in quotes/,
  );
  assert.match(told(`{from: "\${FROM}", to: "05:00"}`), /window\/from: expected the first minute/);
  assert.match(told('{from: "05:00"}'), /window: to is missing/);
  assert.match(told('{from: "05:00", to: "05:00"}'), /window\/to: the same as from/);
  assert.match(told('{from: "05:00", to: "06:00", days: [monday]}'), /days\/0: expected sun or mon/);
  assert.match(told('{from: "05:00", to: "06:00", days: []}'), /days: expected/);
  assert.match(
    told('{from: "05:00", to: "06:00"}', 'timeZone: CST\n'),
    /timeZone: the hours of window need a zone/,
  );
});
