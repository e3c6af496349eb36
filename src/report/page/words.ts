import type { Outcome } from '../../judge/finding.ts';
import type { Broken } from '../causes.ts';
import type { ClauseStanding, Gap } from '../coverage.ts';
import type { Standing } from '../tally.ts';
import type { WaiverState } from '../waivers.ts';
import type { LineState } from './annotated.ts';
import type { PagePart } from './subjects.ts';
import type { Told } from './told.ts';

type Words = Readonly<Record<string, Told>>;

const s = (number: number): string => (number === 1 ? '' : 's');

/** Every sentence of the page that no record or document has, in both languages. */
export const words = {
  title: { en: 'Conformance report', ko: '적합성 보고서' },
  skip: { en: 'Skip to the report', ko: '보고서 본문으로 건너뛰기' },
  language: { en: 'Language', ko: '언어' },
  contents: { en: 'Contents', ko: '목차' },

  // Verdicts
  conformant: { en: 'Conformant', ko: '적합' },
  conformantInPart: { en: 'Conformant, as far as chosen', ko: '선택한 범위에서 적합' },
  conformantWaived: { en: 'Conformant, with waivers', ko: '예외 승인을 포함한 적합' },
  nonconformant: { en: 'Nonconformant', ko: '부적합' },
  incomplete: { en: 'Incomplete', ko: '판정 미완료' },
  waiversFail: { en: 'Waivers fail the run', ko: '예외 승인 문제로 실패' },
  nothingBroken: {
    en: 'Every case was judged, and nothing that is documented was broken.',
    ko: '모든 케이스를 판정했으며, 문서의 약속을 어긴 것이 없습니다.',
  },
  nothingTested: {
    en: 'No case was chosen: nothing was tested.',
    ko: '선택한 케이스가 없어 아무것도 시험하지 않았습니다.',
  },
  nothingJudged: { en: 'Nothing could be judged.', ko: '아무것도 판정하지 못했습니다.' },
  notEverything: {
    en: 'Nothing broken was seen, but not everything could be judged.',
    ko: '위반은 보이지 않았지만 모든 것을 판정하지는 못했습니다.',
  },
  rule: {
    en: 'Conformant: every chosen case was judged and kept every promise, or the profile says with a reason why it can’t be tested. Nonconformant: a real answer broke a documented promise; a waiver that has expired, or that nothing needs any more, fails a run as well. Incomplete: no usable answer, no test data, an interruption, or a fault of the suite itself; it is never taken for a pass or for a violation.',
    ko: '적합: 선택한 모든 케이스를 판정했고 모든 약속이 지켜졌거나, 시험할 수 없는 이유가 프로필에 적혀 있습니다. 부적합: 실제 응답이 문서의 약속을 어겼습니다. 기한이 지났거나 더 이상 필요 없는 예외 승인도 실행을 실패로 만듭니다. 판정 미완료: 쓸 수 있는 응답이 없거나, 시험 데이터가 없거나, 중단되었거나, 시험 도구 자체에 문제가 있었습니다. 이를 합격이나 위반으로 보지 않습니다.',
  },
  onlyListed: {
    en: 'Only what is listed here was tested. The report says nothing of anything else.',
    ko: '여기에 적힌 것만 시험했습니다. 그 밖의 것에 대해서는 아무것도 말하지 않습니다.',
  },
  promises: { en: 'Documented promises', ko: '문서의 약속' },
  run: { en: 'Run', ko: '실행' },
  target: { en: 'Target', ko: '시험 대상' },

  // Causes
  causes: { en: 'What is broken', ko: '위반 사항' },
  causesIntro: {
    en: 'Findings that one mend would end are one cause. What keeps most cases from passing stands first.',
    ko: '한 번의 수정으로 함께 해결될 지적은 하나의 원인으로 묶었습니다. 가장 많은 케이스를 막는 것부터 보여 줍니다.',
  },
  noCauses: { en: 'Nothing is broken.', ko: '위반이 없습니다.' },
  noCausesYet: {
    en: 'No broken promise was seen, as far as the run could judge.',
    ko: '판정한 범위에서는 위반이 보이지 않았습니다.',
  },
  thePageSays: { en: 'The page says', ko: '문서의 문장' },
  noPage: {
    en: 'No documentation page has it: it comes from the platform’s guide or its clients.',
    ko: '문서 페이지에는 없고, 플랫폼 안내서나 클라이언트에서 온 내용입니다.',
  },
  expected: { en: 'Expected', ko: '기대' },
  actual: { en: 'Actual', ko: '실제' },
  at: { en: 'at', ko: '위치' },
  mend: { en: 'Likely mend', ko: '예상되는 수정' },
  example: { en: 'Example', ko: '예시' },
  allCases: { en: 'All cases that show it', ko: '이 원인이 드러난 모든 케이스' },
  brokenClauses: { en: 'Clauses', ko: '조항' },
  seeLine: { en: 'Show it on the page', ko: '문서에서 보기' },

  // Not judged
  notJudged: { en: 'What could not be judged', ko: '판정하지 못한 것' },
  notJudgedIntro: {
    en: 'Neither kept nor broken. Until these cases are judged, the run is incomplete, unless the profile itself says why they can’t be tested.',
    ko: '지켜진 것도 어긴 것도 아닙니다. 프로필에 시험할 수 없는 이유가 적혀 있지 않다면, 이 케이스를 판정할 때까지 실행은 미완료입니다.',
  },
  asProfileSays: { en: 'as the profile says', ko: '프로필에 적힌 대로' },
  troubles: { en: 'Trouble of the run itself', ko: '실행 자체의 문제' },

  // The page, annotated
  annotated: { en: 'The documentation, line by line', ko: '한 줄씩 확인한 문서' },
  annotatedIntro: {
    en: 'What the platform’s pages say, and what the target’s answers show of each line. Choose a line for its promises and the evidence.',
    ko: '플랫폼 문서의 각 줄과, 그 줄에 대해 시험 대상의 응답이 보여 준 것입니다. 줄을 선택하면 약속과 근거가 나옵니다.',
  },
  citedOnly: {
    en: 'Only lines that are cited are shown, long ones shortened. With --pages the report shows the whole page.',
    ko: '인용된 줄만 보이며 긴 줄은 줄였습니다. --pages를 쓰면 문서 전체를 보여 줍니다.',
  },
  wholePage: { en: 'The whole page as it was captured.', ko: '캡처한 문서 전체입니다.' },
  elsewhere: { en: 'Relied on, though no line of this page has it', ko: '이 문서에는 없지만 전제가 되는 것' },
  line: { en: 'line', ko: '줄' },
  showAll: { en: 'All lines', ko: '모든 줄' },
  showOpen: { en: 'Only what is not kept', ko: '지켜지지 않은 것만' },
  filter: { en: 'Lines shown', ko: '표시할 줄' },
  noExchange: { en: 'Nothing was sent.', ko: '보낸 것이 없습니다.' },

  // Grid
  grid: { en: 'Codes and scenarios', ko: '코드와 시나리오' },
  gridIntro: {
    en: 'Every documented scenario with the status and code that its page promises, and what came.',
    ko: '문서의 모든 시나리오에 대해 약속된 상태와 코드, 그리고 실제로 온 것입니다.',
  },
  scenario: { en: 'Scenario', ko: '시나리오' },
  promised: { en: 'Promised answer', ko: '약속된 응답' },
  result: { en: 'Result', ko: '결과' },
  asPromised: { en: 'status and code came', ko: '상태와 코드 일치' },
  otherwise: { en: 'something else came', ko: '다른 응답이 옴' },
  notSeen: { en: 'no such answer came', ko: '응답이 오지 않음' },
  notOnPage: {
    en: 'Other answers, to requests that the suite has changed',
    ko: '시험 도구가 바꾼 요청에 온 다른 응답',
  },
  noCode: { en: 'no code', ko: '코드 없음' },

  // Clauses
  clauses: { en: 'All clauses', ko: '모든 조항' },
  clausesIntro: {
    en: 'A clause is one documented promise. Evidence is what real answers kept and broke, and nothing else.',
    ko: '조항은 문서의 약속 하나입니다. 실제 응답이 지키거나 어긴 것만을 근거로 삼습니다.',
  },
  enumSeen: { en: 'Values not seen', ko: '보이지 않은 값' },

  // Interpretations, waivers, robustness
  interpretations: { en: 'Interpretations', ko: '해석' },
  interpretationsIntro: {
    en: 'Where the documents allow several interpretations, each of them conforms. These the target follows.',
    ko: '문서를 여러 가지로 해석할 수 있는 곳에서는 어느 해석이든 적합합니다. 시험 대상은 다음 해석을 따릅니다.',
  },
  noInterpretations: { en: 'No answer showed any.', ko: '해석이 드러난 응답이 없습니다.' },
  ambiguity: { en: 'What is open', ko: '열려 있는 점' },
  follows: { en: 'The target follows', ko: '시험 대상의 해석' },
  seenIn: { en: 'Cases', ko: '케이스' },
  waivers: { en: 'Waivers', ko: '예외 승인' },
  waiversIntro: {
    en: 'Known deviations that the profile excuses for a while. They are broken promises all the same.',
    ko: '프로필이 당분간 눈감아 주는 알려진 차이입니다. 그래도 약속을 어긴 것입니다.',
  },
  noWaivers: { en: 'The profile has none.', ko: '프로필에 없습니다.' },
  reason: { en: 'Reason', ko: '사유' },
  owner: { en: 'Owner', ko: '담당' },
  until: { en: 'Until', ko: '기한' },
  observed: { en: 'Covers', ko: '적용 범위' },
  writtenAt: { en: 'Written at', ko: '적힌 곳' },
  robustness: { en: 'Robustness', ko: '견고성' },
  robustnessIntro: {
    en: 'What no page promises and a good server does all the same: SHOULD. It is never part of the verdict.',
    ko: '문서에는 없지만 좋은 서버라면 지키는 권장 사항(SHOULD)입니다. 판정에는 포함되지 않습니다.',
  },
  robust: { en: 'Nothing to remark.', ko: '특이 사항이 없습니다.' },
  noRobustness: { en: 'No case of this kind was judged.', ko: '이 종류의 케이스는 판정되지 않았습니다.' },

  // About the run
  about: { en: 'What was tested, and how', ko: '시험한 것과 방법' },
  runId: { en: 'Run id', ko: '실행 ID' },
  started: { en: 'Started', ko: '시작' },
  finished: { en: 'Finished', ko: '종료' },
  name: { en: 'Name', ko: '이름' },
  address: { en: 'Address', ko: '주소' },
  profile: { en: 'Profile', ko: '프로필' },
  profileDigest: { en: 'Digest of the profile, without secrets', ko: '프로필 다이제스트(비밀 제외)' },
  environment: { en: 'Environment', ko: '환경' },
  effects: { en: 'May be done to it', ko: '허용된 요청' },
  robustnessSent: { en: 'Requests that no page speaks of', ko: '문서에 없는 요청' },
  ticket: { en: 'Ticket', ko: '티켓' },
  timeZone: { en: 'Time zone', ko: '시간대' },
  preparedOnly: { en: 'Takes prepared data only', ko: '준비된 데이터만 허용' },
  yes: { en: 'yes', ko: '예' },
  no: { en: 'no', ko: '아니요' },
  testData: { en: 'Scenarios with test data', ko: '시험 데이터가 있는 시나리오' },
  declared: {
    en: 'Scenarios that the profile says can’t be tested',
    ko: '프로필에서 시험 불가로 밝힌 시나리오',
  },
  inClear: { en: 'Fields shown in clear', ko: '가리지 않고 보여 준 필드' },
  tool: { en: 'Tested by', ko: '시험 도구' },
  toolDigest: { en: 'Digest of the tool', ko: '도구 다이제스트' },
  documents: { en: 'Held against', ko: '기준 문서' },
  documentsFolder: { en: 'Folder of the documents', ko: '문서 폴더' },
  documentsDigest: { en: 'Digest of the documents', ko: '문서 다이제스트' },
  seed: { en: 'Seed', ko: '시드' },
  chosenCases: { en: 'Cases', ko: '케이스' },
  chosenBy: { en: 'Chosen by', ko: '선택 기준' },
  notes: { en: 'Told before the run', ko: '실행 전에 알린 것' },
  caseNotes: { en: 'Notes', ko: '참고' },
  left: { en: 'May be left on the target', ko: '시험 대상에 남았을 수 있는 것' },
  verdictRule: { en: 'How the verdict is reached', ko: '판정 기준' },
  pageDigests: { en: 'Documentation pages', ko: '문서 페이지' },

  // Repeating
  repeat: { en: 'How to repeat it', ko: '다시 실행하는 방법' },
  repeatWhole: { en: 'The whole run, with the same cases', ko: '같은 케이스로 전체 실행' },
  repeatOne: { en: 'One case', ko: '케이스 하나' },
  repeatIntro: {
    en: 'In the folder of the suite, with the same profile and the credentials in the environment:',
    ko: '시험 도구의 폴더에서, 같은 프로필과 환경 변수의 자격 증명으로 실행합니다.',
  },

  // Cases
  cases: { en: 'Evidence', ko: '근거 자료' },
  casesIntro: {
    en: 'The exchanges that this report refers to, as they are in the record of the run. Secrets, card and personal data are masked.',
    ko: '이 보고서가 가리키는 요청과 응답이며 실행 기록 그대로입니다. 비밀, 카드 정보, 개인 정보는 가렸습니다.',
  },
  request: { en: 'Request', ko: '요청' },
  response: { en: 'Response', ko: '응답' },
  decrypted: { en: 'Decrypted', ko: '복호화한 본문' },
  noAnswer: { en: 'No answer', ko: '응답 없음' },
  mustCome: { en: 'Must come', ko: '기대하는 응답' },
  repeatCase: { en: 'Repeat', ko: '다시 실행' },
  end: { en: 'End of the report', ko: '보고서 끝' },
} as const satisfies Words;

