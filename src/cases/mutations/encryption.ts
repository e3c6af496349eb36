import { forgeries, nobodysKey } from '../../wire/forge-jwe.ts';
import { wrapJwe } from '../../wire/jwe.ts';
import type { Mutation, Part } from './mutation.ts';

/** What a target must not take for a body that is encrypted as documented. */
export const encryptionMutations: readonly Mutation[] = [
  {
    name: 'plain',
    title: 'message encryption: plain',
    breaks: ['encryption'],
    at: 'message',
    apply: ({ plaintext }) => new TextEncoder().encode(plaintext),
  },
  forged('altered-tag', 'altered tag', 'authentication tag'),
  forged('altered-ciphertext', 'altered ciphertext', 'ciphertext'),
  forged('altered-key', 'altered key', 'encrypted key'),
  forged('altered-header', 'altered header', 'protected header cty'),
  forged('four-parts', 'four parts', 'authentication tag'),
  forged('alg-none', 'alg none', 'protected header alg', 'protected header enc'),
  forged('alg-dir', 'alg dir', 'protected header alg'),
  forged('alg-rsa1_5', 'alg rsa1_5', 'protected header alg'),
  forged('enc-a128cbc-hs256', 'enc a128cbc hs256', 'protected header enc'),
  {
    name: 'other-recipient',
    title: 'message encryption: other recipient',
    breaks: ['recipient'],
    at: 'recipient',
    apply: nobodysKey,
  },
  {
    name: 'not-json',
    title: 'message encryption: not json',
    breaks: ['plain text'],
    at: 'plaintext',
    apply: () => 'this is no JSON',
  },
];

function forged(name: keyof typeof forgeries, what: string, ...breaks: [Part, ...Part[]]): Mutation {
  return {
    name,
    title: `message encryption: ${what}`,
    breaks,
    at: 'message',
    apply: (good) => wrapJwe(forgeries[name](good), good.encryption),
  };
}
