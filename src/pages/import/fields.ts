import { formats } from '../../contract/formats.ts';
import type { Format } from '../../contract/schema.ts';
import { explains, patternOf, samplesOf } from '../check/form.ts';
import { normal, type PageItem } from '../check/item.ts';
import { ARRAY_TYPES, OBJECT_TYPES } from '../labels.ts';
import type { Parameter, ParameterSection, Parent } from '../page.ts';
import { candidateParents } from '../placement.ts';
import type { OpenQuestions } from './open-questions.ts';
import type { SourcePage } from './source-page.ts';
import { indent, quoted, TODO } from './yaml-text.ts';

/** What drafting a header or field needs to know. */
export interface Drafting {
  readonly source: SourcePage;
  readonly questions: OpenQuestions;
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
  const parents = parameters.map((_, index) => candidateParents(parameters, index)[0] ?? null);
  askAboutEnds(parameters, parents, drafting);
  const write = (parent: Parent): { names: string[]; required: string[]; lines: string[] } => {
    const found = { names: [] as string[], required: [] as string[], lines: [] as string[] };
    for (const [index, parameter] of parameters.entries()) {
      if (parents[index] !== parent) continue;
      const name = parameter.name.value;
      if (found.names.includes(name)) {
        const { line } = parameter.name;
        drafting.questions.add(
          `second-${name}`,
          `The page has a second "${name}" where one stands already.`,
          [line],
          'Left out.',
        );
        continue;
      }
      found.names.push(name);
      if (parameter.presence?.value === 'Required') found.required.push(name);
      const item = items.find((one) => one.index === index);
      found.lines.push(
        `${name}:`,
        ...indent(fieldLines(parameter, index, item, parameters, drafting, write), 2),
      );
    }
    return found;
  };
  const { names, required, lines } = write(null);
  const all = [...first.names, ...required];
  return [
    ...(all.length > 0 ? [`required: [${all.join(', ')}]`] : []),
    ...(first.lines.length + names.length > 0
      ? ['properties:', ...indent([...first.lines, ...lines], 2)]
      : []),
  ];
}

type Write = (parent: Parent) => { required: string[]; lines: string[] };

function fieldLines(
  parameter: Parameter,
  index: number,
  item: PageItem | undefined,
  parameters: readonly Parameter[],
  drafting: Drafting,
  write: Write,
): string[] {
  const { cited, lines } = valueLines(parameter, item, drafting);
  const head = [
    `description: ${quoted(`${TODO}: ${normal(parameter.description[0]?.value ?? parameter.name.value)}`)}`,
    ...lines,
    'x-source:',
    `  ${drafting.source.citeFacts(cited)}`,
  ];
  const type = parameter.type?.value ?? '';
  if (isArray(type)) {
    const own = parameters.findIndex(
      (other, at) => other.name.value === `${parameter.name.value}_item` && at > index,
    );
    const entry = own < 0 ? undefined : parameters[own];
    if (entry !== undefined) {
      const body = fieldLines(entry, own, undefined, parameters, drafting, write);
      return [...head, 'items:', ...indent(body, 2)];
    }
    return [...head, 'items:', ...indent(members(itemType(type), write(index)), 2)];
  }
  return [...head, ...members('', write(index))];
}