export const lineWords: Readonly<Record<LineState, Told>> = {
  broken: { en: 'Broken', ko: '위반' },
  waived: { en: 'Waived', ko: '예외 승인' },
  warned: { en: 'Warned', ko: '경고' },
  kept: { en: 'Kept', ko: '지켜짐' },
  partly: { en: 'Partly shown', ko: '일부 확인' },
  'not-shown': { en: 'Not shown', ko: '확인 안 됨' },
  'no-promise': { en: 'no promise', ko: '약속 없음' },
};

export const lineMeanings: Readonly<Record<LineState, Told>> = {
  broken: { en: 'a real answer broke it', ko: '실제 응답이 어겼습니다' },
  waived: { en: 'broken, and excused by the profile for a while', ko: '어겼으나 프로필이 당분간 허용합니다' },
  warned: { en: 'a SHOULD that was not kept', ko: '권장 사항(SHOULD)을 지키지 않았습니다' },
  kept: { en: 'real answers kept all of it', ko: '실제 응답이 모두 지켰습니다' },
  partly: {
    en: 'some of it was kept, the rest not shown',
    ko: '일부는 지켜졌고 나머지는 확인되지 않았습니다',
  },
  'not-shown': { en: 'no answer showed it either way', ko: '어느 쪽으로도 확인되지 않았습니다' },
  'no-promise': { en: 'it promises nothing by itself', ko: '그 자체로는 아무것도 약속하지 않습니다' },
};

