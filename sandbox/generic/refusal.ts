import type { Api, CodeRow } from '../../src/contract/model.ts';
import type { ParameterAspect } from '../checks.ts';
import { type AnswerCode, ownCodes } from '../own-codes.ts';

/** The general code for a value that breaks a limit in some way. */
function generalCode(aspect: ParameterAspect): AnswerCode {
  if (aspect === 'presence') return ownCodes.requiredMissing;
  return aspect === 'length' ? ownCodes.wrongLength : ownCodes.badValue;
}

/** The row of an API's code list that answers a bad value: the one for this kind of fault, or else the one for all. */
export function refusalRow({ codes }: Api, aspect: ParameterAspect): CodeRow | undefined {
  const rowOf = ({ code }: AnswerCode) => codes.find((row) => row.code === code && row.status >= 300);
  return rowOf(generalCode(aspect)) ?? rowOf(ownCodes.badValue);
}

/** How an API answers a value that breaks a limit: as its page has it, or by the platform's general codes. */
export function refusalOf(
  api: Api,
  aspect: ParameterAspect,
): { readonly answer: AnswerCode; readonly isOwn: boolean } {
  const row = refusalRow(api, aspect);
  const description = row?.messages[0]?.text;
  return row && description !== undefined
    ? { answer: { status: row.status, code: row.code, description }, isOwn: true }
    : { answer: generalCode(aspect), isOwn: false };
}

/** Whether a code is one of those that answer a bad value, whatever the API. */
export function isForBadValues(code: string): boolean {
  return [ownCodes.requiredMissing, ownCodes.wrongLength, ownCodes.badValue].some((one) => one.code === code);
}
