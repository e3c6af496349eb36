import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  findFinishedRun,
  finishRun,
  makeRunFolder,
  ReportsError,
  type RunMarker,
  readMarker,
  retireLatest,
} from '../../src/report/ledger/run-folder.ts';
import { root } from './samples.ts';

const now = new Date('2026-01-02T03:04:05.678Z');
const whole = { runId: 'one', target: 'sandbox', selection: {} };
const repeat = { ...whole, selection: { grep: '--case a/b' } };

describe('the folder of a run', () => {
  let reports = '';
  beforeEach(() => {
    reports = mkdtempSync(path.join(tmpdir(), 'konaplate-run-folder-'));
  });
  afterEach(() => rmSync(reports, { recursive: true, force: true }));

  const latest = () => path.join(reports, 'latest');
  const finished = (run: Parameters<typeof makeRunFolder>[1] = whole) => {
    const folder = makeRunFolder(reports, run);
    assert.equal(finishRun(folder), undefined);
    return folder;
  };

  it('is named by time and target, and no second run ever gets it', () => {
    const names = [0, 1, 2].map(() => path.relative(reports, makeRunFolder(reports, whole, now)));
    const name = 'runs/2026-01-02T03-04-05Z-sandbox';
    assert.deepEqual(names, [name, `${name}-2`, `${name}-3`]);
  });

  const targets: readonly (readonly [target: string, name: string])[] = [
    ['../../etc/passwd', 'etc-passwd'],
    ['..', 'target'],
    ['', 'target'],
    ['a b:c\\d\u0000\n', 'a-b-c-d'],
    ['가나다', '가나다'],
    ['a'.repeat(300), 'a'.repeat(40)],
    ['😀'.repeat(300), 'target'],
    ['𠀀'.repeat(300), '𠀀'.repeat(40)],
  ];
  for (const [target, name] of targets) {
    it(`lies where it shall, whatever the target's name: ${JSON.stringify(target.slice(0, 20))}`, () => {
      const folder = makeRunFolder(reports, { ...whole, target }, now);
      assert.equal(folder, path.join(reports, 'runs', `2026-01-02T03-04-05Z-${name}`));
      assert.equal(readMarker(folder)?.target, target);
    });
  }

  it('says unfinished until all is written, in the form of its schema', () => {
    const validate = new Ajv2020({ strict: true }).compile(
      JSON.parse(readFileSync(path.join(root, 'reports/run.schema.json'), 'utf8')),
    );
    const folder = makeRunFolder(
      reports,
      { ...repeat, selection: { grep: 'x', shard: '1/2' }, note: 'why' },
      now,
    );
    const begun = readMarker(folder);
    assert.ok(validate(begun), JSON.stringify(validate.errors));
    assert.equal(begun?.state, 'unfinished');
    assert.equal(begun?.startedAt, '2026-01-02T03:04:05Z');
    finishRun(folder);
    const ended = readMarker(folder);
    assert.ok(validate(ended), JSON.stringify(validate.errors));
    assert.equal(ended?.state, 'finished');
    assert.ok(!validate({ ...ended, state: 'done' }));
    assert.ok(!validate({ ...ended, runId: '' }));
    assert.deepEqual(readdirSync(folder), ['run.json']);
  });

  const broken: readonly (readonly [what: string, text: string])[] = [
    ['cut', '{"run": 1, "runId": "one", "state": "fin'],
    ['of another version', JSON.stringify({ run: 2 })],
    ['no object', 'null'],
    [
      'without a state',
      JSON.stringify({ run: 1, runId: 'a', target: 'a', selection: {}, startedAt: 'a', pid: 1 }),
    ],
  ];
  for (const [what, text] of broken) {
    it(`has no marker when that is ${what}`, () => {
      writeFileSync(path.join(reports, 'run.json'), text);
      assert.equal(readMarker(reports), undefined);
    });
  }

  it('of the last whole run or shard is what latest leads to; a repeat leaves it as it is', () => {
    finished();
    const second = finished({ ...whole, selection: { shard: '1/2' } });
    finished(repeat);
    assert.equal(realpathSync(latest()), realpathSync(second));
    assert.ok(!path.isAbsolute(readlinkSync(latest())), 'the folder of reports can be moved');
    assert.deepEqual(readdirSync(reports).sort(), ['latest', 'runs']);
  });

  it('is no longer what latest leads to once the next run begins, even if it has been deleted', () => {
    const folder = finished();
    assert.equal(retireLatest(reports), undefined);
    assert.ok(!existsSync(latest()));
    assert.ok(existsSync(folder));
    finishRun(folder);
    rmSync(folder, { recursive: true });
    assert.equal(retireLatest(reports), undefined);
    assert.throws(() => lstatSync(latest()), { code: 'ENOENT' });
    assert.equal(retireLatest(path.join(reports, 'not/there')), undefined);
  });

  const own: readonly (readonly [what: string, make: (place: string) => void])[] = [
    ['a file', (place) => writeFileSync(place, 'mine')],
    ['an empty folder', (place) => mkdirSync(place)],
    [
      'a folder with a report and something else',
      (place) => {
        mkdirSync(place);
        for (const name of ['ledger.jsonl', 'notes.txt']) writeFileSync(path.join(place, name), 'mine');
      },
    ],
    ['a link to a folder elsewhere', (place) => symlinkSync(tmpdir(), place)],
    ['a link deeper into a run', (place) => symlinkSync('runs/a/b', place)],
    ['a link to the folder of all runs', (place) => symlinkSync('runs', place)],
  ];
  for (const [what, make] of own) {
    it(`does not get latest where that is somebody's own: ${what}`, () => {
      make(latest());
      const before = lstatSync(latest());
      assert.throws(
        () => retireLatest(reports),
        (error) => {
          assert.ok(error instanceof ReportsError);
          assert.match(error.message, /latest: expected nothing, or the link .*move it away/);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        },
      );
      const folder = makeRunFolder(reports, whole);
      assert.match(finishRun(folder) ?? '', /latest is not the suite's link, and was left as it is/);
      assert.equal(lstatSync(latest()).ino, before.ino);
    });
  }

  it('of the time when latest was a folder is moved, and nothing of it is lost', () => {
    mkdirSync(path.join(latest(), 'artifacts'), { recursive: true });
    writeFileSync(path.join(latest(), 'artifacts/mine.txt'), 'mine');
    writeFileSync(path.join(latest(), 'ledger.jsonl'), 'old');
    assert.match(retireLatest(reports) ?? '', /is now|that run is in .*-formerly-latest$/);
    const [name = ''] = readdirSync(path.join(reports, 'runs'));
    assert.equal(readFileSync(path.join(reports, 'runs', name, 'artifacts/mine.txt'), 'utf8'), 'mine');
    assert.ok(!existsSync(latest()));
    assert.throws(() => findFinishedRun(reports), /expected a finished run/);
  });

  it('as a copy, which systems without links make of latest, is moved as well', () => {
    const folder = finished();
    rmSync(latest());
    cpSync(folder, latest(), { recursive: true });
    assert.equal(findFinishedRun(reports).marker.runId, 'one');
    assert.match(retireLatest(reports) ?? '', /-formerly-latest$/);
    assert.ok(!existsSync(latest()));
  });

  it('is found by its own name and by that of its reports, and only when it is finished', () => {
    const folder = finished();
    for (const given of [folder, reports, latest()])
      assert.equal(findFinishedRun(given).folder, realpathSync(folder), given);
    const next = makeRunFolder(reports, whole);
    assert.throws(
      () => findFinishedRun(next),
      /expected a finished run; this one is still at work, or was ended/,
    );
    retireLatest(reports);
    assert.throws(() => findFinishedRun(reports), /expected a finished run; it has no latest/);
    assert.throws(() => findFinishedRun(tmpdir()), /expected the folder of a run or of reports/);
    assert.throws(() => findFinishedRun(path.join(reports, 'nowhere')), ReportsError);
  });

  it('can not be made where a file is, and says so in one line', () => {
    const file = path.join(reports, 'file');
    writeFileSync(file, 'mine');
    for (const place of [file, path.join(file, 'deeper'), path.join(reports, 'a'.repeat(300))]) {
      for (const action of [() => retireLatest(place), () => makeRunFolder(place, whole)]) {
        assert.throws(action, (error) => {
          assert.ok(error instanceof ReportsError, String(error));
          assert.match(error.message, /name a folder for reports that can be written to, with --reports$/);
          return true;
        });
      }
    }
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  it('that has lost its marker meanwhile is not finished', () => {
    const folder = makeRunFolder(reports, whole);
    rmSync(path.join(folder, 'run.json'));
    assert.throws(() => finishRun(folder), /has lost its run\.json/);
    const marker: RunMarker | undefined = readMarker(folder);
    assert.equal(marker, undefined);
  });
});