export const partWords: Readonly<Record<PagePart, Told>> = {
  operation: { en: 'The API', ko: 'API 개요' },
  'request-headers': { en: 'Request headers', ko: '요청 헤더' },
  'request-fields': { en: 'Request fields', ko: '요청 필드' },
  'response-headers': { en: 'Response headers', ko: '응답 헤더' },
  'response-fields': { en: 'Response fields', ko: '응답 필드' },
  codes: { en: 'Codes and messages', ko: '코드와 메시지' },
  scenarios: { en: 'Test data', ko: '시험 데이터' },
};

export const clauseWordsOf: Readonly<Record<ClauseStanding, Told>> = {
  violates: { en: 'Broken', ko: '위반' },
  waived: { en: 'Waived', ko: '예외 승인' },
  warns: { en: 'Warned', ko: '경고' },
  'not-exercised': { en: 'Not shown', ko: '확인 안 됨' },
  'not-testable': { en: 'Not testable', ko: '시험 불가' },
  untested: { en: 'Untested', ko: '시험 없음' },
  conforms: { en: 'Kept', ko: '지켜짐' },
};

export const gapWords: Readonly<Record<Gap, Told>> = {
  'no-case': { en: 'No case tests it.', ko: '시험하는 케이스가 없습니다.' },
  'not-chosen': {
    en: 'None of the chosen cases tests it.',
    ko: '선택한 케이스 중에 시험하는 것이 없습니다.',
  },
  'no-answer': { en: 'Its cases got no usable answer.', ko: '케이스가 쓸 수 있는 응답을 받지 못했습니다.' },
  'not-reached': {
    en: 'Its cases broke off before it, or another promise was broken first.',
    ko: '케이스가 그 전에 끝났거나 다른 약속이 먼저 어겨졌습니다.',
  },
  'not-shown': { en: 'No judged answer showed it.', ko: '판정한 응답 중에 드러난 것이 없습니다.' },
};

