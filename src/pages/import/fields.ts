import { formats } from '../../contract/formats.ts';
import type { Format } from '../../contract/schema.ts';
import { explains, patternOf, type Sample, samplesOf } from '../check/form.ts';
import { normal, type PageItem } from '../check/item.ts';
import { ARRAY_TYPES, CHOICES, OBJECT_TYPES, WIDGETS } from '../labels.ts';
import { TODO } from '../open-places.ts';
import type { Limits, Parameter, ParameterSection, Parent } from '../page.ts';
import { candidateParents } from '../placement.ts';
import { fits } from '../value-lists.ts';
import type { OpenQuestions, Question } from './open-questions.ts';
import type { SourcePage } from './source-page.ts';
import { indent, key, quoted } from './yaml-text.ts';

/** What drafting a header or field needs to know. */
export interface Drafting {
  readonly source: SourcePage;
  readonly questions: OpenQuestions;
  /** How fields of the same name are masked in the documents that are there. */
  readonly sensitivities: ReadonlyMap<string, string>;
}

/** The lines of each fact that the draft of a parameter keeps. */
type Cited = Map<string, readonly number[]>;

/**
 * Drafts the schema of one section's fields: an object without its `type`, its members where the text puts them, or
 * innermost where it leaves that open.
 *
 * @param first lines for `properties` that come before the page's own, and their names
 */
export function objectLines(
  section: ParameterSection | undefined,
  items: readonly PageItem[],
  drafting: Drafting,
  first: { readonly names: readonly string[]; readonly lines: readonly string[] },
): string[] {
  const parameters = section?.parameters ?? [];
  const candidates = candidateParents(parameters);
  const children = new Map<Parent, number[]>();
  for (const [index, [parent = null]] of candidates.entries()) {
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [index]);
    else known.push(index);
  }
  askAboutEnds(parameters, candidates, children, drafting);
  const tree: Tree = {
    parameters,
    children,
    items: new Map(items.map((item) => [item.index, item])),
    drafting,
  };
  const { names, required, lines } = membersIn(null, tree);
  const all = [...first.names, ...required];
  return [
    ...(all.length > 0 ? [`required: [${all.join(', ')}]`] : []),
    ...(first.lines.length + names.size > 0 ? ['properties:', ...indent([...first.lines, ...lines], 2)] : []),
  ];
}

/** The parameters of one section, by what they sit in. */
interface Tree {
  readonly parameters: readonly Parameter[];
  readonly children: ReadonlyMap<Parent, readonly number[]>;
  /** By index in the section. */
  readonly items: ReadonlyMap<number | undefined, PageItem>;
  readonly drafting: Drafting;
}

interface Members {
  readonly names: Set<string>;
  readonly required: string[];
  readonly lines: string[];
}

function membersIn(parent: Parent, tree: Tree): Members {
  const found: Members = { names: new Set(), required: [], lines: [] };
  for (const index of tree.children.get(parent) ?? []) {
    const parameter = tree.parameters[index];
    if (parameter === undefined) continue;
    const { value: name, line } = parameter.name;
    if (found.names.has(name)) {
      tree.drafting.questions.add({
        about: `second-${name}`,
        text: `The page has a second "${name}" where one stands already.`,
        lines: [line],
        assumed: 'Left out.',
      });
      continue;
    }
    found.names.add(name);
    if (parameter.presence?.value === 'Required') found.required.push(key(name));
    found.lines.push(`${key(name)}:`);
    for (const text of indent(fieldLines(parameter, index, tree), 2)) found.lines.push(text);
  }
  return found;
}

/** What the page says of a parameter beyond its facts, for a person to put into words: nothing of it is left out. */
export function toDescribe({ name, type, description, values }: Parameter): string {
  const formWords = [...WIDGETS, ...(type?.value === 'boolean' ? CHOICES : [])];
  const prose = description.map(({ value }) => normal(value)).filter((line) => !formWords.includes(line));
  // A value in brackets stands in its sentence.
  const inProse = new Set(description.map(({ line }) => line));
  const listed = values
    .filter(({ line }) => !inProse.has(line))
    .map(({ value, text }) => `${normal(value)}: ${normal(text)}`);
  const said = [prose.join(' '), ...(listed.length > 0 ? [`Values: ${listed.join('; ')}`] : [])]
    .filter((part) => part !== '')
    .join(' / ');
  return quoted(`${TODO}: ${said === '' ? name.value : said}`);
}

function fieldLines(parameter: Parameter, index: number, tree: Tree): string[] {
  const { drafting, children } = tree;
  const { cited, lines } = valueLines(parameter, tree.items.get(index), drafting);
  const head = [
    `description: ${toDescribe(parameter)}`,
    ...lines,
    'x-source:',
    `  ${drafting.source.citeFacts(cited)}`,
  ];
  const type = parameter.type?.value ?? '';
  const inside = children.get(index) ?? [];
  const object = OBJECT_TYPES.includes(type) || (isArray(type) && itemType(type) === 'object');
  if (object && inside.length === 0) askAboutMembers(parameter, drafting);
  if (!isArray(type)) return [...head, ...members('', membersIn(index, tree))];
  const own = inside.find((at) => tree.parameters[at]?.name.value === `${parameter.name.value}_item`);
  const entry = own === undefined ? undefined : tree.parameters[own];
  const body =
    own === undefined || entry === undefined
      ? members(itemType(type), membersIn(index, tree))
      : fieldLines(entry, own, tree);
  return [...head, 'items:', ...indent(body, 2)];
}

