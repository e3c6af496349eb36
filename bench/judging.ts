import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent } from 'undici';
import { type Case, caseKinds } from '../src/cases/case.ts';
import type { Contract } from '../src/contract/model.ts';
import { type Engine, openEngine } from '../src/engine/engine.ts';
import { openBody } from '../src/engine/open-body.ts';
import { buildRequest } from '../src/engine/request.ts';
import { sensitiveIn, shownExchange } from '../src/redact/shown-exchange.ts';
import { appendRecord } from '../src/report/ledger/parts.ts';
import { openDisclosure } from '../src/run/disclosure.ts';
import { loadPlan } from '../src/run/plan.ts';
import { createHttpClient } from '../src/wire/client.ts';
import type { Exchange, SentRequest } from '../src/wire/exchange.ts';
import { median, outcome, sum, table, timed } from './numbers.ts';
import { startTarget } from './target.ts';

/** Times at most the bare request that a case may take. */
const judgingGoal = 3;
const rounds = 7;

/** What the cases of a kind took in one round, milliseconds. */
interface Round {
  readonly whole: number;
  readonly bare: number;
}

export interface JudgingResult {
  /** Of all cases: whole case / bare request, the median of the rounds. */
  readonly ratio: number;
  readonly held: boolean;
  /** Milliseconds of all cases once, by stage; medians of the rounds. */
  readonly stages: {
    readonly crypto: number;
    readonly http: number;
    readonly judging: number;
    readonly recording: number;
  };
  readonly cases: number;
}

/**
 * A whole case in one process without Playwright (build, sign, encrypt, send, open, judge, mask, write down) against
 * the bare request: the very bytes it sends, to the same server, by undici alone. Cases over time are left out: they
 * wait for the clock. Whole cases and bare requests alternate, so that a busy machine slows both.
 */
export async function benchJudging(): Promise<JudgingResult> {
  const target = await startTarget();
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-bench-'));
  const agent = new Agent({ connections: 4, pipelining: 1 });
  try {
    const plan = loadPlan({ ...process.env, KONAPLATE_TARGET: target.profile, KONAPLATE_SEED: '1' });
    const cases = plan.cases.filter((one) => one.plan.ready && one.kind !== 'workflow');
    const { profile, redactor } = openDisclosure(plan);
    const http = createHttpClient({ maxResponseSize: profile.maxResponseBytes });
    const sent = new Map<string, Exchange>();
    let current = '';
    const engine = openEngine({
      contract: plan.contract,
      profile,
      redactor,
      seed: plan.settings.seed,
      client: {
        ...http,
        async send(request, options) {
          const exchange = await http.send(request, options);
          sent.set(current, exchange);
          return exchange;
        },
      },
    });
    const whole = async (one: Case) => {
      current = one.id;
      appendRecord(dir, await engine.run(one));
    };
    const bare = async (one: Case) => {
      const exchange = sent.get(one.id);
      if (exchange) await bareRequest(agent, exchange.request);
    };
    // The first round compiles, connects and sends the controls.
    for (const one of cases) await whole(one);
    for (const one of cases) await bare(one);

    const byKind = new Map<string, Round[]>();
    const all: Round[] = [];
    const stages: StageTimes[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const totals: Round[] = [];
      for (const kind of caseKinds) {
        const own = cases.filter((one) => one.kind === kind);
        if (own.length === 0) continue;
        const [wholeMs] = await timed(async () => {
          for (const one of own) await whole(one);
        });
        const [bareMs] = await timed(async () => {
          for (const one of own) await bare(one);
        });
        const entry = { whole: wholeMs, bare: bareMs };
        byKind.set(kind, [...(byKind.get(kind) ?? []), entry]);
        totals.push(entry);
      }
      all.push({ whole: sum(totals.map((one) => one.whole)), bare: sum(totals.map((one) => one.bare)) });
      stages.push(await stageTimes(cases, plan.contract, engine, sent));
    }
    const ratio = median(all.map(({ whole: w, bare: b }) => w / b));
    const wholeMs = median(all.map((one) => one.whole));
    const bareMs = median(all.map((one) => one.bare));
    const crypto = median(stages.map((one) => one.crypto));
    const shown = median(stages.map((one) => one.shown));
    const appended = median(stages.map((one) => one.written));
    process.stdout.write(
      `(a) Judging in one process: ${cases.length} cases, medians of ${rounds} rounds\n${table([
        ['', 'cases', 'whole case', 'bare request', 'ratio'],
        ...[...byKind].map(([kind, list]) =>
          row(kind, cases.filter((one) => one.kind === kind).length, list),
        ),
        row('all', cases.length, all),
      ])}  goal: at most ${judgingGoal} in all${outcome(ratio <= judgingGoal)}\n\n`,
    );
    await http.close();
    return {
      ratio,
      held: ratio <= judgingGoal,
      cases: cases.length,
      stages: {
        crypto,
        http: bareMs,
        recording: shown + appended,
        judging: Math.max(0, wholeMs - bareMs - crypto - shown - appended),
      },
    };
  } finally {
    await agent.destroy();
    await target.stop();
    rmSync(dir, { recursive: true, force: true });
  }

  function row(name: string, count: number, list: readonly Round[]): readonly string[] {
    const per = (ms: number) => `${(ms / count).toFixed(2)} ms`;
    return [
      name,
      String(count),
      per(median(list.map((one) => one.whole))),
      per(median(list.map((one) => one.bare))),
      median(list.map(({ whole, bare }) => whole / bare)).toFixed(2),
    ];
  }
}

