import { describe, expect, it, vi } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { checkResponse, createOperations } from '../../operation/index.js';
import { createMock, problemsOf } from '../index.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: Misfits, version: '1' }
paths:
  /plain:
    get:
      responses:
        '200':
          description: mended
          content:
            application/json:
              example: { latitude: '19.72', count: '5', open: 'true', tags: '["a"]', name: 7 }
              schema:
                properties:
                  latitude: { type: number }
                  count: { type: integer }
                  open: { type: boolean }
                  tags: { type: array, items: { type: string } }
                  name: { type: string }
  /odd:
    get:
      responses:
        '200':
          description: as it is
          content:
            application/json:
              example: { id: '12', at: yesterday }
              schema: { properties: { id: { type: integer }, at: { type: string, format: date } } }
  /text:
    get:
      responses:
        '200':
          description: a text
          content: { application/csv: { example: "a,b\\n1,2\\n", schema: { type: array, items: { type: object } } } }
  /range:
    get:
      responses:
        '200':
          description: JSON as a text, of any media type
          content:
            '*/*': { example: '{ "id": "12" }', schema: { type: object, properties: { id: { type: integer } } } }
  /alike:
    get:
      responses:
        '200':
          description: two alike
          content: { application/json: { example: { id: 1 }, schema: { oneOf: [{ type: object }, { required: [id] }] } } }
  /contradicts:
    get:
      responses:
        '200':
          description: nothing fits
          content:
            application/json:
              schema:
                type: object
                required: [code, items]
                properties:
                  code: { type: string, pattern: '^[a-z]{2}$', format: uuid }
                  items: { type: array, minItems: 1, items: { allOf: [{ type: string }, { type: integer }] } }
                  size: { type: integer, minimum: 3 }
  /refused/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: fine }
        '422':
          description: two alike
          content:
            application/vnd.error+json:
              schema:
                oneOf:
                  - { type: object, description: one, required: [title], properties: { title: { type: string } } }
                  - { type: object, description: other, required: [title], properties: { title: { type: string } } }
`,
    { name: 'misfits.yaml' },
  ),
);
const mock = createMock({ operations });
const strict = createMock({ operations, errors: true });
const ask = (target: string, one = mock) => one.answer({ method: 'GET', target, headers: {}, body: null });

describe('an example that does not fit its schema', () => {
  it('is mended where that is plain', () => {
    const { body, headers } = ask('/plain');
    expect(JSON.parse(String(body))).toEqual({ latitude: 19.72, count: 5, open: true, tags: ['a'], name: '7' });
    expect(headers.Counterproof).toBe('operation="GET /plain", source=example, seed=1');
  });

  it('is shown as it is and marked where that is not all', () => {
    const { body, headers } = ask('/odd');
    expect(JSON.parse(String(body))).toEqual({ id: 12, at: 'yesterday' });
    expect(headers.Counterproof).toBe('operation="GET /odd", source=example, valid=no, seed=1');
  });

  it('is the body itself where it is the text of another format', () => {
    expect(ask('/text')).toMatchObject({ body: 'a,b\n1,2\n', source: 'example' });
  });

  it('is JSON where that is written as a text of any media type', () => {
    expect(JSON.parse(String(ask('/range').body))).toEqual({ id: 12 });
  });

  it('is not shown where that is not wanted', () => {
    expect(ask('/odd', strict)).toMatchObject({ status: 200, source: 'fake' });
  });

  it('is named once, with its line, as what nothing fits is', async () => {
    const found: string[] = [];
    for await (const { message, location } of problemsOf(operations)) found.push(`${location?.line} ${message}`);
    expect(found).toMatchInlineSnapshot(`
      [
        "11 The example does not fit its schema (/latitude must be a number, not a string): it is shown mended",
        "26 The example does not fit its schema (/at must be in the format 'date'): it is shown all the same, marked valid=no",
        "40 The example does not fit its schema (as a whole must be an object, not a string): it is shown mended",
        "46 The example does not fit its schema (as a whole must match one alternative, not several (an object and alternative 2)): it is shown all the same, marked valid=no",
        "58 Nothing fits the schema of an answer (No string was found with format uuid and pattern ^[a-z]{2}$ (pattern at misfits.yaml:58:41, format at misfits.yaml:58:64)): what comes nearest is sent, marked valid=no",
      ]
    `);
  });

  it('is no fault of whoever answers so', () => {
    const violations = (target: string, body: unknown) => {
      const match = operations.match('GET', target);
      const operation = operations.compile(match.kind === 'operation' ? match.entry : expect.fail());
      const headers = { 'content-type': 'application/json' };
      return checkResponse(operation, { status: 200, headers, body: new TextEncoder().encode(JSON.stringify(body)) });
    };
    expect(violations('/odd', { id: '12', at: 'yesterday' })).toEqual([]);
    expect(violations('/odd', { id: 12, at: 'yesterday' })).toEqual([]);
    expect(violations('/odd', { id: 13, at: 'yesterday' })).toHaveLength(1);
  });
});

describe('a schema that nothing fits', () => {
  it('is answered with its example', () => {
    expect(ask('/alike').body).toBe('{"id":1}');
    expect(ask('/alike').headers.Counterproof).toContain('source=example, valid=no');
  });

  it('is answered with what comes nearest, the same for each request', () => {
    const { status, body, headers } = ask('/contradicts');
    expect(status).toBe(200);
    expect(headers.Counterproof).toContain('source=fake, valid=no');
    const value = JSON.parse(String(body)) as { size: number };
    expect(value).toMatchObject({ code: expect.stringMatching(/^[a-z]{2}$/), items: [expect.any(String)] });
    expect(value.size).toBeGreaterThanOrEqual(3);
    expect(ask('/contradicts?a=1').body).toBe(body);
  });

  it('is an error in the form that is declared for it, and says so', () => {
    const { status, body, headers } = ask('/refused/x');
    expect(status).toBe(422);
    expect(headers).toMatchObject({
      'Content-Type': 'application/vnd.error+json',
      Counterproof: 'operation="GET /refused/{id}", source=problem, valid=no, seed=1',
    });
    expect(JSON.parse(String(body))).toEqual({ title: 'Unprocessable Content' });
  });

  it('is searched for a value once, and hardly for each request', () => {
    const place = '/paths/~1refused~1{id}/get/responses/422/content/application~1vnd.error+json/schema';
    const judged = vi.spyOn(operations.schemas.at(place, 'response'), 'validate');
    const fresh = createMock({ operations });
    ask('/refused/first', fresh);
    const searched = judged.mock.calls.length;
    for (const id of 'abcdefgh') expect(ask(`/refused/${id}`, fresh).status).toBe(422);
    expect(searched).toBeGreaterThan(20);
    expect((judged.mock.calls.length - searched) / 8).toBeLessThanOrEqual(5);
    judged.mockRestore();
  });

  it('is a 500 where that is wanted', () => {
    expect(ask('/contradicts', strict).status).toBe(500);
  });
});
