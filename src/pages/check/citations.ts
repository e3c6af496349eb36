import type { Api } from '../../contract/model.ts';
import type { Capture } from '../capture.ts';
import type { Comparison } from './compare.ts';
import type { Difference } from './difference.ts';
import type { Documents } from './documents.ts';

/** Why a citation of an empty line is a difference. */
export const EMPTY_LINE = 'the line is empty';

/** Citations of a page that no API has. */
export function citationsOfNoPage({ contract, citations }: Documents): Difference[] {
  const { pages } = contract;
  return citations
    .filter(({ page }) => !pages.has(page))
    .map(({ page, fact, line, place }) =>
      citation(place, page, `cites line ${line} of page ${page} for ${fact}`, {
        hint: `no page ${page} in specs/pages.yaml; there are ${[...pages.keys()].sort().join(', ')}`,
      }),
    );
}

/**
 * Citations of a page that the comparison did not come across: those in parts of the documents that its API does not
 * use, those of lines that the page does not have, and those of facts that nothing states there.
 */
export function citationsWithoutFact(
  { file, lines, missing }: Capture,
  api: Api,
  { citations }: Documents,
  { compared }: Comparison,
): readonly Difference[] {
  const { number } = api.page;
  return citations
    .filter(({ page }) => page === number)
    .flatMap((one): Difference[] => {
      const { fact, line, place, usedBy } = one;
      const says = `cites line ${line} for ${fact}`;
      const page = { place: `${file}:${line}`, text: lines[line - 1]?.trim() ?? '' };
      const more = { api: api.id, page };
      // Nothing can be told of what is cut away.
      if (missing.length > 0 && (line > lines.length || compared.has(`${fact}@${line}`))) return [];
      if (line > lines.length) {
        return [citation(place, number, says, { api: api.id, hint: `the page has ${lines.length} lines` })];
      }
      if (page.text.replaceAll('\u00a0', '') === '') {
        // What the comparison met there is told already.
        return compared.has(`${fact}@${line}`)
          ? []
          : [citation(place, number, says, { ...more, hint: EMPTY_LINE })];
      }
      if (fact === 'ambiguity') return [];
      if (one.words !== undefined) {
        const found = page.text.replaceAll('\u00a0', ' ').includes(one.words);
        return found
          ? []
          : [citation(place, number, says, { ...more, hint: `the line does not say "${one.words}"` })];
      }
      if (fact === 'echo') {
        return compared.has(`name@${line}`)
          ? []
          : [citation(place, number, says, { ...more, hint: 'expected the line of a field' })];
      }
      if (usedBy !== undefined && !usedBy.includes(api.id)) {
        const hint = `${api.id}, the API of this page, does not use this part; take the citation out or refer to it`;
        return [citation(place, number, says, { ...more, hint })];
      }
      if (compared.has(`${fact}@${line}`)) return [];
      return [citation(place, number, says, { ...more, hint: 'no such fact was met there' })];
    });
}

/** A difference that lies in a citation itself. */
function citation(
  place: string,
  pageNumber: string,
  text: string,
  more: Pick<Difference, 'hint'> & { readonly api?: string; readonly page?: Difference['page'] },
): Difference {
  const { api, page, hint } = more;
  return {
    kind: 'removed',
    ...(api === undefined ? {} : { api }),
    pageNumber,
    subject: 'citation',
    fact: 'citation',
    ...(page === undefined ? {} : { page }),
    document: { place, text },
    clauses: [],
    explainedBy: [],
    ...(hint === undefined ? {} : { hint }),
  };
}
