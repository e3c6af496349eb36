import type { ClauseKey } from '../contract/model.ts';
import { type CheckId, checkIds } from './check.ts';

/** The checks that can tell a breach of a clause, by what the clause is about. */
export function checksOf({ subject, part, aspect }: ClauseKey): readonly CheckId[] {
  return checkIds.filter((check) => {
    const [family = '', detail] = check.split('.');
    switch (subject) {
      case 'operation':
        return check === 'path';
      case 'request':
        return family === 'rejection' || family === 'limit';
      case 'behaviour':
        return family === 'workflow';
      case 'robustness':
        return family === 'robustness';
      case 'scenario':
        return check === 'body.scenario' || family === 'code' || family === 'status';
      case 'code':
        return family === aspect || (family === 'rejection' && detail === aspect);
      // Of an answer: its wire, its headers, its fields.
      default:
        if (part === undefined) return family === aspect;
        return family === (part === 'header' ? 'header' : 'body') && detail === aspect;
    }
  });
}
