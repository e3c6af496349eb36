import { createHmac } from 'node:crypto';
import { nearTexts } from '../cases/mutations/text-edits.ts';
import type { Contract } from '../contract/model.ts';
import { sensitiveNames, sensitiveValues } from '../redact/mask.ts';
import { pseudonymsBy } from '../redact/pseudonym.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { type Profile, profileSecrets } from '../target/profile.ts';

/** Hides the profile's keys, what cases make of them, and the card and personal data in what is prepared for sending. */
export function redactorFor(contract: Contract, profile: Profile): Redactor {
  const names = sensitiveNames(contract);
  const values = contract.apis.flatMap(({ scenarios, request }) =>
    scenarios.flatMap(({ id }) => {
      const body = profile.testData.get(id);
      return body === undefined ? [] : sensitiveValues(body, [request.body.schema], names);
    }),
  );
  const { aspId, accessKey, cryptoKeyId } = profile.credentials;
  const near = [aspId, accessKey, cryptoKeyId].flatMap(nearTexts);
  const numbers = values.filter(({ sensitivity }) => sensitivity === 'card-number').map(({ text }) => text);
  return createRedactor({
    secrets: [...profileSecrets(profile), aspId, cryptoKeyId, ...near, ...numbers],
    values,
    names,
    pseudonym: pseudonymsBy(pseudonymKey(profile)),
  });
}

/**
 * A key for pseudonyms, of what each process of a run has and no report tells. Of all that a profile holds nobody can
 * guess the private key.
 */
function pseudonymKey({ credentials: { clientPrivateKey } }: Profile): Uint8Array {
  const key = clientPrivateKey.export({ type: 'pkcs8', format: 'der' });
  return createHmac('sha256', key).update('pseudonyms of konaplate-conformance').digest();
}
