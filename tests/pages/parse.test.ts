import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Parameter } from '../../src/pages/page.ts';
import { type ParsedPage, parsePage } from '../../src/pages/parse.ts';
import { bare } from './facts.ts';

function fixture(name: string): ParsedPage {
  return parsePage(readFileSync(new URL(`captures/${name}.txt`, import.meta.url), 'utf8'));
}

/** The parameters of a section that stands below a title and an address. */
function parameters(...lines: string[]): readonly Parameter[] {
  return parsed(...lines).page.requestParameters?.parameters ?? [];
}

function parsed(...lines: string[]): ParsedPage {
  return parsePage(['ParcelsSync', 'POST', '/v1/parcels', 'Request Parameters', ...lines].join('\n'));
}

function codes(...lines: string[]): ParsedPage {
  return parsePage(['ParcelsSync', 'POST', '/v1/parcels', 'Response Code', ...lines].join('\n'));
}

function whys(result: ParsedPage): (readonly [number, string])[] {
  return result.unread.map((line) => [line.line, line.text] as const);
}

describe('a spaced English page', () => {
  const { page, unread } = fixture('parcel-search');
  const fields = page.responseParameters?.parameters ?? [];

  test('is read whole', () => assert.deepEqual(unread, []));

  test('header: title and mode run together, versions, address', () => {
    assert.deepEqual(page.name, { value: 'Search for Parcels', line: 10 });
    assert.deepEqual(page.mode, { value: 'sync', line: 10 });
    assert.deepEqual(page.versions, {
      chosen: { value: 'v2', line: 12 },
      listed: [
        { value: 'v1', line: 15 },
        { value: 'v2', line: 17 },
      ],
    });
    assert.deepEqual(page.method, { value: 'POST', line: 19 });
    assert.deepEqual(page.path, { value: '/v1/parcels/search', line: 21 });
  });

  test('parameters: encryption mark, exact limits, form, each with its line', () => {
    const section = page.requestParameters;
    assert.deepEqual(section?.encrypted, { value: true, line: 42 });
    assert.deepEqual(
      section?.notes.map((note) => note.line),
      [43, 44, 45],
    );
    const [depot, day] = section?.parameters ?? [];
    assert.deepEqual(depot?.name, { value: 'depotNo', line: 47 });
    assert.deepEqual(depot?.limits, {
      min: { value: 1n, line: 53 },
      max: { value: 9999999999999999999n, line: 53 },
    });
    assert.deepEqual(day?.presence, { value: 'Conditional', line: 61 });
    assert.deepEqual(day?.limits, { value: { value: 6n, line: 63 } });
    assert.deepEqual(day?.forms, [{ value: 'YYMMDD', line: 67 }]);
  });

  test('a parameter may bear the name of a type', () => {
    assert.deepEqual(
      fields.map((field) => `${field.name.value} ${field.type?.value}`),
      [
        'parcelList array of objects',
        'parcelList_item object',
        'parcelNo string',
        'sender object',
        'number string',
        'state string',
        'kind string',
      ],
    );
  });

  test('values: certain with and without bullets, uncertain kept apart', () => {
    const [state, kind] = fields.slice(-2);
    assert.deepEqual(state?.values, [
      { value: 'IN_DEPOT', text: 'Waits in the depot', line: 125 },
      { value: 'LOST', text: '(end) Nobody knows', line: 126 },
    ]);
    assert.deepEqual(bare(state?.uncertain), ['- RETURNED: Went back']);
    assert.deepEqual(bare(kind?.values), [
      { value: '00', text: 'Letter' },
      { value: '01', text: 'Box' },
      { value: '02', text: 'Crate' },
    ]);
  });

  test('codes: notes, rows, and the mark of a cut list', () => {
    const section = page.responseCode;
    assert.deepEqual(bare(section?.notes), ['What may come back']);
    assert.deepEqual(bare(section?.rows), [
      { status: 200, code: '000_000', message: 'Found.', description: ['The parcels'] },
      {
        status: 400,
        code: '012_001',
        message: 'No such depot.',
        description: ['그런 창고가 없음.', 'Ask the courier.'],
      },
    ]);
    assert.equal(section?.incomplete?.value, true);
    assert.equal(page.testData?.incomplete, undefined);
  });

  test('scenarios: the selected one apart, dashes of both kinds', () => {
    assert.equal(page.testData?.selected?.title, 'Found');
    assert.deepEqual(bare(page.testData?.titles), [
      { status: 200, title: 'Found' },
      { status: 200, title: 'Found - none' },
      { status: 400, title: 'No such depot' },
    ]);
  });

  test('catalogue: the run-together text, not split', () => {
    assert.deepEqual(bare(page.catalogue), ['Search for ParcelsSend a Parcel소포 조회']);
  });
});