/** The Korean of reasons that follow from the schemas: see src/contract/unbreakable.ts. */
export const reasonsInKorean: Readonly<Record<string, string>> = {
  'A plain request does not need the header, and no page says that a target reads what it does not need.':
    '암호화하지 않은 요청에는 이 헤더가 필요 없고, 대상이 필요 없는 것을 읽는다는 문서도 없습니다.',
  'The page gives its condition in words, so that no case can tell when it holds.':
    '문서가 조건을 말로만 적어, 언제 해당하는지 케이스로 알 수 없습니다.',
  'No value that could be sent breaks it.': '보낼 수 있는 어떤 값도 이것을 어기지 않습니다.',
  'One interpretation of the page has no such limit; a run shows which one a target follows.':
    '문서의 한 해석에는 이런 제한이 없습니다. 대상이 어느 해석을 따르는지는 실행에서 드러납니다.',
};

export const outcomeWords: Readonly<Record<Outcome, Told>> = {
  conforms: { en: 'conforms', ko: '적합' },
  waived: { en: 'waived', ko: '예외 승인' },
  warns: { en: 'warned', ko: '경고' },
  'not-exercised': { en: 'not exercised', ko: '시험하지 않음' },
  'not-testable': { en: 'not testable', ko: '시험 불가' },
  'setup-error': { en: 'could not be prepared', ko: '준비 실패' },
  'target-error': { en: 'no usable answer', ko: '쓸 수 있는 응답 없음' },
  'harness-error': { en: 'the suite itself failed', ko: '시험 도구의 오류' },
  violates: { en: 'violates', ko: '위반' },
};

