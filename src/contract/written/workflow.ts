import { Type } from 'typebox';
import { closed, mapOf, part } from '../../json/define.ts';
import { text } from './parts.ts';

const name = '^[A-Za-z0-9_-]+$';
const pointer = part(
  'pointer',
  Type.String({ description: 'A JSON pointer (RFC 6901) into a plain body.', pattern: '^(/[^/]+)+$' }),
);
const operationId = text('The operationId in the OpenAPI document.');
const clause = text('The id of a clause.');
const code = text('A code that the OpenAPI document lists for the operation.');
const interpretation = text('<ambiguity>.<interpretation>, see specs/ambiguities.yaml.');
const values = mapOf(pointer);

const start = closed(
  {
    operationId,
    owner: Type.Optional({ ...pointer, description: 'In the request: whose it is.' }),
    id: Type.Optional({ ...pointer, description: 'In the answer: by which it is followed.' }),
    values: Type.Optional({ ...values, description: 'Name → in the request: what it is about.' }),
  },
  { description: 'The request that starts it.' },
);

const look = closed(
  {
    operationId,
    id: { ...pointer, description: 'In the request: the id that its start answered with.' },
    status: { ...pointer, description: 'In the answer.' },
    unknown: Type.Optional({ ...code, description: 'The code for an id that nothing has.' }),
    failed: Type.Optional(Type.Array(code, { description: 'The codes that say that it has failed.' })),
  },
  { description: 'The request that asks how far it has come; none when it has ended with its start.' },
);

const status = closed({
  next: Type.Optional(
    Type.Array(text(), { description: 'The statuses that may follow, besides itself; the usual one first.' }),
  ),
  end: Type.Optional(
    Type.Enum(['succeeded', 'failed'], { description: 'How it has ended; absent: it has not.' }),
  ),
});

const move = closed({
  operationId,
  id: { ...pointer, description: 'In the request: the id that its start answered with.' },
  from: Type.Array(text(), { description: 'The statuses in which it can be moved.', minItems: 1 }),
  to: text('The status that it then has.'),
  refused: Type.Optional({ ...code, description: 'The code for one that is in another status.' }),
  clause,
});

const process = closed({
  start,
  look: Type.Optional(look),
  statuses: Type.Optional(
    mapOf(status, {
      description: 'Every status of it; the first is that of the beginning.',
      minProperties: 1,
    }),
  ),
  moves: Type.Optional(Type.Array(move, { description: 'Requests that take it to another status.' })),
  promises: Type.Optional(
    closed({
      oneAtATime: Type.Optional(
        closed(
          { clause, code },
          {
            description:
              'While one of an owner is under way, another one of that owner is refused with a code.',
          },
        ),
      ),
      idIsUnique: Type.Optional({ ...clause, description: 'Each has an id of its own.' }),
      idIsKnown: Type.Optional({ ...clause, description: 'It can be looked at by its id.' }),
      order: Type.Optional({ ...clause, description: 'Statuses follow each other as listed.' }),
      end: Type.Optional({ ...clause, description: 'It comes to an end.' }),
    }),
  ),
  interpretations: Type.Optional(
    closed({
      started: Type.Optional(
        closed(
          { underWay: interpretation, ended: interpretation },
          { description: 'What the first look behind a start shows.' },
        ),
      ),
      failed: Type.Optional(
        closed({ code: interpretation, status: interpretation }, { description: 'How a failure is told.' }),
      ),
    }),
  ),
});

const record = closed({
  of: text('The process that makes it.'),
  show: closed(
    {
      operationId,
      owner: { ...pointer, description: 'In the request: whose.' },
      values: mapOf(pointer, {
        description:
          'Name, as among the values of its process → in the answer. The first tells one from another.',
        minProperties: 1,
      }),
      masked: Type.Optional(
        Type.Array(text(), { description: 'The values that may be shown with a part of them hidden.' }),
      ),
    },
    { description: 'The request that shows it.' },
  ),
  remove: Type.Optional(
    closed({ operationId, owner: pointer }, { description: 'The request that removes it.' }),
  ),
  promises: Type.Optional(
    closed({
      shown: Type.Optional({ ...clause, description: 'It is that of the last process that succeeded.' }),
      replaced: Type.Optional({ ...clause, description: 'A later process takes its place.' }),
      removed: Type.Optional({
        ...clause,
        description: 'After its removal it is gone; those of others stay.',
      }),
    }),
  ),
  interpretations: Type.Optional(
    closed({
      absent: Type.Optional(
        closed(
          { success: interpretation, failure: interpretation },
          { description: 'How one without it is answered.' },
        ),
      ),
    }),
  ),
});

