import { expect, it } from 'vitest';
import { formatProblem } from '../../errors.js';
import { documentFromText } from '../read/read.js';

const document = documentFromText(
  `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters:
        - { name: q, in: query, style: simple, schema: { type: array, items: { type: string } } }
        - { name: h, in: header, style: form, schema: { type: string } }
        - { name: p, in: query, style: pipeDelimited, schema: { type: string } }
        - { name: d, in: query, style: deepobject, schema: { type: object } }
      responses:
        '200':
          description: d
          content:
            application/json:
              schema: { type: object }
              examples: [{ a: x }, { value: { a: y } }]
`,
  { name: 'a.yaml' },
);

it('says which style is read where none of the place has the declared one, and that examples need names', () => {
  expect(document.problems.map(formatProblem)).toMatchInlineSnapshot(`
    [
      "a.yaml:7:33 at /paths/~1a/get/parameters/0/style: Parameter "q" has a style that none in query has, and is read in the style form (expected form, spaceDelimited, pipeDelimited, deepObject, found "simple")",
      "a.yaml:8:34 at /paths/~1a/get/parameters/1/style: Parameter "h" has a style that none in header has, and is read in the style simple (expected simple, found "form")",
      "a.yaml:10:33 at /paths/~1a/get/parameters/3/style: Parameter "d" has a style that none in query has, and is read in the style deepObject (expected form, spaceDelimited, pipeDelimited, deepObject, found "deepobject")",
      "a.yaml:17:15 at /paths/~1a/get/responses/200/content/application~1json/examples: "examples" is a list, as in a schema, and was read as examples with the names 1, 2 and so on (expected an object of Example Objects by name, found a list)",
    ]
  `);
});

it('reads a list of examples as examples', () => {
  expect(document.root).toMatchObject({
    paths: {
      '/a': {
        get: {
          responses: {
            200: {
              content: { 'application/json': { examples: { 1: { value: { a: 'x' } }, 2: { value: { a: 'y' } } } } },
            },
          },
        },
      },
    },
  });
});