function members(type: string, { required, lines }: Members): string[] {
  return [
    ...(type === '' ? [] : [`type: ${type}`]),
    ...(required.length > 0 ? [`required: [${required.join(', ')}]`] : []),
    ...(lines.length > 0 ? ['properties:', ...indent(lines, 2)] : []),
  ];
}

function isArray(type: string): boolean {
  return ARRAY_TYPES.includes(type) || /^(array|list) of /.test(type);
}

function itemType(type: string): string {
  const of = /^(?:array|list) of (\w+?)s?$/.exec(type)?.[1];
  if (of === undefined) return type === '문자열 배열' ? 'string' : 'object';
  return schemaType(of) ?? 'object';
}

/** The type of a schema for a type as the page has it. */
export function schemaType(type: string): string | undefined {
  if (OBJECT_TYPES.includes(type)) return 'object';
  if (isArray(type)) return 'array';
  if (['string', 'date', 'datetime', '문자열'].includes(type)) return 'string';
  if (['integer', 'int', 'long', '정수'].includes(type)) return 'integer';
  if (['number', 'float', 'double', 'decimal', '숫자'].includes(type)) return 'number';
  return type === 'boolean' ? 'boolean' : undefined;
}

/**
 * The lines of a schema that say what values are allowed, and the lines of the page that they come from. What can't be
 * drafted becomes an open question.
 */
export function valueLines(
  parameter: Parameter,
  item: PageItem | undefined,
  { questions, sensitivities }: Drafting,
): { readonly cited: Cited; readonly lines: readonly string[] } {
  const { name, type, presence, limits, forms, values } = parameter;
  const cited: Cited = new Map([['name', [name.line]]]);
  const lines: string[] = [];
  const ask = (
    about: string,
    shown: readonly string[],
    on: readonly number[],
    assumed: string,
    why?: string,
  ) =>
    questions.add({
      about: `${about}-of-${name.value}`,
      text: `The page says of ${name.value}: ${shown.map((text) => `"${text}"`).join(', ')}.`,
      lines: [...new Set(on)],
      assumed,
      ...(why === undefined ? {} : { why }),
    });

  const largest = limits.max?.value ?? 0n;
  const written = schemaType(type?.value ?? '');
  // Only integers keep every digit.
  const own = written === 'number' && largest > BigInt(Number.MAX_SAFE_INTEGER) ? 'integer' : written;
  if (own !== undefined) lines.push(`type: ${own}`);
  if (type !== undefined) {
    if (own === undefined) ask('type', [type.value], [type.line], 'Of any type.');
    else cited.set('type', [type.line]);
  }
  if (presence !== undefined) {
    cited.set('presence', [presence.line]);
    const conditions =
      item?.facts.filter(({ fact }) => fact === 'condition').flatMap((fact) => fact.lines) ?? [];
    if (conditions.length > 0) cited.set('condition', conditions);
    else if (presence.value === 'Conditional') {
      ask(
        'condition',
        ['Conditional'],
        [presence.line],
        'Optional; no sentence names the condition.',
        'What no sentence asks for is not required.',
      );
    }
  }

  const explanations = parameter.uncertain.filter((line) =>
    forms.some((form) => explains(line.value, form.value)),
  );
  const form = forms.map(({ value }) => normal(value)).join(' ');
  const explained = explanations.map(({ value }) => normal(value));
  const samples = forms.length === 0 ? undefined : samplesOf(form, explained);
  const format = samples === undefined ? undefined : formatOf(samples);
  const pattern = format === undefined && samples !== undefined ? patternOf(form, explained) : undefined;

  const stated = Object.values(limits).filter((limit) => limit !== undefined);
  if (stated.length > 0) {
    const on = stated.map(({ line }) => line);
    const text =
      item?.facts.find(({ fact }) => fact === 'limit')?.text ?? stated.map(({ value }) => value).join(', ');
    const drafted = draftLimits(limits, own, [
      ...(own === 'string' ? values.map(({ value }) => normal(value)) : []),
      ...(format === undefined && pattern === undefined ? [] : (samples?.allowed ?? [])),
    ]);
    lines.push(...drafted.lines);
    if (drafted.asks === undefined || drafted.lines.length > 0) cited.set('limit', [...new Set(on)]);
    if (drafted.asks !== undefined) ask('limit', [text], on, drafted.asks.assumed, drafted.asks.why);
  }

  if (forms.length > 0) {
    const on = [...forms, ...explanations].map(({ line }) => line);
    if (format !== undefined) lines.push(`format: ${format}`);
    else if (pattern !== undefined) lines.push(`pattern: ${quoted(pattern)}`);
    if (format === undefined && pattern === undefined) ask('form', [form], on, 'Of any form.');
    else cited.set('form', on);
  }
  if (values.length > 0) {
    const on = values.map(({ line }) => line);
    const all = [...new Set(values.map(({ value }) => normal(value)))];
    if (own === 'string') {
      lines.push(`enum: [${all.map(quoted).join(', ')}]`);
      cited.set('values', on);
    } else ask('values', all, on, 'Of any value.');
  }
  const doubtful = parameter.uncertain.filter((one) => !explanations.includes(one));
  if (doubtful.length > 0) {
    ask(
      'values',
      doubtful.map(({ value }) => normal(value)),
      doubtful.map(({ line }) => line),
      'No values, but prose.',
    );
  }
  const sensitive =
    sensitivities.get(name.value) ?? (own === 'string' ? sensitivityOf(name.value) : undefined);
  if (sensitive !== undefined) lines.push(`x-sensitive: ${sensitive}`);
  return { cited, lines };
}