describe('a compact Korean page', () => {
  const { page, unread } = fixture('parcel-delete-compact');

  test('is read whole', () => assert.deepEqual(unread, []));

  test('says the same facts', () => {
    assert.equal(page.name?.value, '소포 삭제');
    assert.equal(page.mode?.value, 'async');
    assert.deepEqual(page.versions, { listed: [{ value: 'v1', line: 2 }] });
    const parameter = page.requestParameters?.parameters[0];
    assert.deepEqual(page.requestParameters?.encrypted, { value: true, line: 13 });
    assert.equal(parameter?.presence?.value, 'Conditional');
    assert.deepEqual(bare(parameter?.limits), { min: 1n, max: 12n });
    assert.deepEqual(bare(parameter?.forms), ['PPPP-NN']);
    assert.deepEqual(bare(page.responseCode?.rows), [
      { status: 200, code: '000_000', message: 'Gone.', description: ['성공'] },
    ]);
    assert.deepEqual(bare(page.testData?.titles), [{ status: 200, title: '성공' }]);
    assert.equal(page.testData?.selected, undefined);
    assert.equal(page.responseHeaders, undefined);
  });
});

describe('title', () => {
  const modes = [
    ['ParcelsSync', 'Parcels', 'sync'],
    ['ParcelsAsync', 'Parcels', 'async'],
    ['소포 조회동기', '소포 조회', 'sync'],
    ['소포 조회비동기', '소포 조회', 'async'],
    ['Data SyncAsync', 'Data Sync', 'async'],
    ['Parcels in sync', 'Parcels in sync', undefined],
  ] as const;
  for (const [line, name, mode] of modes) {
    test(line, () => {
      const { page } = parsePage(`${line}\nPOST\n/v1/x`);
      assert.equal(page.name?.value, name);
      assert.equal(page.mode?.value, mode);
    });
  }

  test('unknown lines around it are reported', () => {
    const result = parsePage('Sign in\nParcelsSync\nPOST\n/v1/x');
    assert.equal(result.page.name?.value, 'Parcels');
    assert.deepEqual(whys(result), [[1, 'Sign in']]);
  });
});

describe('limits', () => {
  test('with and without white space around the colon, in both languages', () => {
    for (const line of ['Length : 15', 'Length: 15', '길이 : 15', '길이:15', 'Length ： 15']) {
      assert.equal(parameters('a', 'string', 'Required', line)[0]?.limits.length?.value, 15n, line);
    }
  });

  test('a limit that is no whole number is reported, not rounded', () => {
    for (const line of [
      'Length : 1.5',
      'Length : 5~10',
      'Min : 1 , Max : many',
      `Length : ${'9'.repeat(41)}`,
    ]) {
      const result = parsed('a', 'string', 'Required', line);
      assert.deepEqual(whys(result), [[8, line]]);
    }
    const [half] = parameters('a', 'string', 'Required', 'Min : 1 , Max : many');
    assert.deepEqual(bare(half?.limits), { min: 1n });
  });

  test('40 digits survive', () => {
    const digits = '9'.repeat(40);
    assert.equal(parameters('a', 'number', `Value : ${digits}`)[0]?.limits.value?.value, BigInt(digits));
  });

  test('a limit below the description is reported', () => {
    assert.deepEqual(whys(parsed('a', 'string', 'Required', 'Text', 'Length : 3')), [[9, 'Length : 3']]);
  });
});

describe('the head of a parameter', () => {
  test('missing facts are absent', () => {
    assert.deepEqual(parameters('a', 'string'), [
      {
        name: { value: 'a', line: 5 },
        type: { value: 'string', line: 6 },
        limits: {},
        description: [],
        values: [],
        forms: [],
        uncertain: [],
        placement: { parent: null },
      },
    ]);
  });

  test('an unknown type is kept and reported', () => {
    const result = parsed('a', 'blob', 'Required');
    assert.equal(result.page.requestParameters?.parameters[0]?.type?.value, 'blob');
    assert.deepEqual(whys(result), [[6, 'blob']]);
  });

  test('a parameter without a type is kept and reported', () => {
    const result = parsed('a', 'Required');
    assert.deepEqual(bare(result.page.requestParameters?.parameters.map((one) => [one.name, one.type])), [
      ['a', undefined],
    ]);
    assert.deepEqual(whys(result), [[5, 'a']]);
  });

  test('a name that is lost leaves its type and presence reported', () => {
    assert.deepEqual(whys(parsed('string', 'Required')), [
      [5, 'string'],
      [6, 'Required'],
    ]);
  });

  test('a description that is one word does not swallow the next parameter', () => {
    const names = parameters('par', 'string', 'Required', 'PAR', 'b', 'number', 'Optional');
    assert.deepEqual(
      names.map((one) => one.name.value),
      ['par', 'b'],
    );
  });
});

