import { expect, test } from 'vitest';
import { documentFromObject, documentFromText } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createOperations } from '../operation/index.js';
import { writeDeclarations } from './write.js';

function typesOf(components: string, schema = '{ $ref: "#/components/schemas/Subject" }'): string {
  const text = `openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  /things:
    post:
      operationId: send
      requestBody: { required: true, content: { application/json: { schema: ${schema} } } }
      responses: { '200': { description: ok, content: { application/json: { schema: ${schema} } } } }
components:
  schemas:
${components.replaceAll(/^(?=.)/gm, '    ')}`;
  const written = writeDeclarations(createOperations(documentFromText(text, { name: 'api.yaml' })));
  return written.slice(written.indexOf('\n}\n') + 3).trim();
}

const textOf = (schema: string): string =>
  typesOf(`Subject: ${schema}`).replace(/^(?:\/\*\*.*\*\/\n)?export type Subject = /, '');

test('an operation is declared with its name, parameters, bodies, answers and cases', () => {
  const text = `openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  /users/{id}:
    get:
      summary: One user
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: full-name, in: query, schema: { type: boolean } }
        - { name: X-Team, in: header, required: true, description: The team., schema: { enum: [red, blue] } }
        - { name: mode, in: cookie, deprecated: true, schema: { type: string } }
      responses:
        '200':
          description: ok
          headers: { X-Rate: { schema: { type: integer } }, X-List: { schema: { type: array, items: { type: string } } } }
          content:
            application/json: { schema: { type: string }, examples: { shown: { value: a } } }
            text/csv: {}
        '204': { description: nothing }
        4XX: { description: wrong, content: { application/problem+json: { schema: true } } }
        default: { description: else, content: { image/png: {} } }
`;
  const operations = createOperations(documentFromText(text, { name: 'api.yaml' }));
  const cases = 'operations: { "GET /users/{id}": { cases: { none: { status: 404 } } } }';
  const fixtures = fixturesFromText(cases, 'f.yaml', operations);
  expect(writeDeclarations(operations, fixtures)).toMatchInlineSnapshot(`
    "// Written by \`counterproof types\` from api.yaml: write it anew, and do not change it.
    import 'counterproof';

    declare module 'counterproof' {
      interface OperationTypes {
        /** \`GET /users/{id}\`: One user */
        'GET /users/{id}': {
          name: 'GET /users/{id}';
          path: {
            id: number;
          };
          query: {
            'full-name'?: boolean;
          };
          header: {
            /** The team. */
            'x-team': 'red' | 'blue';
            [name: string]: unknown;
          };
          cookie: {
            /** @deprecated */
            mode?: string;
          };
          body: undefined;
          answers: {
            200: {
              headers: {
                'X-Rate'?: number;
                'X-List'?: string | number;
              };
              body: string;
            };
            204: {
              headers: {};
              body: undefined;
            };
            '4XX': {
              headers: {};
              body: unknown;
            };
            default: {
              headers: {};
              body: unknown;
            };
          };
          cases: 'none' | 'shown';
        };
      }
    }
    "
  `);
});

test('keywords become what people write by hand', () => {
  const rows: [schema: string, type: string][] = [
    ['{}', 'unknown'],
    ['true', 'unknown'],
    ['{ type: string, format: date-time }', 'string'],
    ['{ type: [integer, number, "null"] }', 'number | null'],
    ['{ type: boolean }', 'boolean'],
    ['{ enum: [a, "b\'c", 1, null, [2], { d: true }] }', `'a' | 'b\\'c' | 1 | null | [2] | { d: true }`],
    ['{ type: string, enum: [a, 1] }', `'a'`],
    ['{ const: 7 }', '7'],
    ['{ type: array }', 'unknown[]'],
    ['{ type: array, items: { type: [string, "null"] } }', '(string | null)[]'],
    ['{ items: { type: string } }', 'string[]'],
    [
      '{ prefixItems: [{ type: string }, { type: [number, "null"] }], minItems: 1 }',
      '[string, (number | null)?, ...unknown[]]',
    ],
    ['{ prefixItems: [{ type: string }], items: false, minItems: 1 }', '[string]'],
    ['{ type: object }', '{\n  [name: string]: unknown;\n}'],
    ['{ type: object, additionalProperties: false }', 'Record<string, never>'],
    ['{ additionalProperties: { type: integer } }', '{\n  [name: string]: number;\n}'],
    [
      '{ patternProperties: { "^x-": { type: string } }, additionalProperties: false }',
      '{\n  [name: string]: string;\n}',
    ],
    ['{ properties: { a: { type: string }, b-c: {} }, required: [a] }', "{\n  a: string;\n  'b-c'?: unknown;\n}"],
    [
      '{ properties: { a: { type: string } }, required: [a], additionalProperties: { type: integer } }',
      '{\n  a: string;\n  [name: string]: number | string;\n}',
    ],
    ['{ anyOf: [{ type: string }, { type: "null" }] }', 'string | null'],
    ['{ oneOf: [{ type: string }, {}] }', 'unknown'],
    ['{ type: string, anyOf: [{ enum: [a] }, { enum: [b] }] }', `string & ('a' | 'b')`],
    ['{ not: { type: string } }', 'unknown'],
  ];
  for (const [schema, type] of rows) expect(textOf(schema), schema).toBe(`${type};`);
});

