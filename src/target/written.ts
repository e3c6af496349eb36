import { type TSchema, Type } from 'typebox';
import { allowances } from '../cases/permission.ts';
import {
  closed,
  count,
  flag,
  integer,
  listOf,
  mapOf,
  number,
  oneOf,
  orNull,
  type Shape,
  text,
} from '../json/define.ts';
import { contentEncryptions } from '../wire/jwe.ts';
import { paddings } from '../wire/tran-token.ts';
import { environments } from './safety.ts';
import { weekdays } from './window.ts';

/** A field that may be left out, or left empty to drop what would be inherited. */
function field<Definition extends TSchema>(definition: Definition) {
  return Type.Optional(orNull(definition));
}

/** A text that is not empty. */
function value(description: string, ...examples: readonly string[]) {
  return text(description, { minLength: 1, ...(examples.length > 0 && { examples }) });
}

function words(description: string) {
  return text(description, { pattern: '\\S' });
}

function pointer(description: string, example: string) {
  return text(description, { pattern: '^(/([^~/]|~[01])*)+$', examples: [example] });
}

const scenarioIds = { pattern: '^[a-z0-9-]+/[a-z0-9-]+$' };

const credentials = closed(
  {
    aspId: Type.Optional(
      value(
        'ID of the service provider, as its header has it; the documented length is checked.',
        `\${KONAPLATE_ASP_ID}`,
      ),
    ),
    accessKey: Type.Optional(
      value(
        'Access key of the project, as its header has it; the documented length is checked.',
        `\${KONAPLATE_ACCESS_KEY}`,
      ),
    ),
    secretKey: Type.Optional(
      value('Secret key of the project, which signs the bytes that are sent.', `\${KONAPLATE_SECRET_KEY}`),
    ),
    cryptoKeyId: Type.Optional(
      value(
        'ID of the encryption key, as its header has it; the documented length is checked.',
        `\${KONAPLATE_CRYPTO_KEY_ID}`,
      ),
    ),
    serverPublicKey: Type.Optional(
      value(
        "The platform's public key, to which requests are encrypted. PEM text or the path of a PEM file; RSA of 2048 bits or more.",
        `\${KONAPLATE_SERVER_PUBLIC_KEY}`,
        './keys/server-public.pem',
      ),
    ),
    clientPrivateKey: Type.Optional(
      value(
        'Your private key, with which responses are decrypted. PEM text or the path of a PEM file; RSA of 2048 bits or more, without a passphrase.',
        `\${KONAPLATE_CLIENT_PRIVATE_KEY}`,
        './keys/client-private.pem',
      ),
    ),
  },
  "What the platform's portal gave to this service provider. The KONAPLATE_ variables of the environment stand above each field.",
);

const waiver = closed(
  {
    clause: text('The full id of a clause, as reports and npm run clauses show it. It names the API, too.', {
      pattern: '^[a-z0-9-]+(\\.[^\\s.]+)+$',
      examples: ['parcels.code.E-17.message'],
    }),
    observed: closed(
      {
        code: Type.Optional(
          text('The code of the answer, three digits, an underscore and three digits.', {
            pattern: '^\\d{3}_\\d{3}$',
          }),
        ),
        place: Type.Optional(
          text('The place as the report has it. A JSON pointer, header <Name>, HTTP status.', {
            pattern: '\\S',
            examples: ['/response/description', 'header X-Request-Id', 'HTTP status'],
          }),
        ),
        status: Type.Optional(
          integer('The HTTP status of the answer.', { minimum: 100, maximum: 599, examples: [200] }),
        ),
      },
      'At least one of code, place and status, as the report shows them of the failure. All that are written must fit.',
      { minProperties: 1 },
    ),
    reason: words('A reason in words, best with the ticket. No personal data, no key.'),
    owner: words('Whose it is to end the deviation, a team rather than a person.'),
    expires: text('A day as YYYY-MM-DD, the last one on which the waiver holds. It ends at midnight UTC.', {
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      examples: ['2027-03-31'],
    }),
  },
  'A map with clause, observed, reason, owner and expires.',
);

const exampleOfWaiver: Shape<typeof waiver> = {
  clause: 'parcels.code.E-17.message',
  observed: { place: '/response/description', status: 400 },
  reason: 'The message lacks its full stop until the next release, ticket 4711',
  owner: 'card team',
  expires: '2027-03-31',
};

const wire = closed(
  {
    tokenPadding: field(oneOf(paddings, 'Whether the base64 in the token ends in =. Without it: padded.')),
    contentEncryption: field(
      oneOf(contentEncryptions, 'The cipher of encrypted requests. Without it: A128GCM.'),
    ),
    envelope: field(
      closed(
        {
          code: field(pointer('A JSON pointer to the code.', '/response/code')),
          message: field(pointer('A JSON pointer to the message.', '/response/description')),
        },
        'Where the code and the message of a response stand. Without it, every place the documents allow is looked at.',
      ),
    ),
  },
  'How this target writes what the documents leave open.',
);