interface StageTimes {
  readonly crypto: number;
  readonly shown: number;
  readonly written: number;
}

/** The stages that can be done again without sending: build and open, mask, write down. */
async function stageTimes(
  cases: readonly Case[],
  contract: Contract,
  { profile, redactor }: Engine,
  sent: ReadonlyMap<string, Exchange>,
): Promise<StageTimes> {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-bench-'));
  let crypto = 0;
  let shown = 0;
  let written = 0;
  try {
    for (const one of cases) {
      const exchange = sent.get(one.id);
      if (!exchange?.outcome.ok || !one.plan.ready) continue;
      const { plan, api } = one;
      const { response } = exchange.outcome;
      const moment = { date: new Date(), random: Math.random };
      const [built] = await timed(() => buildRequest(api, profile, plan.body, moment, plan.mutation));
      const [opened, body] = await timed(() =>
        openBody(response, profile.credentials.clientPrivateKey, contract.platform.encryption),
      );
      const disclosed = {
        exchange,
        api,
        contract,
        ...(api.request.body.encrypted && { requestPlaintext: plan.body }),
        ...(body.form === 'encrypted' && { responsePlaintext: body.value }),
      };
      const [masked, record] = await timed(() =>
        shownExchange(disclosed, redactor.with(sensitiveIn(disclosed))),
      );
      const [appended] = await timed(() => appendRecord(dir, { ...emptyRecord, exchanges: [record] }));
      crypto += built + opened;
      shown += masked;
      written += appended;
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return { crypto, shown, written };
}

const emptyRecord: Parameters<typeof appendRecord>[1] = {
  type: 'case',
  id: '',
  api: '',
  kind: 'scenario',
  level: 'MUST',
  title: '',
  expected: '',
  clauses: [],
  outcome: 'conforms',
  acknowledged: false,
  reason: '',
  findings: [],
  kept: [],
  interpretations: [],
  notes: [],
  exchanges: [],
  startedAt: '',
  duration: 0,
};

async function bareRequest(agent: Agent, { url, method, headers, body }: SentRequest): Promise<void> {
  const { origin, pathname, search } = new URL(url);
  const answer = await agent.request({
    origin,
    path: pathname + search,
    method,
    headers: headers.flat(),
    body,
  });
  await answer.body.arrayBuffer();
}
