import { clauseId } from '../contract/clauses.ts';
import type { Contract } from '../contract/model.ts';
import type { Shape } from '../json/define.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Ledger } from './ledger/ledger.ts';
import { standingOf } from './tally.ts';
import type { gridRow } from './written.ts';

/** One cell of the grid API × code × scenario. */
export type GridRow = Shape<typeof gridRow>;

/**
 * Every documented scenario with its status and code: whether it was tested and what came. After those of an API
 * follow the statuses and codes that came and that no page has for it.
 */
export function codeGrid({ cases }: Pick<Ledger, 'cases'>, contract: Contract): readonly GridRow[] {
  const byId = new Map(cases.map((record) => [record.id, record]));
  const answers = new Map(contract.apis.map(({ id }) => [id, new Map<string, number>()]));
  for (const { api, answered } of cases) {
    const counts = answers.get(api);
    if (!counts || !answered) continue;
    const key = `${answered.status} ${answered.code ?? ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return contract.apis.flatMap((api) => {
    const counts = answers.get(api.id) ?? new Map<string, number>();
    const documented = api.codes.flatMap((row) =>
      api.scenarios
        .filter(({ code, status }) => code === row.code && status === row.status)
        .map(({ id, code, status }): GridRow => {
          const record = byId.get(id);
          const observed = record !== undefined && cameAs(record, status, code);
          const standing = record ? standingOf(record.outcome) : 'not-chosen';
          return {
            api: api.id,
            status,
            code,
            scenario: id,
            documented: true,
            tested: standing === 'passed' || standing === 'failed' || standing === 'waived',
            observed,
            standing,
            cases: Math.max(counts.get(`${status} ${code}`) ?? 0, observed ? 1 : 0),
          };
        }),
    );
    const rest = [...counts]
      .map(([key, number]) => {
        const [status = '', code = ''] = key.split(' ');
        return { status: Number(status), code, cases: number };
      })
      .filter((one) => !api.codes.some(({ status, code }) => status === one.status && code === one.code))
      .sort((a, b) => a.status - b.status || a.code.localeCompare(b.code))
      .map(
        (one): GridRow => ({
          api: api.id,
          ...one,
          scenario: null,
          documented: false,
          tested: false,
          observed: true,
          standing: null,
        }),
      );
    return [...documented, ...rest];
  });
}

/** Whether the answer to a scenario had its status and code; told by the clauses it kept when it is not recorded. */
function cameAs({ api, answered, kept, outcome }: CaseRecord, status: number, code: string): boolean {
  if (outcome === 'harness-error') return false;
  if (answered) return answered.status === status && answered.code === code;
  return (['status', 'code'] as const).every((aspect) => kept.includes(clauseId.code(api, code, aspect)));
}
