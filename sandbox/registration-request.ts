import type { Schema } from '../src/contract/schema.ts';

/**
 * What the sandbox takes to register an account. The page has no request section (ambiguity `register-request`), so
 * all of this is the sandbox's choice: what a bank needs is required, what the platform can know by itself is
 * optional, and the lengths are those with which account-info must be able to answer (page 002, lines 187 to 223).
 */
export const registrationRequest: Schema = {
  type: 'object',
  required: ['userId', 'bankAccount', 'bankCode'],
  properties: {
    userId: { type: 'integer', minimum: 1, maximum: 9999999999999999999n },
    bankAccount: { type: 'string', minLength: 1, maxLength: 20 },
    bankCode: { type: 'string', minLength: 3, maxLength: 3 },
    bankName: { type: 'string', minLength: 1, maxLength: 10 },
    userName: { type: 'string', minLength: 1, maxLength: 100 },
    birthDate: { type: 'string', minLength: 8, maxLength: 8 },
  },
};
