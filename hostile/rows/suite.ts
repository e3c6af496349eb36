import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { editHeader } from '../../src/cases/mutations/header.ts';
import type { Mutation } from '../../src/cases/mutations/mutation.ts';
import { textEdits } from '../../src/cases/mutations/text-edits.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { verdictOf } from '../../src/judge/verdict.ts';
import { readProfile } from '../../src/run/plan.ts';
import type { Profile } from '../../src/target/profile.ts';
import { createHttpClient } from '../../src/wire/client.ts';
import { wrapJwe } from '../../src/wire/jwe.ts';
import type { Row, Seen } from '../row.ts';
import { root, type Tools } from '../tools.ts';

/** A case with another mutation than its own. */
function mistaken(id: Row['id'], hostile: string, caseId: string, mutation: Mutation, said: string): Row {
  return {
    id,
    hostile,
    expected:
      'The case is a fault of the suite, which says in what its request differs and in what it should; nothing but its control was sent, and the run is incomplete.',
    run: async (tools) => {
      const { profile } = await embedded(tools);
      return tried(profile, caseId, (one) => withMutation(one, mutation), {
        outcome: 'harness-error',
        said,
        sent: 1,
      });
    },
  };
}

const contract = loadContract(contractFolders(root));
const { headers } = contract.platform;
const called = { name: 'a-mistake', title: 'a mistake' };

export const rows: readonly Row[] = [
  mistaken(
    'suite/mutation-changes-nothing',
    'A mutation is declared and does nothing: its request is the valid one, whose success would be held against the target.',
    'ars-inquiry/integrity/token/other-key',
    {
      ...called,
      breaks: [`header ${headers.tranToken}`],
      at: 'request',
      apply: (request) => request,
    },
    'would differ from its control in nothing, declared is header X-KM-Tran-Token; it was not sent',
  ),
  mistaken(
    'suite/mutation-changes-more',
    'A mutation changes the access key besides the token that it declares: a refusal would say nothing of the token.',
    'ars-inquiry/integrity/token/other-key',
    {
      ...called,
      breaks: [`header ${headers.tranToken}`],
      at: 'request',
      apply: (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) => [
          name,
          name === headers.tranToken || name === headers.accessKey ? `${value}x` : value,
        ]),
      }),
    },
    'would differ from its control in header X-KM-Access-Key, header X-KM-Tran-Token, declared is header X-KM-Tran-Token; it was not sent',
  ),
  mistaken(
    'suite/forgery-is-a-good-message',
    'A forged message is the good one: its success would be held against the target.',
    'linkable-cards/encryption/altered-tag',
    {
      ...called,
      breaks: ['authentication tag'],
      at: 'message',
      apply: ({ jwe, encryption }) => wrapJwe(jwe, encryption),
    },
    'would differ from its control in nothing, declared is authentication tag; it was not sent',
  ),
  mistaken(
    'suite/edit-of-digits',
    'The case of a text without letters is swapped, which leaves it as it is.',
    'ars-inquiry/request/header/X-KM-Tran-Time/bad-form',
    editHeader(headers.tranTime, textEdits.otherCase, called),
    'would differ from its control in nothing, declared is header X-KM-Tran-Time; it was not sent',
  ),
  {
    id: 'suite/prepared-data-with-the-fault',
    hostile:
      'The prepared request has the very fault that a case would give it: a text one character too long.',
    expected: 'The case is not testable and says whose test data to mend; nothing is sent for it.',
    run: async (tools) => {
      const { profile, control } = await embedded(tools);
      const testData = new Map(profile.testData).set(control, { regNo: '1'.repeat(23) });
      return tried({ ...profile, testData }, 'ars-inquiry/request/regNo/of-23-characters', (one) => one, {
        outcome: 'not-testable',
        said: `the prepared request of ${control} has this fault already`,
        sent: 0,
      });
    },
  },
];

async function embedded(tools: Tools): Promise<{ readonly profile: Profile; readonly control: string }> {
  const sandbox = await tools.sandbox();
  const profile = readProfile(sandbox.profilePath, contract, {});
  if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile without an address');
  return { profile, control: 'ars-inquiry/succeeded' };
}

function withMutation(one: Case, mutation: Mutation): Case {
  if (!one.plan.ready) throw new Error(`no request for ${one.id}`);
  return { ...one, plan: { ...one.plan, mutation } };
}

async function tried(
  profile: Profile,
  id: string,
  changed: (one: Case) => Case,
  expected: { readonly outcome: string; readonly said: string; readonly sent: number },
): Promise<Seen> {
  const one = allCases(contract, profile, 1).find((candidate) => candidate.id === id);
  if (!one) throw new Error(`no case ${id}`);
  const http = createHttpClient({ maxResponseSize: profile.maxResponseBytes });
  let sent = 0;
  try {
    const engine = openEngine({
      contract,
      profile,
      seed: 1,
      client: {
        ...http,
        send: (request, options) => {
          sent += 1;
          return http.send(request, options);
        },
      },
    });
    const record = await engine.run(changed(one));
    const verdict = verdictOf([record]);
    const problems = [
      ...(record.outcome === expected.outcome ? [] : [`outcome ${record.outcome}, not ${expected.outcome}`]),
      ...(record.reason.includes(expected.said) ? [] : [`it did not say: ${expected.said}`]),
      ...(sent === expected.sent ? [] : [`${sent} requests were sent, not ${expected.sent}`]),
      ...(verdict === 'incomplete' ? [] : [`the verdict would be ${verdict}`]),
    ];
    return {
      happened: `${record.outcome}, verdict ${verdict}: ${record.reason}`,
      exitCode: null,
      wrote: 'nothing',
      problems,
    };
  } finally {
    await http.close();
  }
}
