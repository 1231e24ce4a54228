import { expect, test } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { checkRequest, createOperations } from '../../operation/index.js';
import { goalOf, mergeCoverage, sentValues } from './coverage.js';
import { compare, summarize } from './coverage-report.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  /trees/{kind}:
    post:
      operationId: plant
      parameters:
        - { name: kind, in: path, required: true, schema: { enum: [oak, elm] } }
        - { name: sort, in: query, schema: { type: array, items: { $ref: '#/components/schemas/Order' } } }
        - { name: X-Mode, in: header, schema: { enum: [fast] } }
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Tree' }
      responses: { '201': { description: '' }, 4XX: { description: '' } }
  /trees:
    get:
      operationId: list
      responses: { '200': { description: '' } }
components:
  schemas:
    Order: { anyOf: [{ enum: [up, down] }, { enum: [up, none] }] }
    Tree:
      type: object
      properties:
        leaf: { enum: [green, 7] }
        children: { type: array, items: { $ref: '#/components/schemas/Tree' } }
      allOf: [{ $ref: '#/components/schemas/Tree' }]
`,
    { name: 'trees.yaml' },
  ),
);

function sent() {
  const match = operations.match('POST', '/trees/oak?sort=up&sort=none');
  if (match.kind !== 'operation') throw new Error('It is there');
  const operation = operations.compile(match.entry);
  const request = {
    method: 'POST',
    target: '/trees/oak?sort=up&sort=none',
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode('{"leaf":"green","children":[{"leaf":7},{"leaf":"red"}]}'),
  };
  return sentValues(operation, checkRequest(operation, request, match.pathParameters).values);
}

test('enums are found in parameters and bodies, and a schema that leads back to itself ends', () => {
  const { values, responses } = goalOf(operations).plant ?? {};
  expect(responses).toEqual(['201', '4XX']);
  expect(values).toMatchObject({
    'path kind': ['oak', 'elm'],
    'query sort/*': ['up', 'down', 'none'],
    'header x-mode': ['fast'],
    'body /leaf': ['green', 7],
    'body /children/*/leaf': ['green', 7],
  });
});

test('of a request those enum values count that were sent, and others do not', () => {
  expect(sent()).toEqual({
    'path kind': ['oak'],
    'query sort/*': ['up', 'none'],
    'body /leaf': ['green'],
    'body /children/*/leaf': [7],
  });
});

test('a report says what was exercised, and names what was not', () => {
  const one = { plant: { requests: 1, responses: { '4XX': 1 }, values: sent() } };
  const other = { plant: { requests: 2, responses: { '4XX': 1, '500': 1 }, values: { 'path kind': ['elm', 'oak'] } } };
  const merged = mergeCoverage(one, other);
  expect(merged.plant).toMatchObject({ requests: 3, responses: { '4XX': 2, '500': 1 } });
  expect(merged.plant?.values['path kind']).toEqual(['oak', 'elm']);
  const goal = goalOf(operations);
  const shallow = {
    ...goal,
    plant: { responses: ['201', '4XX'], values: { 'path kind': ['oak', 'elm'], 'query sort/*': ['up', 'down'] } },
  };
  expect(
    summarize(compare({ document: 'trees.yaml', file: null, operations: merged }, shallow)),
  ).toMatchInlineSnapshot(`
    "  The page's tests exercised of trees.yaml: operations 1 of 2, responses 1 of 3, enum values 3 of 4
        plant: never answered 201; never sent query sort/* "down"
        list: never asked for"
  `);
});
