import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ContractFolders, contractFolders } from '../../src/contract/load.ts';
import { root } from '../project.ts';

/** An API that no page has, with what the five have not: objects in objects, lists, values, conditions, amounts. */
const operation = `
  /api/v1/orders:
    post:
      operationId: orders
      summary: Place an order
      x-page: { number: "300", version: v1 }
      x-mode: sync
      x-source: { "300": { name: 1, path: 2 } }
      parameters: []
      requestBody:
        x-encrypted: false
        content:
          application/json:
            schema:
              type: object
              required: [memberNo, limits, pay]
              properties:
                memberNo: { type: integer, minimum: 1, maximum: 9999999999999999999, x-source: { "300": { name: 10 } } }
                limits:
                  type: object
                  required: [once]
                  x-source: { "300": { name: 11 } }
                  properties:
                    once: { type: number, minimum: 0.01, maximum: 99.5, x-source: { "300": { name: 12 } } }
                    isHard: { type: boolean, x-source: { "300": { name: 13 } } }
                pay:
                  type: string
                  minLength: 4
                  maxLength: 8
                  enum: [CARD, TRANSFER]
                  x-source: { "300": { name: 14 } }
                cardNo: { type: string, minLength: 16, maxLength: 16, x-source: { "300": { name: 15 } } }
                giftTo: { type: string, maxLength: 20, x-source: { "300": { name: 16, condition: 26 } } }
                shipTo:
                  type: object
                  required: [zip]
                  x-source: { "300": { name: 17 } }
                  properties:
                    zip: { type: string, pattern: "^[0-9]{5}$", minLength: 5, maxLength: 5, x-source: { "300": { name: 18 } } }
                items:
                  type: array
                  minItems: 1
                  maxItems: 2
                  x-source: { "300": { name: 19 } }
                  items:
                    type: object
                    required: [sku]
                    properties:
                      sku: { type: string, minLength: 1, x-source: { "300": { name: 20 } } }
                note: { type: string, x-source: { "300": { name: 21 } } }
                memo: { type: string, maxLength: 9999999999999, x-source: { "300": { name: 22 } } }
              allOf:
                - if: { required: [pay], properties: { pay: { const: CARD } } }
                  then: { required: [cardNo] }
      responses:
        "200":
          description: Placed.
          content:
            application/json:
              schema:
                type: object
                required: [response]
                properties:
                  response:
                    x-envelope: true
                    type: object
                    required: [code, description]
                    properties: { code: { type: string }, description: { type: string } }
                    allOf:
                      - description: Placed.
                        x-source: { "300": { status: 30, code: 31, message: 32 } }
                        properties: { code: { const: "000_000" }, description: { const: Placed. } }
        "400":
          description: Not placed.
          content:
            application/json:
              schema:
                type: object
                required: [response]
                properties:
                  response:
                    x-envelope: true
                    type: object
                    required: [code, description]
                    properties: { code: { type: string }, description: { type: string } }
                    allOf:
                      - description: Nobody has this number.
                        x-source: { "300": { status: 40, code: 41, message: 42 } }
                        properties: { code: { const: "009_001" }, description: { const: No such member. } }
`;

const lines = [1, 2, ...range(10, 22), 26, ...range(30, 32), ...range(40, 42), 50, 51];

const spec = `
api: orders
scenarios:
  - { id: placed, title: 200 - Placed, status: 200, code: "000_000", given: A member., source: { "300": 50 } }
  - { id: nobody, title: 400 - Nobody, status: 400, code: "009_001", given: Nobody., source: { "300": 51 } }
`;

const page = `
  "300":
    name: Place an Order
    address: /api/v1/orders
    sha256: ${'a'.repeat(64)}
    lines: { ${lines.map((line) => `${line}: the words of line ${line}`).join(', ')} }
`;

const group = `
  - { id: orders, title: Orders, apis: [{ name: Place an Order }] }
`;

/** Where something of the invented API is added to the documents: file, and the line that it stands behind. */
const additions: readonly (readonly [file: string, behind: string, text: string])[] = [
  ['openapi/konaplate.yaml', 'paths:', operation],
  ['specs/pages.yaml', 'pages:', page],
  ['specs/catalogue.yaml', 'groups:', group],
];

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The documents with the invented API added, in a folder that goes with the test. */
export function documentsWithInvented(context: { after(done: () => void): void }): ContractFolders {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-invented-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['openapi', 'specs']) {
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  for (const [file, behind, text] of additions) {
    const written = readFileSync(path.join(folder, file), 'utf8');
    writeFileSync(path.join(folder, file), written.replace(`\n${behind}\n`, `\n${behind}${text}`));
  }
  writeFileSync(path.join(folder, 'specs/apis/orders.yaml'), spec);
  return contractFolders(folder);
}
