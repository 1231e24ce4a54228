import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../contract/index.js';
import { documentFromText } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createMock } from '../mock/index.js';
import { createOperations } from '../operation/index.js';
import type { ProofResult } from '../report/index.js';
import { prove } from './index.js';
import { overVirtualWire } from './virtual-wire.js';

/** Bodies that are no JSON, both ways. */
const document = `
openapi: 3.1.0
info: { title: Media, version: '1' }
paths:
  /pets:
    post:
      requestBody:
        required: true
        content: { application/xml: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses:
        '201': { description: made, content: { text/xml: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '422': { description: no }
  /table:
    put:
      requestBody:
        required: true
        content: { text/csv: { schema: { type: array, minItems: 1, items: { type: object, required: [a, b], properties: { a: { type: string }, b: { type: integer } } } } } }
      responses:
        '200': { description: ok, content: { text/csv: { schema: { type: string } } } }
        '422': { description: no }
  /upload:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [title, picture]
              properties: { title: { type: string, maxLength: 20 }, picture: { type: string, format: binary } }
            encoding: { picture: { contentType: image/png } }
      responses:
        '200': { description: ok, content: { text/plain: { schema: { type: integer, minimum: 1 } } } }
        '422': { description: no }
components:
  schemas:
    Pet:
      type: object
      xml: { name: pet }
      required: [id, name]
      properties:
        id: { type: integer, minimum: 1, xml: { attribute: true } }
        name: { type: string, minLength: 1, maxLength: 20 }
        sold: { type: boolean }
        tags: { type: array, xml: { wrapped: true }, items: { type: string, xml: { name: tag } } }
`;

const operations = createOperations(documentFromText(document, { name: 'media.yaml' }));

it('the mock of bodies that are no JSON is kept', async () => {
  const mock = createMock({ operations });
  const { verdict, findings } = await run({
    operations,
    send: async (request, { timeout }) => overVirtualWire(mock.answer(request), request.method, timeout),
    target: 'http://localhost',
    allowWrites: true,
  });
  expect(findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
  expect(verdict).toBe('kept');
});

describe('the proof of bodies that are no JSON', () => {
  let result: ProofResult;
  beforeAll(async () => {
    // What asks for other methods, or for time, says nothing of bodies.
    const chosen = faults.filter(({ family }) => family !== 'method' && family !== 'timing');
    result = await prove({ operations, faults: chosen, maxSites: 3 });
  });

  it('catches every fault that applies, and accuses nothing that is right', () => {
    const survived = result.trials.filter(({ outcome }) => outcome.kind === 'survived');
    expect(survived.map(({ fault, operationId }) => `${operationId} ${fault}`)).toEqual([]);
    expect(result.falseAlarms).toEqual([]);
    expect(result.unusable).toEqual([]);
  });

  it('breaks what XML and forms say as it does with JSON', () => {
    const struck = new Set(
      result.trials.flatMap(({ fault, operationId, outcome }) =>
        outcome.kind === 'killed' ? [`${operationId} ${fault}`] : [],
      ),
    );
    expect([...struck]).toEqual(
      expect.arrayContaining([
        'POST /pets required-dropped',
        'POST /pets type-anywhere',
        'POST /pets bounds-minimum',
        'POST /pets shape-flattened',
        'POST /pets parameter-keyword-ignored',
        'POST /upload parameter-missing-accepted',
        'PUT /table parameter-missing-accepted',
        'POST /pets media-type-octet-stream',
      ]),
    );
  });
});

it('takes bytes for what they are: the same ones are no fault, and a charset beside them says nothing', async () => {
  const pictures = createOperations(
    documentFromText(
      `
openapi: 3.1.0
info: { title: Pictures, version: '1' }
paths:
  /pictures/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: ok, content: { image/png: {} } } } }
    delete: { responses: { '204': { description: gone, content: { application/json: { schema: { type: string } } } } } }
`,
      { name: 'pictures.yaml' },
    ),
  );
  const wanted = ['crash-on-array', 'media-type-html', 'media-type-octet-stream'];
  const result = await prove({ operations: pictures, faults: faults.filter(({ id }) => wanted.includes(id)) });
  expect(result.falseAlarms).toEqual([]);
  const outcomes = result.trials.map(({ fault, operationId, outcome }) => `${operationId} ${fault} ${outcome.kind}`);
  expect(outcomes.filter((one) => !one.endsWith('not-applicable'))).toEqual([
    'GET /pictures/{id} media-type-html killed',
    'GET /pictures/{id} media-type-octet-stream killed',
  ]);
});

it('proves nothing by an answer that nothing fits, and accuses nobody of it', async () => {
  const schema = '{ type: object, required: [b], properties: { a: { type: string } }, additionalProperties: false }';
  const unmade = createOperations(
    documentFromText(
      `
openapi: 3.1.0
info: { title: Nothing, version: '1' }
paths:
  /nothing: { get: { responses: { '200': { description: ok, content: { application/json: { schema: ${schema} } } } } } }
`,
      { name: 'nothing.yaml' },
    ),
  );
  const { falseAlarms, unusable } = await prove({ operations: unmade, faults: [] });
  expect(falseAlarms).toEqual([]);
  expect(unusable).toMatchInlineSnapshot(`
    [
      {
        "operationId": "GET /nothing",
        "reason": "no answer that fits was found: nothing.yaml:5:116 at /paths/~1nothing/get/responses/200/content/application~1json/schema/required: The member "b" is required, but no value is allowed for it (required at nothing.yaml:5:116, additionalProperties at nothing.yaml:5:168)",
      },
    ]
  `);
});

it('does not say of a suite that it misses what is done to things that nobody can find again', async () => {
  const json =
    '{ application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } }';
  const kept = createOperations(
    documentFromText(
      `
openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { type: object, required: [name], properties: { name: { type: string } } } } } } } } }
    post: { requestBody: { required: true, content: ${json} }, responses: { '202': { description: taken, content: ${json} } } }
`,
      { name: 'notes.yaml' },
    ),
  );
  const life = faults.filter(({ id }) => id === 'create-forgets' || id === 'create-alters');
  const { trials } = await prove({ operations: kept, faults: life });
  expect(trials.map(({ outcome }) => outcome.kind)).not.toContain('survived');
});

it('tries no other success where none is declared: any is as right', async () => {
  const chatter = createOperations(
    documentFromText(
      `
openapi: 3.2.0
info: { title: Chatter, version: '1' }
paths:
  /echo: { get: { responses: { '101': { description: Switching Protocols }, '401': { description: no } } } }
  /hello: { get: { responses: { '200': { description: ok } } } }
`,
      { name: 'chatter.yaml' },
    ),
  );
  const wanted = ['status-undocumented', 'status-no-content'];
  const { trials } = await prove({ operations: chatter, faults: faults.filter(({ id }) => wanted.includes(id)) });
  const outcomes = trials.map(({ fault, operationId, outcome }) => `${operationId} ${fault} ${outcome.kind}`);
  expect(outcomes.toSorted()).toEqual([
    'GET /echo status-no-content not-applicable',
    'GET /echo status-undocumented not-applicable',
    'GET /hello status-no-content killed',
    'GET /hello status-undocumented killed',
  ]);
});