function members(type: string, { required, lines }: ReturnType<Write>): string[] {
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
function schemaType(type: string): string | undefined {
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
  { questions }: Drafting,
): { readonly cited: Cited; readonly lines: readonly string[] } {
  const { name, type, presence, limits, forms, values } = parameter;
  const cited: Cited = new Map([['name', [name.line]]]);
  const lines: string[] = [];
  const ask = (about: string, shown: string, on: readonly number[], assumed: string) =>
    questions.add(`${about}-of-${name.value}`, `The page says of ${name.value}: "${shown}".`, on, assumed);

  const largest = limits.max?.value ?? 0n;
  const written = schemaType(type?.value ?? '');
  // Only integers keep every digit.
  const own = written === 'number' && largest > BigInt(Number.MAX_SAFE_INTEGER) ? 'integer' : written;
  if (own !== undefined) {
    const note =
      own === 'number' && type?.value !== 'decimal' ? ` # ${TODO}: integer, if it never has a fraction` : '';
    lines.push(`type: ${own}${note}`);
  }
  if (type !== undefined) {
    if (own === undefined) ask('type', type.value, [type.line], 'Of any type.');
    else cited.set('type', [type.line]);
  }
  if (presence !== undefined) {
    cited.set('presence', [presence.line]);
    const conditions =
      item?.facts.filter(({ fact }) => fact === 'condition').flatMap((fact) => fact.lines) ?? [];
    if (conditions.length > 0) cited.set('condition', conditions);
    else if (presence.value === 'Conditional') {
      cited.delete('presence');
      cited.set('presence', [presence.line]);
      ask('condition', 'Conditional', [presence.line], 'Optional; no sentence names the condition.');
    }
  }

  const stated = Object.values(limits).filter((limit) => limit !== undefined);
  const [low, high] = limitWords(own);
  const exact = limits.length?.value;
  const plain = exact === undefined || (limits.min === undefined && limits.max === undefined);
  const draftable =
    low !== '' && plain && limits.value === undefined && !(exact !== undefined && low === 'minimum');
  if (stated.length > 0 && draftable) {
    const [min, max] = [exact ?? limits.min?.value, exact ?? limits.max?.value];
    if (min !== undefined) lines.push(`${low}: ${min}`);
    if (max !== undefined) lines.push(`${high}: ${max}`);
    cited.set('limit', [...new Set(stated.map(({ line }) => line))]);
  } else if (stated.length > 0) {
    const text =
      item?.facts.find(({ fact }) => fact === 'limit')?.text ?? stated.map(({ value }) => value).join(', ');
    ask('limit', text, [...new Set(stated.map(({ line }) => line))], 'No limit.');
  }

  const explanations = parameter.uncertain.filter((line) =>
    forms.some((form) => explains(line.value, form.value)),
  );
  if (forms.length > 0) {
    const text = forms.map(({ value }) => normal(value)).join(' ');
    const explained = explanations.map(({ value }) => normal(value));
    const on = [...forms, ...explanations].map(({ line }) => line);
    const format = formatOf(text, explained);
    const pattern = format === undefined ? patternOf(text, explained) : undefined;
    if (format !== undefined) lines.push(`format: ${format}`);
    else if (pattern !== undefined)
      lines.push(`pattern: ${quoted(pattern)} # ${TODO}: drafted from the form ${text}`);
    if (format === undefined && pattern === undefined) ask('form', text, on, 'Of any form.');
    else cited.set('form', on);
  }
  if (values.length > 0) {
    const on = values.map(({ line }) => line);
    if (own === 'string') {
      lines.push(`enum: [${[...new Set(values.map(({ value }) => quoted(normal(value))))].join(', ')}]`);
      cited.set('values', on);
    } else {
      ask('values', values.map(({ value }) => normal(value)).join('", "'), on, 'Of any value.');
    }
  }
  for (const line of parameter.uncertain.filter((one) => !explanations.includes(one))) {
    ask('values', normal(line.value), [line.line], 'No value, but prose.');
  }
  const sensitive = sensitivityOf(name.value);
  if (sensitive !== undefined && own === 'string') {
    lines.push(`x-sensitive: ${sensitive} # ${TODO}: guessed by the name`);
  }
  return { cited, lines };
}

function limitWords(type: string | undefined): readonly [string, string] {
  if (type === 'string') return ['minLength', 'maxLength'];
  if (type === 'number' || type === 'integer') return ['minimum', 'maximum'];
  return type === 'array' ? ['minItems', 'maxItems'] : ['', ''];
}

/** The known format that a form of the page is. */
function formatOf(form: string, explanations: readonly string[]): Format | undefined {
  const samples = samplesOf(form, explanations);
  if (samples === undefined) return undefined;
  const all: Format[] = ['correlation-id', 'compact-date-time', 'yymm'];
  return all.find(
    (name) => samples.allowed.every(formats[name]) && !samples.refused.some((text) => formats[name](text)),
  );
}

/** A first guess, on the side of hiding. */
function sensitivityOf(name: string): string | undefined {
  if (/card.?no|card.?num|^pan$/i.test(name)) return 'card-number';
  if (/cvc|cvv|pin|passw|secret|token|key|birth|exp.?date/i.test(name)) return 'secret';
  return /user.?name|owner.?name|phone|mobile|email|address|account/i.test(name) ? 'personal' : undefined;
}

/** One open question for each container whose end the text does not show. */
function askAboutEnds(
  parameters: readonly Parameter[],
  parents: readonly Parent[],
  { questions }: Drafting,
): void {
  for (const [index, container] of parameters.entries()) {
    const open = parameters.flatMap((parameter, at) =>
      parents[at] === index && candidateParents(parameters, at).length > 1 ? [parameter.name] : [],
    );
    if (open.length === 0) continue;
    const names = open.map(({ value }) => value).join(', ');
    questions.add(
      `end-of-${container.name.value}`,
      `The text does not show where ${container.name.value} ends; ${names} may sit in it or further out.`,
      [container.name.line, ...open.map(({ line }) => line)],
      `All of them sit in ${container.name.value}.`,
    );
  }
}