const timeouts = closed(
  {
    exchange: field(
      integer('Milliseconds for one exchange in total, from sending to the last byte. Without it: 10000.', {
        minimum: 100,
        maximum: 300_000,
      }),
    ),
    workflow: field(
      integer(
        'Milliseconds after which something that a workflow follows, a registration for instance, is taken to never end. Without it: 60000.',
        { minimum: 0, maximum: 3_600_000 },
      ),
    ),
    run: field(
      integer(
        'Milliseconds after which a run sends nothing more, but for what it takes to clean up. Without it: 900000 (15 minutes).',
        { minimum: 1000, maximum: 24 * 3_600_000 },
      ),
    ),
  },
  'How long to wait, in milliseconds.',
);

const pace = closed(
  {
    inFlight: field(
      integer(
        "How many cases a run has in flight at once, however many workers it has. Those that see each other's effects never are. Without it: 4, and 1 in production.",
        { minimum: 1, maximum: 64 },
      ),
    ),
    requestsPerSecond: field(
      number(
        'How many requests begin in a second at most, evenly spaced. Without it: as many as there are to send.',
        { exclusiveMinimum: 0, maximum: 10_000, examples: [20] },
      ),
    ),
  },
  'How fast the target may be asked.',
);

const tls = closed(
  {
    ca: field(value('Certificates to trust instead of the built-in ones.', './keys/ca.pem')),
    clientCertificate: field(
      value("This client's certificate, for mutual TLS. Only together with clientKey."),
    ),
    clientKey: field(value('The private key of clientCertificate, without a passphrase.')),
  },
  'Certificates, each as PEM text or as the path of a PEM file.',
);

/** Words of a person: no variable of the environment can stand for them. */
function said(description: string, example: string) {
  return text(description, { pattern: '^[^$]*[^$\\s][^$]*$', examples: [example] });
}

const allowance = oneOf(
  allowances,
  'read-only: nothing is ever sent to an operation that writes or deletes. prepared: to those nothing but prepared requests and deliberately broken ones. any: whatever the documents allow.',
);

const approved = closed(
  {
    allow: allowance,
    reason: said('A reason in words, without "$".', 'The members of the test data are ours, ticket 4711'),
    approvedBy: said('The name of who has allowed it, without "$".', 'Mina Kim, card team'),
  },
  'A map with allow, reason and approvedBy.',
);

const effects = Type.Unsafe<Shape<typeof allowance> | Shape<typeof approved>>({
  description: `One of ${allowances.join(', ')}; in production more than read-only only as a map with allow, reason and approvedBy. Without it: read-only in production, any elsewhere, and at most prepared where acceptsOnlyPreparedData is true. The command line and the environment can only narrow it.`,
  if: { type: 'object' },
  then: approved,
  else: { enum: [...allowances, null] },
});

