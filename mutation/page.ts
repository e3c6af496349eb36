import { families } from '../sandbox/faults/fault.ts';
import { apiOfClause } from '../src/contract/clauses.ts';
import type { FaultResult, VariantResult } from './assess.ts';
import { pageStyle } from './page-style.ts';
import type { Explained, MutationTestResult } from './result.ts';

/** The mutation test as one HTML file that asks nothing of the network: the verdict, what went wrong, then every matrix. */
export function mutationTestPage(result: MutationTestResult): string {
  const { counts, documents, faults, variants, duration, processes, whole } = result;
  const holds = counts.missed + counts.noisy + counts.failed === 0;
  const apis = [...new Set(faults.map(({ id }) => apiOfClause(id)))];
  const caughtPart = counts.faults === 0 ? 0 : Math.floor((counts.caught / counts.faults) * 1000) / 10;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Faults and variants · ${escaped(documents.title)}</title>
<style>${pageStyle}</style>
<header>
  <p class="over">${escaped(documents.title)} ${escaped(documents.version)} · the suite on trial</p>
  <h1>${holds ? 'Every fault is caught by name, and nothing cries wolf' : 'The suite has gaps'}</h1>
  <p class="lead">${escaped(leadOf(result))}</p>
  <dl class="tiles">
    ${tile('caught', `${counts.caught}`, `of ${counts.faults} faults, ${caughtPart} %`, 'good')}
    ${tile('missed', `${counts.missed}`, 'no finding names a broken clause', counts.missed === 0 ? '' : 'bad')}
    ${tile('noisy', `${counts.noisy}`, 'a finding names another clause', counts.noisy === 0 ? '' : 'warn')}
    ${tile('one cause', `${counts.oneCause}`, `of ${counts.caught} caught ones; of ${counts.firstNames} the first cause names what is broken`, counts.oneCause === counts.caught ? 'good' : '')}
    ${tile('variants', `${counts.variants - counts.failed}`, `of ${counts.variants} conformant ones pass`, counts.failed === 0 ? 'good' : 'bad')}
    ${tile('time', `${Math.round(duration)} s`, `in ${processes} process${processes === 1 ? '' : 'es'}`, '')}
  </dl>
</header>
<nav>${apis.map((api) => `<a href="#${api}">${api}</a>`).join('')}<a href="#variants">variants</a>${
    whole
      ? '<a href="#checks">checks</a><a href="#unbroken">unbroken clauses</a><a href="#idle">idle cases</a>'
      : ''
  }</nav>
<main>
${troubleSection(faults, variants)}
${faults.length === 0 ? '' : legend()}
${apis
  .map((api) =>
    apiSection(
      api,
      faults.filter(({ id }) => apiOfClause(id) === api),
    ),
  )
  .join('\n')}
${variantSection(variants)}
${whole ? checkSection(result) + unbrokenSection(result) + idleSection(result) : ''}
<footer><p>${escaped(costOf(result))}</p></footer>
</main>
</html>
`;
}

function leadOf({ counts }: MutationTestResult): string {
  return `A fault is the embedded target with one documented promise broken on purpose; a variant looks unusual and keeps them all. ${counts.faults} faults and ${counts.variants} variants were put before the cases of the suite. A fault counts as caught only if a finding names a clause that it breaks.`;
}

function costOf({ cases, seed }: MutationTestResult): string {
  return `${cases.ran} runs of ${cases.all} cases, seed ${seed}. ${cases.spared} more runs were spared, since their result is that of a target without the fault: a fault acts on the requests of its own APIs alone; the state behind them can differ only when a fault reaches the business of ars-register or account-delete, which takes all APIs with that state along; any other fault that remembers nothing is held against a recorded run without a fault, and runs where it would change a single step of the target. mutation/affected.ts has the rule in full.`;
}

function tile(name: string, value: string, says: string, tone: string): string {
  return `<div class="${tone}"><dt>${name}</dt><dd><b>${value}</b><span>${escaped(says)}</span></dd></div>`;
}

function legend(): string {
  return `<p class="legend"><i class="cell hit"></i> broken by the fault, and a finding names it
<i class="cell listed"></i> broken too, told by another of the clauses
<i class="cell lost"></i> broken, and nothing told
<i class="cell noise"></i> not broken, and named all the same</p>`;
}

function troubleSection(faults: readonly FaultResult[], variants: readonly VariantResult[]): string {
  const missed = faults.filter(({ caught }) => !caught);
  const noisy = faults.filter(({ noise }) => noise.length > 0);
  const failed = variants.filter(({ trouble }) => trouble.length > 0);
  if (missed.length + noisy.length + failed.length === 0) return '';
  const list = (title: string, tone: string, items: readonly string[]) =>
    items.length === 0
      ? ''
      : `<details class="trouble ${tone}" open><summary>${title} <b>${items.length}</b></summary><ul>${items.join('')}</ul></details>`;
  const more = (lines: readonly string[]) =>
    `${lines
      .slice(0, 3)
      .map((line) => `<pre>${escaped(line)}</pre>`)
      .join('')}${lines.length > 3 ? `<p class="dim">and ${lines.length - 3} more</p>` : ''}`;
  return `<section id="trouble"><h2>What is wrong</h2>
${list(
  'Missed',
  'bad',
  missed.map(({ id, sentence }) => `<li><code>${escaped(id)}</code><p>${escaped(sentence)}</p></li>`),
)}
${list(
  'Noisy',
  'warn',
  noisy.map(
    ({ id, sentence, noise }) =>
      `<li><code>${escaped(id)}</code><p>${escaped(sentence)}</p>${more(noise)}</li>`,
  ),
)}
${list(
  'Failed variants',
  'bad',
  failed.map(
    ({ id, sentence, trouble }) =>
      `<li><code>${escaped(id)}</code><p>${escaped(sentence)}</p>${more(trouble)}</li>`,
  ),
)}
</section>`;
}

function apiSection(api: string, faults: readonly FaultResult[]): string {
  const caught = faults.filter((one) => one.caught).length;
  const parts = families.flatMap((family) => {
    const some = faults.filter((one) => one.family === family);
    return some.length === 0 ? [] : [matrix(family, api, some)];
  });
  return `<section id="${api}"><h2>${api} <small>${caught} of ${faults.length} caught</small></h2>${parts.join('\n')}</section>`;
}

/** Fault × clause; the columns are the clauses that a fault of the family breaks or a finding names. */
function matrix(family: string, api: string, faults: readonly FaultResult[]): string {
  const clauses = [...new Set(faults.flatMap((one) => [...one.breaks, ...one.strange]))];
  const whole = (clause: string) => (apiOfClause(clause) === api ? clause.slice(api.length + 1) : clause);
  const shared = sharedPrefix(clauses.map(whole));
  const short = (clause: string) => whole(clause).slice(shared.length);
  const caught = faults.filter((one) => one.caught).length;
  const isWrong = faults.some((one) => !one.caught || one.noise.length > 0);
  const row = (one: FaultResult) => {
    const named = new Set(one.named);
    const broken = new Set(one.breaks);
    const loud = new Set(one.strange);
    const tone = one.caught ? (one.noise.length > 0 ? 'warn' : '') : 'bad';
    const [own = '', how = ''] = [
      one.id.slice(0, one.id.lastIndexOf('/')),
      one.id.slice(one.id.lastIndexOf('/') + 1),
    ];
    const cells = clauses.map((clause) => {
      const kind = loud.has(clause)
        ? 'noise'
        : named.has(clause)
          ? 'hit'
          : broken.has(clause)
            ? one.caught
              ? 'listed'
              : 'lost'
            : '';
      return kind === ''
        ? '<td>'
        : `<td title="${escaped(`${whole(clause)}: ${kindWords[kind]}`)}"><i class="cell ${kind}"></i>`;
    });
    const by =
      one.by.length === 0
        ? 'by no case'
        : `by ${one.by[0] ?? ''}${one.by.length > 1 ? ` and ${one.by.length - 1} more` : ''}`;
    return `<tr class="${tone}" title="${escaped(`${whole(own)}/${how}: caught ${by}`)}"><th><span>${escaped(short(own))}</span> <b>${escaped(how)}</b>${cells.join('')}<td class="says">${escaped(one.sentence)}`;
  };
  return `<details class="family"${isWrong ? ' open' : ''}><summary>${family} <span class="count ${caught === faults.length ? 'good' : 'bad'}">${caught} of ${faults.length}</span></summary>
<div class="scroll"><table class="matrix"><thead><tr><th>${faults.length} fault${faults.length === 1 ? '' : 's'} × ${clauses.length} clause${clauses.length === 1 ? '' : 's'}${shared === '' ? '' : `<br>of ${escaped(shared)}…`}${clauses
    .map((clause) => `<th><span>${escaped(short(clause))}</span>`)
    .join('')}</thead><tbody>${faults.map(row).join('\n')}</tbody></table></div></details>`;
}

/** What all the names begin with, up to a dot or a list's mark; nothing of a single one. */
function sharedPrefix([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return '';
  const ends = [...first.matchAll(/\.|\[\](?!\.)/g)]
    .map(({ index, 0: mark }) => index + mark.length)
    .reverse();
  const end = ends.find((length) => others.every((one) => one.startsWith(first.slice(0, length))));
  return first.slice(0, end ?? 0);
}

const kindWords: Readonly<Record<string, string>> = {
  hit: 'broken and named',
  listed: 'broken, told by another clause',
  lost: 'broken, and nothing told',
  noise: 'not broken, and named',
};

function variantSection(variants: readonly VariantResult[]): string {
  if (variants.length === 0) return '';
  const rows = variants.map(
    ({ id, sentence, trouble, ran }) =>
      `<tr class="${trouble.length === 0 ? '' : 'bad'}"><td><i class="cell ${trouble.length === 0 ? 'hit' : 'lost'}"></i><td><code>${escaped(id)}</code><td>${escaped(sentence)}<td class="number">${ran}<td class="number">${trouble.length}`,
  );
  return `<section id="variants"><h2>Conformant variants <small>no finding is right</small></h2>
<div class="scroll"><table class="plain"><thead><tr><th><th>variant<th>what is unusual<th>cases<th>violations</thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function checkSection({ removals }: MutationTestResult): string {
  const rows = removals.map(
    ({ check, missed }) =>
      `<tr class="${missed.length === 0 ? 'bad' : ''}"><td>${escaped(check)}<td class="number">${missed.length}<td>${missed[0] === undefined ? 'nothing depends on it' : `<code>${escaped(missed[0])}</code>`}`,
  );
  return `<section id="checks"><h2>Without one check of the judge <small>faults that would be missed</small></h2>
<div class="scroll"><table class="plain"><thead><tr><th>check<th>missed<th>for example</thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function unbrokenSection({ unbroken, unnamed }: MutationTestResult): string {
  return `<section id="unbroken"><h2>Clauses that no fault breaks <small>${unbroken.length}</small></h2>${byReason(unbroken)}
<h3>Broken, and always told by another clause of the fault</h3>
<details class="family"><summary>The outcome of a scenario, for example, is told by its code <span class="count">${unnamed.length}</span></summary>${idList(unnamed)}</details></section>`;
}

function idleSection({ idle }: MutationTestResult): string {
  return `<section id="idle"><h2>Cases that never caught anything <small>${idle.length}</small></h2>${byReason(idle)}</section>`;
}

function byReason(list: readonly Explained[]): string {
  return [...grouped(list)]
    .map(
      ([reason, some]) =>
        `<details class="family"${reason === undefined ? ' open' : ''}><summary>${escaped(reason ?? 'Without a reason')} <span class="count ${reason === undefined ? 'bad' : ''}">${some.length}</span></summary>${idList(some.map(({ id }) => id))}</details>`,
    )
    .join('');
}

function grouped(list: readonly Explained[]): ReadonlyMap<string | undefined, readonly Explained[]> {
  const groups = new Map<string | undefined, Explained[]>();
  for (const one of list) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return groups;
}

function idList(ids: readonly string[]): string {
  return `<ul class="ids">${ids.map((id) => `<li><code>${escaped(id)}</code>`).join('')}</ul>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
