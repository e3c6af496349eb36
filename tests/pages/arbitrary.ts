import type {
  CodeRow,
  CodeSection,
  EnumEntry,
  Fact,
  PageContent,
  Parameter,
  ParameterSection,
  Parent,
  ScenarioSection,
  ScenarioTitle,
  Text,
} from '../../src/pages/page.ts';
import { fc } from '../property.ts';
import type { Layout } from './render.ts';

/** Random pages of an invented API. Lines are 0: rendering gives them meaning. Placements are the truth. */

const WORDS = [
  ...['parcel', 'waybill', 'Depot', 'courier', '[heavy]', 'label,', "sender's", 'weighed.', '"dock"', 'PAR'],
  ...['소포', '배송', '창고입니다.', '12', 'v2', 'https://parcels.example/x'],
];

function fact<T>(value: T): Fact<T> {
  return { value, line: 0 };
}

function facts<T>(values: readonly T[]): Fact<T>[] {
  return values.map(fact);
}

function words(fewest: number, most: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...WORDS), { minLength: fewest, maxLength: most })
    .map((chosen) => chosen.join(' '));
}

/** Prose; one word alone may look like the name of a parameter. */
const prose = fc.oneof(
  words(2, 8),
  fc.constantFrom('PAR', 'waybill', '소포', "- Sender's number", '• Given by the depot', '(Heavy) parcels'),
);
const notes = fc.array(words(2, 4), { maxLength: 2 }).map(facts);
const uncertain = fc.constantFrom(
  '• xxxx : 4 digits',
  'NAME(of a depot)',
  '- 본인 : sender',
  '- HEAVY: parcels',
  'Ab : no list here',
);
const name = fc
  .tuple(
    fc.constantFrom('parcel', 'X-Inv-Token', 'depot_no', 'weight2', 'status', 'values', 'Message', '$ref'),
    fc.constantFrom('', '', 'Id', '.x', '-b'),
  )
  .map((parts) => parts.join(''));
const integer = fc.oneof(fc.bigInt({ min: -5n, max: 300n }), fc.constant(9999999999999999999n)).map(fact);
const entry: fc.Arbitrary<EnumEntry> = fc.record({
  value: fc.constantFrom('A', 'IN_DEPOT', 'LOST2', '00', '01', '123'),
  text: words(1, 5),
  line: fc.constant(0),
});

type Leaf = Omit<Parameter, 'placement'>;
type Tree = { readonly parameter: Leaf; readonly members: readonly Tree[] };

function leaf(type: string): fc.Arbitrary<Leaf> {
  return fc.record(
    {
      name: name.map(fact),
      type: fc.constant(fact(type)),
      presence: fc.constantFrom('Required', 'Optional', 'Conditional').map(fact),
      limits: fc.record(
        { length: integer, min: integer, max: integer, value: integer },
        { requiredKeys: [] },
      ),
      description: fc.array(prose, { maxLength: 3 }).map(facts),
      values: fc.array(entry, { maxLength: 3 }),
      forms: fc.array(fc.constantFrom('YYMM', 'yyMMdd-xxxx', 'HH24:MI'), { maxLength: 1 }).map(facts),
      uncertain: fc.array(uncertain, { maxLength: 1 }).map(facts),
    },
    {
      requiredKeys: ['name', 'type', 'limits', 'description', 'values', 'forms', 'uncertain'],
    },
  );
}

function itemOf(array: Leaf, item: Leaf): Leaf {
  return { ...item, name: fact(`${array.name.value}_item`) };
}

const trees: fc.Arbitrary<readonly Tree[]> = fc.letrec<{ forest: readonly Tree[]; tree: Tree }>((tie) => ({
  forest: fc.array(tie('tree'), { maxLength: 4, depthIdentifier: 'page' }),
  tree: fc.oneof(
    { depthIdentifier: 'page', depthSize: 'small' },
    fc
      .constantFrom('string', 'number', 'boolean')
      .chain(leaf)
      .map((parameter) => ({ parameter, members: [] })),
    // An object need not have documented members.
    fc.record({ parameter: leaf('object'), members: tie('forest') }),
    fc
      .tuple(leaf('array of objects'), leaf('object'), tie('tree'), tie('forest'))
      .map(([array, item, first, more]) => ({
        parameter: array,
        members: [{ parameter: itemOf(array, item), members: [first, ...more] }],
      })),
    fc.tuple(leaf('array of strings'), leaf('string')).map(([array, item]) => ({
      parameter: array,
      members: [{ parameter: itemOf(array, item), members: [] }],
    })),
  ),
})).forest;

