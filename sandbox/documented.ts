import type { Api } from '../src/contract/model.ts';
import type { JsonObject } from '../src/json/json.ts';
import type { Outcome } from './stages.ts';

/** A row of the page's code list, its message to the letter. */
export function documented(api: Api, code: string, fields: JsonObject = {}): Outcome {
  const row = api.codes.find((one) => one.code === code);
  const message = row?.messages[0]?.text;
  if (!row || message === undefined) throw new Error(`${api.id} documents no code ${code}`);
  return { status: row.status, code, description: message, fields };
}