test('what is referred to has a name, also where it leads back to itself or is no identifier', () => {
  const components = `Subject: { type: object, properties: { inner: { $ref: '#/components/schemas/Subject' }, other: { $ref: '#/components/schemas/a.b-c' } } }
a.b-c: { type: array, items: { $ref: '#/components/schemas/Subject' } }
ABC: { type: string }
AbC: { $ref: '#/components/schemas/Record' }
Record: { anyOf: [{ $ref: '#/components/schemas/AbC' }, { type: 'null' }] }
string: { type: string }`;
  expect(typesOf(components)).toMatchInlineSnapshot(`
    "export type ABC = string;

    export type ABC2 = Subject[];

    export type AbC = RecordBase;

    export type Record2 = AbC | null;

    export type RecordBase = unknown;

    export type Subject = {
      inner?: Subject;
      other?: ABC2;
    };

    export type string2 = string;"
  `);
});

test('a type differs by direction only where something that is readOnly or writeOnly is required', () => {
  const components = `Subject: { type: object, required: [id, name, secret], properties: { id: { type: integer, readOnly: true }, name: { type: string }, secret: { type: string, writeOnly: true }, tags: { type: array, items: { $ref: '#/components/schemas/Tag' } } } }
Tag: { type: object, properties: { id: { type: integer, readOnly: true } } }
List: { type: array, items: { $ref: '#/components/schemas/Subject' } }`;
  expect(typesOf(components, '{ $ref: "#/components/schemas/List" }')).toMatchInlineSnapshot(`
    "export type List = Subject[];

    export type ListInput = SubjectInput[];

    export type Subject = {
      id: number;
      name: string;
      secret?: string;
      tags?: Tag[];
    };

    export type SubjectInput = {
      id?: number;
      name: string;
      secret: string;
      tags?: Tag[];
    };

    export type Tag = {
      id?: number;
    };"
  `);
});

test('a discriminator tells alternatives apart, and what extends a base', () => {
  const components = `Subject: { oneOf: [{ $ref: '#/components/schemas/Car' }, { $ref: '#/components/schemas/Boat' }, { $ref: '#/components/schemas/Pet' }], discriminator: { propertyName: kind, mapping: { car: Car } } }
Car: { type: object, required: [kind], properties: { kind: { type: string } } }
Boat: { type: object, required: [kind], properties: { kind: { const: Boat } } }
Pet: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { lives: { type: integer } } }] }
Named: { allOf: [{ $ref: '#/components/schemas/Named0' }, { required: [name] }] }
Named0: { type: object, properties: { name: { type: [string, 'null'] } } }`;
  expect(typesOf(components)).toMatchInlineSnapshot(`
    "type WithRequired<Type, Name extends PropertyKey> = Type extends unknown
      ? Type & Required<Pick<Type, Extract<Name, keyof Type>>>
      : never;

    export type Boat = {
      kind: 'Boat';
    };

    export type Car = {
      kind: string;
    };

    export type Cat = PetBase & {
      lives?: number;
    };

    export type Named = WithRequired<Named0, 'name'>;

    export type Named0 = {
      name?: string | null;
    };

    export type Pet = (PetBase & { kind: 'Pet' }) | (Cat & { kind: 'Cat' });

    export type PetBase = {
      kind: string;
    };

    export type Subject = (Car & { kind: 'car' }) | Boat | (Pet & { kind: 'Pet' });"
  `);
});

test('declares schemas that lead to each other deeper than the stack bears', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `C${index}`,
      { type: 'object', properties: { c: { $ref: `#/components/schemas/C${index + 1}` } } },
    ]),
  );
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { ...schemas, C5000: { type: 'integer' } } },
  });
  expect(writeDeclarations(createOperations(document))).toContain('export type C5000 = number;');
});
