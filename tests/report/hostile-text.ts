import type { ShownExchange } from '../../src/record/record.ts';
import type { Ledger } from '../../src/report/ledger/ledger.ts';
import { fc } from '../property.ts';
import { allIds, brokenRecord, contract, sampleHeader, sampleLedger, sampleRecord } from './samples.ts';

/** Pieces of text that a terminal, a CI system, a page or a program for tables takes for more than text. */
export const hostilePieces: Readonly<Record<string, string>> = {
  color: '\u001b[31mred',
  'cleared screen': '\u001b[2J\u001b[H',
  'hyperlink of a terminal': '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  'clipboard of a terminal': '\u001b]52;c;ZXZpbA==\u0007',
  'C1 control': '\u009b31m\u0085',
  'bare carriage return': 'bad\rgood',
  backspaces: 'bad\b\b\bgood',
  'line breaks': 'one\ntwo\r\nthree\u2028four',
  'bidirectional override': '\u202edetcepxe\u2066\u2069',
  'zero width': 'a\u200bb\u200d\ufeff\u2060\u00adc',
  'tag characters': '\u{e0041}\u{e0042}',
  'half a pair': '\ud800x\udc00',
  'no characters': '\u0000\ufffe\uffff\ufdd0',
  'piled marks': `z${'\u0301'.repeat(20)}`,
  'GitHub command': '::error file=x::broken',
  'GitHub command after spaces': '   \u00a0::add-mask::a',
  'GitHub command of old': '##[error]broken',
  'Azure command': '##vso[task.complete result=Succeeded;]done',
  'TeamCity command': "##teamcity[testFailed name='x']",
  'GitLab section': 'section_start:1560896352:x\r\u001b[0Kx',
  'Travis fold': 'travis_fold:start:x',
  script: '<script>window.hurt = 1</script><img src=x onerror="window.hurt = 2">',
  'end of a script': '</script></title></textarea>--><svg onload="window.hurt = 3">',
  'Markdown link': '[click](javascript:window.hurt=4) ![x](https://evil.example/x.png) https://evil.example',
  'Markdown block': '\n\n# Heading\n\n- item\n\n<div onclick="window.hurt = 5">x</div>',
  CDATA: ']]><![CDATA[ &amp; &#0; <!-- -->',
  formula: '=HYPERLINK("https://evil.example")',
  'formula behind spaces': ' \t"=1+1',
  'formula of full width': '＝1+1',
  'formula in a cell': 'x","=1+1;=2+2\r\n@SUM(1)',
  'long word': 'x'.repeat(300),
  'long line': '등록된 회원 '.repeat(60),
  emoji: '👩‍👩‍👧‍👦🇰🇷❤️1️⃣',
};

/** All of them in any order, among any other text. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Object.values(hostilePieces)),
      fc.constantFrom(
        ' ',
        '\n',
        ':',
        '::',
        '#',
        '##',
        '[',
        'error',
        'section',
        '_start:',
        '\t',
        '"',
        "'",
        ';',
        '=',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** A ledger in which a text stands wherever a target, a profile or the documents may have put it. */
export function hostileLedger(text: string): Ledger {
  const exchange: ShownExchange = {
    request: { method: 'POST', url: `http://127.0.0.1/${text}`, headers: [['x-sent', text]], body: text },
    response: {
      status: 400,
      headers: [[text, text]],
      body: text,
      plaintext: JSON.stringify({ [text]: text }),
    },
    failure: { kind: 'connection', message: text },
    duration: 1,
  };
  const clause = 'account-info.code.000_000.message';
  const broken = brokenRecord('account-info/succeeded', {
    title: text,
    reason: text,
    notes: [text],
    exchanges: [exchange],
  });
  const findings = broken.findings.map((one) => ({ ...one, place: text, expected: text, actual: text }));
  const waiver = { clause, observed: { place: text }, reason: text, owner: text, at: text };
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = allIds.filter(
    (id) => id !== 'account-info/succeeded',
  );
  const ledger = sampleLedger(
    [
      { ...broken, findings },
      sampleRecord(first, { outcome: 'target-error', reason: text, notes: [text] }),
      sampleRecord(second, { outcome: 'not-testable', reason: text, acknowledged: true }),
      sampleRecord(third, { outcome: 'harness-error', reason: text }),
      sampleRecord(fourth, {
        outcome: 'warns',
        findings: findings.map((one) => ({ ...one, outcome: 'warns' as const })),
      }),
      sampleRecord(fifth, {
        outcome: 'waived',
        reason: text,
        findings: findings.map((one) => ({ ...one, outcome: 'waived' as const, waiver: 0 })),
      }),
    ],
    { problems: [text], selection: { grep: text } },
  );
  return {
    ...ledger,
    header: sampleHeader({
      target: { name: text, baseUrl: `http://127.0.0.1/${text}`, file: text.slice(0, 255) },
      selection: { grep: text },
      cases: { planned: allIds.length, all: allIds.length + 1 },
      documents: { title: text, version: contract.version, digest: contract.digest },
      waivers: [
        { ...waiver, expires: '2099-12-31' },
        { ...waiver, expires: '2020-12-31' },
      ],
    }),
  };
}

/**
 * What of a text would be obeyed or could not be seen, by the rules of those who read it and not by ours. Lines may be
 * broken at \n alone.
 */
export function harmIn(output: string): readonly string[] {
  const harm: string[] = [];
  for (const letter of output) {
    const code = letter.codePointAt(0) ?? 0;
    const raw =
      (code < 0x20 && letter !== '\n') ||
      (code >= 0x7f && code <= 0x9f) ||
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x2028 && code <= 0x202e) ||
      (code >= 0x2060 && code <= 0x206f) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      (code >= 0xe0000 && code <= 0xe007f) ||
      [0xad, 0x61c, 0x115f, 0x1160, 0x3164, 0xfeff, 0xffa0, 0xfffe, 0xffff].includes(code);
    if (raw) harm.push(`raw U+${code.toString(16).padStart(4, '0')}`);
  }
  for (const line of output.split('\n')) {
    if (/^::[a-z-]/i.test(line.trim())) harm.push(`GitHub: ${line.trim().slice(0, 60)}`);
    const command = /##[\w.-]*\[|section_(?:start|end):|travis_(?:fold|time):/i.exec(line);
    if (command) harm.push(`command: ${command[0]}`);
  }
  return [...new Set(harm)];
}
