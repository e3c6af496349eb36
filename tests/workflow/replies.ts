import type { JsonObject } from '../../src/json/json.ts';
import type { Reply } from '../../src/workflow/trace.ts';

/** A documented success, as a step of a workflow reads it. */
export const success = (body: JsonObject): Reply => ({
  status: 200,
  code: '000_000',
  codeAt: '/response/code',
  documented: true,
  success: true,
  body,
});