const input = closed({
  type: Type.Optional(text()),
  description: Type.Optional(text()),
  minimum: Type.Optional(Type.Unsafe<number | bigint>({ 'x-exact-number': true })),
  maximum: Type.Optional(Type.Unsafe<number | bigint>({ 'x-exact-number': true })),
  'x-prepared': Type.Optional({ ...operationId, description: 'The prepared request of this operation.' }),
  'x-fresh': Type.Optional(
    Type.Literal(true, { description: 'An integer from minimum to maximum that nobody has used before.' }),
  ),
  'x-other': Type.Optional(
    closed(
      { of: pointer, by: Type.Integer({ minimum: 1, maximum: 9 }) },
      { description: 'The value of the prepared request with another last digit: higher by so much.' },
    ),
  ),
});

const criterion = closed({
  condition: text('A simple condition (Arazzo 1.0.1).'),
  'x-clause': Type.Optional({ ...clause, description: 'The promise that is broken when it does not hold.' }),
});

const action = closed({
  name: text(),
  type: Type.Enum(['end', 'goto', 'retry']),
  stepId: Type.Optional(text('Of goto.')),
  retryAfter: Type.Optional(Type.Number({ description: 'Seconds; the longest pause.', minimum: 0 })),
  'x-retryFirst': Type.Optional(
    Type.Number({
      description: 'Seconds; the first pause, each next one is twice as long.',
      exclusiveMinimum: 0,
    }),
  ),
  retryLimit: Type.Optional(Type.Integer({ minimum: 1 })),
  criteria: Type.Optional(Type.Array(closed({ condition: criterion.properties.condition }))),
});

const outputs = mapOf(text('A runtime expression.'), { propertyNames: { pattern: name } });

const step = closed({
  stepId: Type.String({ pattern: name }),
  description: Type.Optional(text()),
  'x-when': Type.Optional(text('A simple condition; the step is left out unless it holds.')),
  operationId: Type.Optional(operationId),
  workflowId: Type.Optional(text('A workflow of this document.')),
  parameters: Type.Optional(
    Type.Array(closed({ name: text(), value: Type.Unknown() }), {
      description: 'The inputs of the workflow.',
    }),
  ),
  requestBody: Type.Optional(
    closed({
      payload: Type.Unknown({ description: 'The plain body, with runtime expressions in it.' }),
      replacements: Type.Optional(Type.Array(closed({ target: pointer, value: Type.Unknown() }))),
    }),
  ),
  successCriteria: Type.Optional(Type.Array(criterion, { minItems: 1 })),
  onSuccess: Type.Optional(Type.Array(action)),
  onFailure: Type.Optional(Type.Array(action)),
  outputs: Type.Optional(outputs),
});

export const workflow = closed(
  {
    arazzo: Type.Literal('1.0.1'),
    info: closed({
      title: text(),
      version: text(),
      summary: Type.Optional(text()),
      description: Type.Optional(text()),
    }),
    sourceDescriptions: Type.Array(closed({ name: text(), url: text(), type: Type.Literal('openapi') }), {
      minItems: 1,
      maxItems: 1,
    }),
    'x-processes': Type.Optional(
      mapOf(process, { description: 'What one request starts and what has an end, by name.' }),
    ),
    'x-records': Type.Optional(
      mapOf(record, { description: 'What an owner has once a process has succeeded, by name.' }),
    ),
    workflows: Type.Array(
      closed({
        workflowId: Type.String({ pattern: name }),
        summary: text('What it does, in a few words.'),
        description: Type.Optional(text()),
        inputs: Type.Optional(closed({ type: Type.Literal('object'), properties: mapOf(input) })),
        steps: Type.Array(step, { minItems: 1 }),
        outputs: Type.Optional(outputs),
      }),
      { minItems: 1 },
    ),
  },
  { title: 'Promises over time: an Arazzo document with what the state of the target is' },
);
