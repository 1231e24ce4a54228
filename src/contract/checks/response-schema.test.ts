import { describe, expect, it } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Complaint, ContractCase, Exchange } from '../types.js';
import { responseSchema } from './response-schema.js';

const operations = createOperations(
  documentFromText(
    `
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pet:
    get:
      responses:
        '200':
          description: A pet
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
  /nothing:
    get:
      responses:
        '200':
          description: Nothing fits
          content: { application/json: { schema: { allOf: [{ type: object }, { type: string }] } } }
  /page:
    get:
      responses:
        '200':
          description: Whatever is there
          content: { application/xml: { schema: { type: object } }, application/json: { schema: { type: object } } }
  /list:
    get:
      responses:
        '200':
          description: Items that nothing fits
          content:
            application/json:
              schema:
                type: array
                items:
                  type: object
                  required: [at]
                  allOf: [{ properties: { at: { type: string } } }]
                  properties: { at: { type: integer }, name: { type: string } }
components:
  schemas:
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind }
    Cat: { type: object, required: [kind], properties: { kind: { const: Cat }, dog: false } }
    Dog: { type: object, required: [kind], properties: { kind: { const: Dog } } }
`,
    { name: 'pets.yaml' },
  ),
);

function complaintsAbout(body: unknown, entry = operations.entries[0]): readonly Complaint[] {
  return complaintsOfText(JSON.stringify(body), 'application/json', entry);
}

function complaintsOfText(text: string, type: string, entry = operations.entries[0]): readonly Complaint[] {
  const operation = operations.compile(entry ?? expect.fail());
  const bytes = new TextEncoder().encode(text);
  const exchange: Exchange = {
    case: { expectation: 'accepted', aspect: 'accepted' } as ContractCase,
    operation,
    request: { method: 'GET', target: '/pet', headers: {}, body: null },
    received: {
      status: 200,
      headers: [['Content-Type', type]],
      raw: bytes,
      body: bytes,
      problems: [],
      duration: 1,
    },
  };
  return responseSchema.run(exchange, { operations, strict: false, bases: new Map() }) ?? [];
}

function complaints(body: unknown): readonly string[] {
  return complaintsAbout(body).map(({ pointer }) => pointer);
}

describe('response-schema', () => {
  it('complains where no alternative of a discriminated union is meant', () => {
    expect(complaints({ kind: 'Cat' })).toEqual([]);
    expect(complaints({ kind: 'Fish' })).toHaveLength(1);
    expect(complaints({ kind: null })).toHaveLength(1);
    expect(complaints({})).toHaveLength(1);
  });

  it('complains of a member that the schema `false` forbids', () => {
    expect(complaints({ kind: 'Cat', dog: 'Rex' })).toHaveLength(1);
  });

  it('names a schema that nothing fits, and accuses no answer', () => {
    expect(complaintsAbout({}, operations.entries[1])).toMatchObject([
      { severity: 'warning', isUndecided: true, message: expect.stringContaining('no value was found') },
    ]);
  });

  it('accuses no item that nothing fits, whichever of its members it is that does not', () => {
    expect(complaintsAbout([], operations.entries[3])).toEqual([]);
    for (const item of [{ at: 'noon' }, { at: 12 }, { at: 12, name: 1 }])
      expect(complaintsAbout([item], operations.entries[3])).toMatchObject([
        { severity: 'warning', isUndecided: true, message: expect.stringContaining('no value was found') },
      ]);
  });

  it.each([
    ['application/json', '{"a":', '1', '}'],
    ['application/xml', '<a>', '', '</a>'],
  ])('cannot tell of %s that is nested too deep to be read, and accuses nobody', (type, open, inner, close) => {
    const nested = (depth: number) =>
      complaintsOfText(open.repeat(depth) + inner + close.repeat(depth), type, operations.entries[2]);
    expect(nested(250)).toEqual([]);
    const [complaint, ...others] = nested(300);
    expect(complaint).toMatchObject({ severity: 'warning', isUndecided: true });
    expect(others).toEqual([]);
  });
});