describe('values', () => {
  function first(...lines: string[]): Parameter | undefined {
    return parameters('a', 'string', 'Required', ...lines)[0];
  }

  test('a no-break space may follow the dash', () => {
    assert.deepEqual(bare(first('-\u00a0APP : In the app')?.values), [{ value: 'APP', text: 'In the app' }]);
  });

  test('without a bullet, only below a certain value', () => {
    assert.deepEqual(bare(first('01 : Box')?.values), []);
    assert.deepEqual(bare(first('01 : Box')?.uncertain), ['01 : Box']);
    assert.equal(first('- 00 : Letter', '01 : Box')?.values.length, 2);
    assert.equal(first('- 00 : Letter', 'Or else', '01 : Box')?.values.length, 1);
  });

  test('what only resembles a value is uncertain; prose is prose', () => {
    for (const line of ['- app : x', '- 1 : x', '- 1234 : x', '- APP: x', 'APP(in the app)', '• 본인 : x']) {
      assert.deepEqual(bare(first(line)?.uncertain), [line]);
    }
    for (const line of ['See https://parcels.example', '- Two words : x', 'PAN(Primary number) of it']) {
      assert.deepEqual(bare(first(line)?.description), [line]);
    }
  });
});

describe('codes', () => {
  test('label and value on one line', () => {
    const result = codes('400', 'Error code : 001_002', 'Message : Bad : worse', 'Description: It is.');
    assert.deepEqual(bare(result.page.responseCode?.rows), [
      { status: 400, code: '001_002', message: 'Bad : worse', description: ['It is.'] },
    ]);
  });

  test('a label without a value is reported', () => {
    const result = codes('400', 'Error code', '001_002', 'Message', 'Description', 'It is.');
    assert.equal(result.page.responseCode?.rows[0]?.message, undefined);
    assert.deepEqual(whys(result), [[8, 'Message']]);
  });

  test('a number in a description is no status', () => {
    const result = codes('400', 'Error code', '001_002', 'Description', '404', 'is not it');
    assert.deepEqual(bare(result.page.responseCode?.rows[0]?.description), ['404', 'is not it']);
  });
});

describe('sections', () => {
  test('a second section of the same name is reported line by line', () => {
    const result = parsed('a', 'string', 'Request Parameters', 'b', 'string');
    assert.equal(result.page.requestParameters?.parameters.length, 1);
    assert.deepEqual(
      result.unread.map((line) => line.line),
      [7, 8, 9],
    );
  });

  test('"Show All" marks the section it stands in', () => {
    const { page } = parsed('a', 'string', 'Show All', 'Response Headers', 'b', 'string');
    assert.deepEqual(page.requestParameters?.incomplete, { value: true, line: 7 });
    assert.equal(page.responseHeaders?.incomplete, undefined);
  });

  test('a line that is no scenario is reported', () => {
    const result = parsePage('ParcelsSync\nPOST\n/v1/x\nTest Data\n200 Found\n200 - Found\nLoading ...');
    assert.equal(result.page.testData?.titles.length, 1);
    assert.deepEqual(whys(result), [[5, '200 Found']]);
  });

  test('what stands inside the panel is reported; the catalogue stands below it', () => {
    const result = parsePage('ParcelsSync\nPOST\n/v1/x\nLoading ...\n{}\nClick Try It!\nParcels');
    assert.deepEqual(whys(result), [[5, '{}']]);
    assert.deepEqual(bare(result.page.catalogue), ['Parcels']);
  });
});

test('a byte-order mark and CRLF change nothing', () => {
  const plain = 'ParcelsSync\nPOST\n/v1/x\nLoading ...\nParcels';
  assert.deepEqual(parsePage(`\uFEFF${plain.replaceAll('\n', '\r\n')}`), parsePage(plain));
});

test('very long and very many lines do not exhaust the stack', () => {
  const many = 'x\n'.repeat(300_000);
  assert.doesNotThrow(() => parsePage(`Loading ...\n${many}`));
  assert.doesNotThrow(() => parsePage(`Request Parameters\n${'a\nobject\n'.repeat(100_000)}`));
  assert.doesNotThrow(() => parsePage(`Length : ${'9'.repeat(1_000_000)}`));
});
