import { clauseId } from '../../src/contract/clauses.ts';
import type { Api } from '../../src/contract/model.ts';
import { documented } from '../documented.ts';
import { type Fault, fault } from './fault.ts';

/** Registrations and inquiries that are always refused, with a documented code. */
export function registrationFaults(register: Api, inquiry: Api): readonly Fault[] {
  const successes = register.scenarios.filter(({ status }) => status < 300);
  const others = inquiry.scenarios.filter(({ code }) => code !== '002_019');
  return [
    fault({
      how: 'every-registration-refused',
      family: 'wrong reason',
      sentence: 'Every registration is refused as if one were under way.',
      breaks: [
        clauseId.code(register.id, '000_000', 'code'),
        ...successes.map(({ id }) => clauseId.scenario(id)),
      ],
      deviation: { act: () => documented(register, '002_013') },
    }),
    fault({
      how: 'every-inquiry-unknown',
      family: 'wrong reason',
      sentence:
        'Every registration number is unknown, prepared or not; the one that a registration just gave too.',
      breaks: [
        clauseId.code(inquiry.id, '000_000', 'code'),
        ...others
          .filter(({ status }) => status >= 300)
          .map(({ code }) => clauseId.code(inquiry.id, code, 'code')),
        ...others.map(({ id }) => clauseId.scenario(id)),
        clauseId.behaviour(register.id, 'number-is-inquiry-input'),
      ],
      apis: [inquiry.id],
      deviation: { act: () => documented(inquiry, '002_019') },
    }),
  ];
}
