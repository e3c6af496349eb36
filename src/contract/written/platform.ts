import { Type } from 'typebox';
import { closed, mapOf, part, type Shape } from '../../json/define.ts';
import { line, words } from './parts.ts';

const origin = part(
  'origin',
  Type.Enum(['guide', 'client'], { description: 'Where it comes from, since no page has it.' }),
);
const interpretation = part(
  'interpretation',
  Type.String({ description: '<ambiguity>.<interpretation>', pattern: '^[a-z0-9-]+\\.[a-z0-9-]+$' }),
);
const pointer = part(
  'pointer',
  Type.String({ description: 'A JSON pointer (RFC 6901).', pattern: '^(/[^/]+)+$' }),
);
const code = part(
  'code',
  closed(
    {
      code: words(),
      source: Type.Optional(mapOf(line, { description: 'Number of a page → line.', minProperties: 1 })),
      origin: Type.Optional(origin),
      setup: Type.Optional(
        words('What it says of the profile when it answers a prepared request that it should not answer.'),
      ),
    },
    { anyOf: [{ required: ['source'] }, { required: ['origin'] }] },
  ),
);
const header = part('header', Type.String({ pattern: '^[A-Za-z0-9-]+$' }));
const plainOrEncrypted = part(
  'plainOrEncrypted',
  closed({ plain: interpretation, encrypted: interpretation }),
);
const acceptedOrRejected = part(
  'acceptedOrRejected',
  closed({ accepted: interpretation, rejected: interpretation }),
);
const place = closed({ code: pointer, message: pointer, interpretation });

export const platform = closed(
  {
    codes: closed({ success: code, badValue: code, missing: code, wrongLength: code }),
    headers: closed(
      {
        aspId: header,
        correlationId: header,
        accessKey: header,
        cryptoKeyId: header,
        tranToken: header,
        tranTime: header,
        timeZone: header,
      },
      { description: 'What a header is for → its name.' },
    ),
    token: closed({
      origin,
      prefix: Type.String({ pattern: '^[A-Za-z0-9]+$' }),
      separator: Type.String({ pattern: '^[^A-Za-z0-9+/=]$' }),
      time: Type.String({ description: 'How the time is written.', pattern: '^(yyyy|MM|dd|HH|mm|ss|SSS)+$' }),
      algorithm: Type.Literal('HMAC-SHA256'),
    }),
    encryption: closed({
      origin,
      member: words(),
      algorithm: Type.Literal('RSA-OAEP-256'),
      contents: closed(
        { A128GCM: Type.Optional(interpretation), A256GCM: Type.Optional(interpretation) },
        {
          description:
            'Content encryption → the interpretation that an answer with it shows; the first is used for requests.',
          minProperties: 1,
        },
      ),
      unmarked: plainOrEncrypted,
      failure: plainOrEncrypted,
    }),
    envelope: closed({
      origin,
      places: Type.Unsafe<readonly [Shape<typeof place>, ...Shape<typeof place>[]]>(
        Type.Array(place, { minItems: 1 }),
      ),
      ofProfile: interpretation,
      encrypted: closed({ inside: interpretation, beside: interpretation }),
    }),
    open: closed({
      missingKeyId: acceptedOrRejected,
      emptyOptional: acceptedOrRejected,
      stranger: acceptedOrRejected,
      longerInBytes: acceptedOrRejected,
    }),
    refusal: Type.Unsafe<{ readonly other: string } & Readonly<Record<string, string>>>(
      mapOf(interpretation, {
        description: 'HTTP status → what it shows.',
        required: ['other'],
        propertyNames: { pattern: '^([45][0-9]{2}|other)$' },
      }),
    ),
  },
  { title: 'What all pages share' },
);