function limitWords(type: string | undefined): readonly [string, string] | undefined {
  if (type === 'string') return ['minLength', 'maxLength'];
  if (type === 'number' || type === 'integer') return ['minimum', 'maximum'];
  return type === 'array' ? ['minItems', 'maxItems'] : undefined;
}

/** More letters or entries than any message has: a limit beyond them counts something else. */
const LONGEST_TEXT = 1_000_000n;

/**
 * The words of a schema for the limits of the page, and what is open of them.
 *
 * @param allowed texts that the page allows besides: a limit that refuses them is none
 */
function draftLimits(
  limits: Limits,
  type: string | undefined,
  allowed: readonly string[],
): { readonly lines: readonly string[]; readonly asks?: Pick<Question, 'assumed' | 'why'> } {
  const words = limitWords(type);
  const { length, min, max, value } = limits;
  const number = type === 'number' || type === 'integer';
  const mixed = length !== undefined && (min !== undefined || max !== undefined);
  if (words === undefined || mixed || value !== undefined || (length !== undefined && number)) {
    return { lines: [], asks: { assumed: 'No limit.' } };
  }
  const [low, high] = [length?.value ?? min?.value, length?.value ?? max?.value];
  if (low !== undefined && high !== undefined && low > high)
    return { lines: [], asks: { assumed: 'No limit.' } };
  if (!number && (high ?? low ?? 0n) > LONGEST_TEXT) {
    if (type !== 'string' || high === undefined) return { lines: [], asks: { assumed: 'No limit.' } };
    const digits = high.toString().length;
    return {
      lines: [`maxLength: ${digits}`],
      asks: {
        assumed: `A number written in digits, at most ${digits} of them.`,
        why: 'No text is that long, so the limit is one of the number, and a greater number has more digits.',
      },
    };
  }
  if (!allowed.every((text) => fits(text, limits))) {
    return {
      lines: [],
      asks: {
        assumed: 'The values and forms that the page lists count, not the limit.',
        why: 'What the page lists must be allowed; the limit refuses some of it.',
      },
    };
  }
  return {
    lines: [
      ...(low === undefined ? [] : [`${words[0]}: ${low}`]),
      ...(high === undefined ? [] : [`${words[1]}: ${high}`]),
    ],
  };
}

/** The known format that texts by a form of the page have. */
function formatOf({ allowed, refused }: Sample): Format | undefined {
  const all: Format[] = ['correlation-id', 'compact-date-time', 'yymm'];
  return all.find((name) => allowed.every(formats[name]) && !refused.some((text) => formats[name](text)));
}

/** A first guess, on the side of hiding. */
export function sensitivityOf(name: string): string | undefined {
  if (/card.?no|card.?num|^pan$/i.test(name)) return 'card-number';
  if (/cvc|cvv|pin|passw|secret|token|key|birth|exp.?date/i.test(name)) return 'secret';
  return /user.?name|owner.?name|phone|mobile|email|address|account/i.test(name) ? 'personal' : undefined;
}

/** One open question for each container whose end the text does not show. */
function askAboutEnds(
  parameters: readonly Parameter[],
  candidates: readonly (readonly Parent[])[],
  children: ReadonlyMap<Parent, readonly number[]>,
  { questions }: Drafting,
): void {
  for (const [parent, inside] of children) {
    const container = parent === null ? undefined : parameters[parent];
    const open = inside.filter((index) => (candidates[index]?.length ?? 0) > 1);
    if (container === undefined || open.length === 0) continue;
    const names = open.flatMap((index) => parameters[index]?.name ?? []);
    questions.add({
      about: `end-of-${container.name.value}`,
      text: `The text does not show where ${container.name.value} ends; ${names.map(({ value }) => value).join(', ')} may sit in it or further out.`,
      lines: [container.name.line, ...names.map(({ line }) => line)],
      assumed: `All of them sit in ${container.name.value}.`,
    });
  }
}

/** An object or a list of objects of which the page shows nothing inside. */
function askAboutMembers({ name }: Parameter, { questions }: Drafting): void {
  questions.add({
    about: `members-of-${name.value}`,
    text: `The page shows no member of ${name.value}.`,
    lines: [name.line],
    assumed: 'Any members.',
  });
}
