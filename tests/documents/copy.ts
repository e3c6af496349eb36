import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A folder with a copy of this project's documents, which goes when the test ends. */
export function copyOfDocuments(context: { after(clean: () => void): void }): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-documents-'));
  context.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['openapi', 'specs']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  return folder;
}

/** Changes one file of a copy; what is to be changed must be there. */
export function change(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(path.join(folder, file), 'utf8');
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(path.join(folder, file), text.replace(from, to));
}

/** Adds an invented API to a copy, as a person would: parcel-search, with an encrypted request and a plain answer. */
export function addParcelSearch(folder: string): void {
  change(folder, 'openapi/konaplate.yaml', '\ncomponents:\n', `\n${parcelSearch}\ncomponents:\n`);
  // The header names the page: it has a row for it.
  change(
    folder,
    'openapi/konaplate.yaml',
    'condition: 75 }\n    TranToken:',
    'condition: 75 }\n        "900": { name: 20, presence: 22 }\n    TranToken:',
  );
  writeFileSync(path.join(folder, 'specs/apis/parcel-search.yaml'), scenarios);
  change(folder, 'specs/pages.yaml', 'pages:\n', `pages:\n${page}`);
  change(folder, 'specs/catalogue.yaml', '    apis:\n', '    apis:\n      - name: Search for Parcels\n');
}

const parcelSearch = `  /api/v1/parcels/search:
    post:
      operationId: parcel-search
      summary: Find a parcel
      tags: [cards]
      x-page: { number: "900", version: v1 }
      x-mode: sync
      x-source:
        "900": { name: 1, mode: 1, version: 2, method: 3, path: 4 }
      parameters:
        - $ref: "#/components/parameters/AspId"
        - $ref: "#/components/parameters/CorrelationId"
        - $ref: "#/components/parameters/AccessKey"
        - $ref: "#/components/parameters/CryptoKeyId"
        - $ref: "#/components/parameters/TranToken"
        - $ref: "#/components/parameters/TranTime"
        - $ref: "#/components/parameters/TimeZone"
      requestBody:
        required: true
        x-encrypted: true
        x-source:
          "900": { encrypted: 30 }
        content:
          application/json:
            schema:
              type: object
              required: [encData]
              properties:
                encData:
                  type: string
                  contentMediaType: application/jose
                  contentSchema:
                    type: object
                    required: [parcelNo]
                    properties:
                      parcelNo:
                        type: integer
                        minimum: 1
                        maximum: 999
                        x-source:
                          "900": { name: 31, type: 32, presence: 33, limit: 34 }
                      note:
                        type: string
                        minLength: 2
                        maxLength: 10
                        x-source:
                          "900": { name: 35, type: 36, presence: 37, limit: 38 }
      responses:
        "200":
          description: The parcel.
          content:
            application/json:
              schema:
                type: object
                required: [response, depot]
                properties:
                  response:
                    x-envelope: true
                    $ref: "#/components/schemas/Envelope"
                    allOf:
                      - description: Found.
                        x-source:
                          "900": { status: 50, code: 51, message: 52 }
                        properties:
                          code: { const: "000_000" }
                          description: { const: Success. }
                  depot:
                    type: string
                    minLength: 1
                    maxLength: 5
                    x-source:
                      "900": { name: 41, type: 42, presence: 43, limit: 44 }
        default: { $ref: "#/components/responses/OtherFailure" }
`;

const scenarios = `# What an invented page promises.
api: parcel-search
scenarios:
  - id: found
    title: 200 - found
    status: 200
    code: "000_000"
    given: A parcel.
    source: { "900": 60 }
`;

const lines = {
  1: 'Search for ParcelsSync',
  2: 'Version: v1',
  3: 'POST',
  4: '/api/v1/parcels/search',
  20: 'X-KM-Crypto-Key-Id',
  22: 'Optional',
  30: 'Encrypted',
  31: 'parcelNo',
  32: 'number',
  33: 'Required',
  34: 'Value : 1~999',
  35: 'note',
  36: 'string',
  37: 'Optional',
  38: 'Length : 2~10',
  41: 'depot',
  42: 'string',
  43: 'Required',
  44: 'Length : 1~5',
  50: '200',
  51: '000_000',
  52: 'Success.',
  60: '200 - found',
};

const page = `  "900":
    name: Search for Parcels
    address: /api/v1/parcels/search
    sha256: ${'ab'.repeat(32)}
    lines:
${Object.entries(lines)
  .map(([line, words]) => `      ${line}: ${JSON.stringify(words)}`)
  .join('\n')}
`;