export const standingWords: Readonly<Record<Standing, Told>> = {
  passed: { en: 'Passed', ko: '통과' },
  failed: { en: 'Failed', ko: '실패' },
  waived: { en: 'Waived', ko: '예외 승인' },
  'not-testable': { en: 'Not testable', ko: '시험 불가' },
  'no-answer': { en: 'No answer', ko: '응답 없음' },
  'not-chosen': { en: 'Not chosen', ko: '선택 안 됨' },
};

export const waiverWords: Readonly<Record<WaiverState, Told>> = {
  used: { en: 'in use', ko: '적용 중' },
  expired: { en: 'expired: it fails the run', ko: '기한 지남: 실행 실패' },
  stale: { en: 'no longer needed: it fails the run', ko: '더 이상 필요 없음: 실행 실패' },
  undecided: { en: 'this run can’t tell', ko: '이번 실행으로는 알 수 없음' },
};

/** Sentences with numbers in them. */
export const counted = {
  broken: (promises: number, all: number): Told => ({
    en: `${promises} of ${all} documented promises ${promises === 1 ? 'is' : 'are'} broken.`,
    ko: `문서의 약속 ${all}개 중 ${promises}개를 어겼습니다.`,
  }),
  causes: ({ causes, findings, cases }: Broken): Told => ({
    en: `${causes} cause${s(causes)}, ${findings} finding${s(findings)} in ${cases} case${s(cases)}.`,
    ko: `원인 ${causes}가지, 케이스 ${cases}개에서 지적 ${findings}건.`,
  }),
  waived: (cases: number, promises: number): Told => ({
    en: `${promises} promise${s(promises)} ${promises === 1 ? 'is' : 'are'} broken and waived, in ${cases} case${s(cases)}: excused for a while, not kept.`,
    ko: `약속 ${promises}개를 어겼으나 예외로 승인했습니다(케이스 ${cases}개). 당분간 허용할 뿐 지켜진 것은 아닙니다.`,
  }),
  failingWaivers: (expired: number, stale: number): Told => ({
    en: [
      ...(expired > 0 ? [`${expired} waiver${s(expired)} expired.`] : []),
      ...(stale > 0 ? [`${stale} waiver${s(stale)} no longer needed.`] : []),
    ].join(' '),
    ko: [
      ...(expired > 0 ? [`예외 승인 ${expired}개의 기한이 지났습니다.`] : []),
      ...(stale > 0 ? [`예외 승인 ${stale}개는 더 이상 필요 없습니다.`] : []),
    ].join(' '),
  }),
  unanswered: (cases: number): Told => ({
    en: `${cases} case${s(cases)} got no usable answer.`,
    ko: `케이스 ${cases}개가 쓸 수 있는 응답을 받지 못했습니다.`,
  }),
  untestable: (cases: number): Told => ({
    en: `${cases} case${s(cases)} could not be tested.`,
    ko: `케이스 ${cases}개를 시험하지 못했습니다.`,
  }),
  acknowledged: (cases: number): Told => ({
    en: `${cases} case${s(cases)} can’t be tested, as the profile says with a reason.`,
    ko: `케이스 ${cases}개는 프로필에 적힌 이유로 시험할 수 없습니다.`,
  }),
  troubles: (number: number): Told => ({
    en: `The run itself had trouble (${number}).`,
    ko: `실행 자체에 문제가 있었습니다(${number}건).`,
  }),
  chosen: (planned: number, all: number): Told => ({
    en: `Only ${planned} of ${all} cases were chosen: nothing is said of the others.`,
    ko: `케이스 ${all}개 중 ${planned}개만 선택했습니다. 나머지에 대해서는 아무것도 말하지 않습니다.`,
  }),
  kept: (number: number): Told => ({ en: `${number} kept`, ko: `${number}개 지켜짐` }),
  brokenShort: (number: number): Told => ({ en: `${number} broken`, ko: `${number}개 위반` }),
  waivedShort: (number: number): Told => ({ en: `${number} waived`, ko: `${number}개 예외 승인` }),
  notShownShort: (number: number): Told => ({ en: `${number} not shown`, ko: `${number}개 확인 안 됨` }),
  warnedShort: (number: number): Told => ({ en: `${number} warned`, ko: `${number}개 경고` }),
  promisesProved: (kept: number, all: number): Told => ({
    en: `${kept} of ${all} promises proved`,
    ko: `약속 ${all}개 중 ${kept}개 입증`,
  }),
  linesProved: (kept: number, all: number): Told => ({
    en: `${kept} of ${all} lines with a promise proved`,
    ko: `약속이 있는 ${all}줄 중 ${kept}줄 입증`,
  }),
  percent: (percent: string): Told => ({ en: `${percent} % proved`, ko: `${percent} % 입증` }),
  inApis: (number: number): Told => ({ en: `${number} API${s(number)}`, ko: `API ${number}개` }),
  answers: (number: number): Told => ({ en: `${number} answer${s(number)}`, ko: `응답 ${number}개` }),
  blocks: (number: number): Told => ({
    en: `keeps ${number} case${s(number)} from passing`,
    ko: `케이스 ${number}개의 통과를 막음`,
  }),
  cases: (number: number): Told => ({ en: `${number} case${s(number)}`, ko: `케이스 ${number}개` }),
  more: (number: number): Told => ({ en: `and ${number} more`, ko: `외 ${number}개` }),
  keptIn: (number: number): Told => ({
    en: `Kept in ${number} case${s(number)}`,
    ko: `케이스 ${number}개에서 지켜짐`,
  }),
  brokenIn: (number: number): Told => ({
    en: `Broken in ${number} case${s(number)}`,
    ko: `케이스 ${number}개에서 위반`,
  }),
  casesOf: (planned: number, all: number): Told => ({
    en: `${planned} of ${all}`,
    ko: `${all}개 중 ${planned}개`,
  }),
  exchange: (number: number): Told => ({ en: `Exchange ${number}`, ko: `요청·응답 ${number}` }),
  milliseconds: (number: number): Told => ({ en: `${number} ms`, ko: `${number}밀리초` }),
  pageLine: (line: number): Told => ({ en: `line ${line}`, ko: `${line}줄` }),
} as const;
