import { type Capture, cutText } from '../capture.ts';
import { normal } from '../check/item.ts';
import { GUIDE_NOTE } from '../labels.ts';
import { PARAMETER_SECTIONS } from '../page.ts';
import type { Draft } from './draft.ts';
import { schemaType, sensitivityOf } from './fields.ts';

/** What a person who finishes a draft should know: what was decided for good reasons, and what the page has besides. */
export function draftNotes(
  { page, missing, lines, repaired }: Capture,
  { api, questions }: Draft,
): readonly string[] {
  const fields = [page.requestParameters, page.responseParameters].flatMap(
    (section) => section?.parameters ?? [],
  );
  const typed = (type: string) => fields.filter((field) => schemaType(field.type?.value ?? '') === type);
  const names = (list: readonly (typeof fields)[number][]) =>
    [...new Set(list.map(({ name }) => name.value))].join(', ');
  const masked = typed('string').filter(({ name }) => sensitivityOf(name.value) !== undefined);
  const settled = questions.filter(({ why }) => why !== undefined);
  const besides = [...PARAMETER_SECTIONS, 'responseCode' as const].flatMap((name) =>
    (page[name]?.notes ?? []).filter(({ value }) => !GUIDE_NOTE.includes(value)),
  );
  return [
    ...(repaired === undefined ? [] : [`The page's text was ${repaired}.`]),
    ...(missing.length === 0
      ? []
      : [
          `${sentence(cutText({ missing, lines }))}. What is there is drafted; import a whole copy before the API is published.`,
        ]),
    ...(page.method === undefined ? ['The page shows no method; these documents hold POST only.'] : []),
    `"${api}" and the ids of its scenarios are fixed for good once they are published: change them now, here and in the file's name.`,
    ...(masked.length > 0
      ? [
          `Masked in all reports, by their names: ${names(masked)}. Whatever else is secret or personal gets x-sensitive.`,
        ]
      : []),
    ...(typed('number').length > 0
      ? [`Numbers on the page: ${names(typed('number'))}. Write integer where there is never a fraction.`]
      : []),
    ...settled.map(({ id, assumed }) => `${id}, in the register: ${assumed}`),
    ...besides.map(
      ({ line, value }) => `Line ${line} of the page says, and nothing of it is drafted: "${normal(value)}"`,
    ),
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