const hour = (description: string, example: string) =>
  text(description, { pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', examples: [example] });

const window = closed(
  {
    from: hour('The first minute as HH:MM in quotes.', '22:00'),
    to: hour('The first minute behind it as HH:MM in quotes. Not later than from: of the next day.', '05:00'),
    days: field(
      listOf(oneOf(weekdays), 'The days on which it begins. Without it: every day.', {
        minItems: 1,
        uniqueItems: true,
      }),
    ),
  },
  'The hours in which a run may be at work, in the time zone of the profile. A map with from, to and days.',
);

export const profile = closed(
  {
    $schema: Type.Optional(text('The address of this schema, for editors.')),
    name: Type.Optional(
      text(
        'A name of letters, digits, dots, hyphens and underscores, at most 64. Reports call the target by it.',
        { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', examples: ['sandbox'] },
      ),
    ),
    description: field(text('What this target is, for the next reader.')),
    extends: field(
      value(
        "The path of another profile, from this file's folder. Its fields hold wherever this file says nothing; maps merge, everything else replaces.",
        './sandbox.yaml',
      ),
    ),
    launch: field(
      oneOf(
        ['embedded'],
        'The server the suite starts for the run; it brings its own address and credentials. Not together with baseUrl or credentials.',
      ),
    ),
    baseUrl: Type.Optional(
      value(
        "Host and prefix in front of the API's path, http or https. KONAPLATE_BASE_URL stands above it.",
        'https://sandbox.example/open-api',
      ),
    ),
    allowHosts: field(
      listOf(
        text('A host as it is, or host:port; no reference to the environment', {
          pattern: '^(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?$',
        }),
        'The hosts that baseUrl may have, wherever it comes from, as host or host:port: an address of the environment with another one is refused before anything is sent. In production it must be there, and have the host of a proxy too.',
        { minItems: 1, examples: [['sandbox.example']] },
      ),
    ),
    environment: field(
      oneOf(
        environments,
        'How precious the target is. Without it: sandbox, and local for one that is launched. In production the effects are read-only and robustness is off unless the profile says otherwise, and allowHosts is demanded.',
      ),
    ),
    effects: Type.Optional(effects),
    robustness: field(
      flag(
        'Whether requests are sent that no page speaks of, such as malformed JSON or a megabyte. Without it: true, and false in production.',
      ),
    ),
    window: field(window),
    allowPlainHttp: field(
      flag(
        'Whether baseUrl may be http beyond this machine, where anyone on the way reads the access key. Without it: false.',
      ),
    ),
    credentials: Type.Optional(credentials),
    timeZone: field(value('The 3 letters sent as the time zone. Without it: KST.', 'KST', 'UTC')),
    testData: field(
      mapOf(
        Type.Unsafe<string | object | null>({ type: ['object', 'string', 'null'] }),
        "For a scenario id, the request body as the portal's test data give it: YAML fields, or the JSON text as a block. Scenarios without one are not testable.",
        {
          propertyNames: scenarioIds,
          examples: [{ 'parcels/found': { parcelNo: '2023010100000000000001' } }],
        },
      ),
    ),
    notTestable: field(
      mapOf(
        orNull(words('A reason in words.')),
        'For a scenario id, the reason why this target can have no test data for it. Such a gap is reported with its reason.',
        {
          propertyNames: scenarioIds,
          examples: [{ 'parcels/under-way': 'The platform resets it only once a day' }],
        },
      ),
    ),
    waivers: field(
      listOf(
        waiver,
        'Known deviations of this target, which for some time do not count against it. Expired ones, and those that nothing fits any more, fail the run.',
        { examples: [[exampleOfWaiver]] },
      ),
    ),
    showInClear: field(
      listOf(
        value('The name of a field as the documents have it.'),
        "Fields of bodies whose values are nobody's, as a portal's test data are, and are shown as they are. Keys, card numbers and what goes with them stay masked.",
        { examples: [['parcelNo']] },
      ),
    ),
    wire: field(wire),
    timeouts: field(timeouts),
    pace: field(pace),
    maxRequests: field(
      integer(
        'How many requests a run may send, but for what it takes to clean up; what is left of it then is not exercised. Without it: as many as there are to send.',
        { minimum: 1, maximum: 10_000_000 },
      ),
    ),
    maxResponseBytes: field(
      integer('Bytes of a response body at most. Without it: 1048576 (1 MiB).', {
        minimum: 1024,
        maximum: 64 * 1024 * 1024,
      }),
    ),
    tls: field(tls),
    proxy: field(
      value(
        `An HTTP proxy to go through, http://host:port. May contain user:password@, best as \${NAME}.`,
        'http://proxy.example:3128',
        `\${HTTPS_PROXY}`,
      ),
    ),
    acceptsOnlyPreparedData: field(
      flag(
        'Whether the target answers the prepared test data and nothing else, as sandbox keys of kind MOCK do. Without it: true, so that nothing but test data is ever sent as valid.',
      ),
    ),
  },
  `A target of the conformance suite: its address, credentials, test data and how it is to be treated. Text may contain \${NAME}, the value of an environment variable.`,
  { title: 'Target profile' },
);

export type WrittenWaiver = Shape<typeof waiver>;

export const shownProfile = Type.Object({
  name: text('Name of the profile.'),
  kind: oneOf(['ready', 'launched'], 'ready: it is there; launched: the run starts it.'),
  file: text(
    "What --target takes to mean the same target again: from the project's root, or the file's name.",
  ),
  baseUrl: Type.Optional(text('Where the target is reached.')),
  digest: Type.Optional(text('SHA-256 over the profile without its secrets.')),
  environment: oneOf(environments, 'How precious it is.'),
  effects: oneOf(allowances, 'What may be done to it: read-only, prepared requests, or any.'),
  robustness: flag('Whether requests are sent that no page speaks of.'),
  timeZone: text('The time zone that requests name.'),
  acceptsOnlyPreparedData: flag('Whether it takes no request but the prepared ones and changes of them.'),
  testData: count('How many scenarios it has a prepared request for.'),
  notTestable: count('How many scenarios it says it can not serve.'),
  showInClear: Type.Optional(listOf(text('Name of a field.'), 'The fields that are shown as they are.')),
});

/** A profile file as written, before anything is merged or replaced. */
export type WrittenProfile = Shape<typeof profile>;
