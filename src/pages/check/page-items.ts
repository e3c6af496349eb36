import type {
  Limits,
  PageContent,
  Parameter,
  ParameterSection,
  ParameterSectionName,
  Text,
} from '../page.ts';
import { PARAMETER_SECTIONS } from '../page.ts';
import { explains } from './form.ts';
import { bodyTitle, type FactName, normal, type PageFact, type PageItem, titleOf } from './item.ts';

/**
 * Sentences that say when an optional or conditional parameter must be there: English ones mostly begin with it, Korean
 * ones end with the verb.
 */
const CONDITION = [
  /^(required|mandatory|excluding|except|필수|단,|조건)/i,
  /\b(is|are|be|becomes?) (required|mandatory|excluded|omitted)\b/i,
  /\b(required|mandatory) (if|when|for|in case)\b/i,
  /(제외|필수|생략)(로|이|을)? ?(값|항목)?(한다|합니다|하세요|된다|됩니다|이다|입니다|임|함|가능)?[.!]?$/,
  /(경우|때|시)(에는|에만|에|만|는)? .*(필요|전달|입력)(한다|합니다|하세요|됩니다|함)?[.!]?$/,
];
/** What a sentence denies is no condition. */
const DENIAL = /\b(not|never) (required|mandatory)\b|필수(값|항목)?(가|는|이)? ?아/i;
const BULLET = /^[-•*·‣▪–]\s*/;

/** Every fact of a page but its nesting and its catalogue, in the order of the page. */
export function pageItems(page: PageContent): readonly PageItem[] {
  return [
    operation(page),
    ...PARAMETER_SECTIONS.flatMap((name) => section(name, page[name])),
    ...(page.responseCode?.rows ?? []).map((row): PageItem => {
      const code = row.code?.value ?? '';
      return {
        group: 'responseCode',
        title: `code row ${row.status.value} ${code}`.trimEnd(),
        keys: [`${row.status.value} ${code}`, code],
        line: row.status.line,
        facts: [
          { fact: 'status', text: String(row.status.value), lines: [row.status.line] },
          ...stated('code', row.code),
          ...stated('message', row.message),
        ],
      };
    }),
    ...(page.testData?.titles ?? []).map((scenario): PageItem => {
      const text = `${scenario.status} - ${normal(scenario.title)}`;
      const { selected } = page.testData ?? {};
      const shown =
        selected?.status === scenario.status && selected.title === scenario.title ? selected : undefined;
      return {
        group: 'testData',
        title: `scenario "${text}"`,
        keys: [text],
        line: scenario.line,
        facts: [
          { fact: 'title', text, lines: [scenario.line] },
          ...(shown === undefined
            ? []
            : [{ fact: 'title', text, lines: [shown.line], repeated: true } as const]),
        ],
      };
    }),
  ];
}

/** "Show All" lines: what stands below them is not in the text. */
export function hiddenParts(
  page: PageContent,
): readonly { readonly section: string; readonly line: number }[] {
  const sections = [...PARAMETER_SECTIONS.map((name) => page[name]), page.responseCode, page.testData];
  return sections.flatMap((part) =>
    part?.incomplete === undefined ? [] : [{ section: part.heading.value, line: part.incomplete.line }],
  );
}

function stated(fact: FactName, text: Text | undefined): PageFact[] {
  return text === undefined ? [] : [{ fact, text: normal(text.value), lines: [text.line] }];
}

function operation(page: PageContent): PageItem {
  const { chosen, listed } = page.versions;
  const versions: PageFact[] = [
    ...stated('version', chosen ?? listed[0]),
    ...(chosen === undefined ? listed.slice(1) : listed).map(
      (version): PageFact => ({
        fact: 'version',
        text: normal(version.value),
        lines: [version.line],
        repeated: true,
      }),
    ),
  ];
  return {
    group: 'operation',
    title: 'operation',
    keys: ['operation'],
    line: page.name?.line ?? page.path?.line ?? 1,
    facts: [
      ...stated('name', page.name),
      ...(page.mode === undefined
        ? []
        : [{ fact: 'mode', text: page.mode.value, lines: [page.mode.line] } as const]),
      ...versions,
      ...stated('method', page.method),
      ...stated('path', page.path),
    ],
  };
}

function section(group: ParameterSectionName, part: ParameterSection | undefined): PageItem[] {
  if (part === undefined) return [];
  const mark: PageItem[] =
    part.encrypted === undefined
      ? []
      : [
          {
            group,
            title: bodyTitle(group),
            keys: [':body'],
            line: part.encrypted.line,
            facts: [{ fact: 'encrypted', text: 'encrypted', lines: [part.encrypted.line] }],
          },
        ];
  return [
    ...mark,
    ...part.parameters.map(
      (parameter, index): PageItem => ({
        group,
        title: titleOf(group, parameter.name.value),
        keys: [`${parameter.name.value}@${parameter.name.line}`, parameter.name.value],
        line: parameter.name.line,
        index,
        facts: parameterFacts(parameter),
      }),
    ),
  ];
}

function parameterFacts(parameter: Parameter): PageFact[] {
  const { forms, presence } = parameter;
  const explanations = parameter.uncertain.filter((line) =>
    forms.some((form) => explains(line.value, form.value)),
  );
  const form: PageFact[] =
    forms.length === 0
      ? []
      : [
          {
            fact: 'form',
            text: forms.map(({ value }) => normal(value)).join(' '),
            lines: [...forms, ...explanations].map(({ line }) => line),
            explanations: explanations.map(({ value }) => normal(value)),
          },
        ];
  const conditions =
    presence?.value === 'Required'
      ? []
      : parameter.description.filter(({ value }) => isCondition(normal(value).replace(BULLET, '')));
  return [
    ...stated('name', parameter.name),
    ...stated('type', parameter.type),
    ...stated('presence', presence),
    ...limit(parameter.limits),
    ...form,
    ...conditions.flatMap((line) => stated('condition', line)),
    ...parameter.values.map(
      ({ value, line }): PageFact => ({ fact: 'values', text: normal(value), lines: [line] }),
    ),
    ...parameter.uncertain
      .filter((line) => !explanations.includes(line))
      .flatMap((line) => stated('uncertain', line)),
  ];
}

function isCondition(sentence: string): boolean {
  // A line may be as long as a page: its ends tell.
  const said = sentence.length <= 400 ? sentence : `${sentence.slice(0, 200)} ${sentence.slice(-200)}`;
  return CONDITION.some((form) => form.test(said)) && !DENIAL.test(said);
}

function limit(limits: Limits): PageFact[] {
  const parts = (['length', 'min', 'max', 'value'] as const).flatMap((name) => {
    const found = limits[name];
    return found === undefined ? [] : [{ text: `${labels[name]} : ${found.value}`, line: found.line }];
  });
  if (parts.length === 0) return [];
  return [
    {
      fact: 'limit',
      text: parts.map(({ text }) => text).join(', '),
      lines: [...new Set(parts.map(({ line }) => line))],
      limits,
    },
  ];
}

const labels = { length: 'Length', min: 'Min', max: 'Max', value: 'Value' } as const;

/** The line of a parameter's documentation with this number, as prose or as an uncertain value. */
export function proseAt(parameter: Parameter | undefined, line: number): Text | undefined {
  return [...(parameter?.description ?? []), ...(parameter?.uncertain ?? [])].find(
    (text) => text.line === line,
  );
}