function flatten(forest: readonly Tree[], parent: Parent, into: Parameter[]): Parameter[] {
  for (const tree of forest) {
    const index = into.push({ ...tree.parameter, placement: { parent } }) - 1;
    flatten(tree.members, index, into);
  }
  return into;
}

const incomplete = fc.constant(fact(true as const));

const parameters: fc.Arbitrary<ParameterSection> = fc.record(
  {
    heading: fc.constant(fact('')),
    encrypted: fc.constant(fact(true as const)),
    notes,
    incomplete,
    parameters: trees.map((forest) => flatten(forest, null, [])),
  },
  { requiredKeys: ['heading', 'notes', 'parameters'] },
);

const row: fc.Arbitrary<CodeRow> = fc.record(
  {
    status: fc.constantFrom(200, 400, 503).map(fact),
    code: fc.constantFrom('000_000', '012_345', 'E-17').map(fact),
    message: words(1, 4).map(fact),
    description: fc.array(words(1, 6), { maxLength: 2 }).map(facts),
  },
  { requiredKeys: ['status', 'code', 'description'] },
);

const codes: fc.Arbitrary<CodeSection> = fc.record(
  { heading: fc.constant(fact('')), notes, incomplete, rows: fc.array(row, { maxLength: 4 }) },
  { requiredKeys: ['heading', 'notes', 'rows'] },
);

/** One of the items, or none. */
function oneOf<T>(items: readonly T[], choice: number): T | undefined {
  return items[choice];
}

const title: fc.Arbitrary<ScenarioTitle> = fc.record({
  status: fc.constantFrom(200, 400),
  title: fc.oneof(words(1, 5), fc.constant('found - but late')),
  line: fc.constant(0),
});

const scenarios: fc.Arbitrary<ScenarioSection> = fc
  .record({
    titles: fc.uniqueArray(title, { maxLength: 5, selector: (item) => `${item.status} ${item.title}` }),
    choice: fc.nat(5),
    hidden: fc.boolean(),
  })
  .map(({ titles, choice, hidden }) => {
    const selected = oneOf(titles, choice);
    return {
      heading: fact(''),
      notes: [],
      ...(hidden ? { incomplete: fact(true as const) } : {}),
      ...(selected === undefined ? {} : { selected }),
      titles,
    };
  });

const versions = fc
  .record({ listed: fc.uniqueArray(fc.constantFrom('v1', 'v2', 'v10'), { maxLength: 3 }), choice: fc.nat(3) })
  .map(({ listed, choice }): PageContent['versions'] => {
    const chosen = oneOf(listed, choice);
    return chosen === undefined ? { listed: facts(listed) } : { chosen: fact(chosen), listed: facts(listed) };
  });

const catalogue: fc.Arbitrary<Text[]> = fc.array(words(1, 12), { maxLength: 2 }).map(facts);

/** A whole page: any section may be missing. */
export const anyPage: fc.Arbitrary<PageContent> = fc.record(
  {
    name: words(1, 5).map(fact),
    mode: fc.constantFrom('sync', 'async').map(fact),
    versions,
    method: fc.constantFrom('GET', 'POST').map(fact),
    path: fc.constantFrom('/v1/parcels', '/v1/parcels/{id}').map(fact),
    description: fc.array(words(1, 9), { maxLength: 2 }).map(facts),
    requestHeaders: parameters,
    requestParameters: parameters,
    responseHeaders: parameters,
    responseParameters: parameters,
    responseCode: codes,
    testData: scenarios,
    panel: fc.constant(fact('Loading ...')),
    catalogue,
  },
  { requiredKeys: ['name', 'versions', 'method', 'path', 'description', 'panel', 'catalogue'] },
);

export const anyLayout: fc.Arbitrary<Layout> = fc.record({
  blanks: fc.nat(2),
  language: fc.constantFrom('english', 'korean'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  colon: fc.constantFrom(' : ', ': '),
  bullet: fc.constantFrom('- ', '• ', '-\u00a0'),
  dash: fc.constantFrom('-', '–'),
  siteHeader: fc.boolean(),
  modeRunsIn: fc.boolean(),
  oneLimitLine: fc.boolean(),
  dropBullets: fc.boolean(),
  inlineFields: fc.boolean(),
  ragged: fc.boolean(),
});
