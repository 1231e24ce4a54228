import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Defect } from '../life/library/defects.js';
import { documentOf } from '../life/library/document.js';
import { library } from '../life/library/server.js';
import { run } from '../run/run.js';
import { readWorkflows } from './arazzo.js';

const operations = createOperations(documentFromObject(documentOf({})));

/** The findings of workflows against the library, and how it ended. */
async function performed(workflows: string, defect: Defect | null = null, options: { allowWrites?: boolean } = {}) {
  const text = `arazzo: 1.0.1
info: { title: Books, version: 1.0.0 }
sourceDescriptions: [{ name: library, url: ./library.yaml, type: openapi }]
workflows:
${workflows}`;
  const asked: string[] = [];
  const send = library(operations, {}, defect);
  const result = await run({
    operations,
    target: 'http://library',
    allowWrites: true,
    aspects: ['repetition'],
    check: ['workflow'],
    maxCases: 1,
    concurrency: 1,
    repeats: 0,
    workflows: readWorkflows('books.arazzo.yaml', text),
    inputs: { title: 'A title of mine' },
    send: async (request, how) => {
      asked.push(
        `${request.method} ${request.target} ${new TextDecoder().decode(request.body ?? new Uint8Array())}`.trim(),
      );
      return send(request, how);
    },
    ...options,
  } as Parameters<typeof run>[0]);
  const said = result.findings.map(({ severity, message, expected }) => `${severity}: ${message} [${expected}]`);
  return { said, asked, verdict: result.verdict };
}

const life = `
  - workflowId: life
    inputs: { type: object, properties: { title: { type: string }, pages: { type: integer, default: 12 } } }
    steps:
      - stepId: create
        operationId: createBook
        requestBody:
          contentType: application/json
          payload: { title: $inputs.title, pages: 1, note: 'about {$inputs.title}' }
          replacements: [{ target: /pages, value: $inputs.pages }]
        successCriteria: [{ condition: $statusCode == 201 && $response.body#/pages >= 12 }]
        outputs: { id: $response.body#/id, place: $response.header.Location }
      - stepId: read
        operationPath: '{$sourceDescriptions.library.url}#/paths/~1books~1{bookId}/get'
        parameters: [{ name: bookId, in: path, value: $steps.create.outputs.id }]
        successCriteria:
          - { condition: "$response.body#/note == 'ABOUT a title of mine'" }
          - { context: $response.body#/title, condition: '^A title', type: regex }
          - { condition: "!($statusCode != 200) && ($response.header.ETag == '\\"1\\"' || false)" }
        outputs: { title: $response.body#/title }
    outputs: { title: $steps.read.outputs.title }
`;

describe('a workflow', () => {
  it('is carried out as it is, with what its steps give each other', async () => {
    const { said, asked } = await performed(life);
    expect(said).toEqual([]);
    expect(asked.slice(0, 2)).toEqual([
      'POST /books {"title":"A title of mine","pages":12,"note":"about A title of mine"}',
      'GET /books/6',
    ]);
  });

  it('is a finding where a step of it fails, and goes no further', async () => {
    const { said, verdict } = await performed(life, 'create-forgets');
    expect(said).toEqual([
      `violation: The workflow life fails in its step read: GET /books/6 was answered with 404 [$response.body#/note == 'ABOUT a title of mine']`,
    ]);
    expect(verdict).toBe('broken');
  });

  it('goes on after a failure as it says: again, elsewhere, or to an end', async () => {
    const { said, asked } = await performed(`
  - workflowId: ways
    dependsOn: [before]
    steps:
      - stepId: missing
        operationId: $sourceDescriptions.library.readBook
        parameters: [{ name: bookId, in: path, value: 77 }]
        onFailure:
          - { name: again, type: retry, retryAfter: 0.001, retryLimit: 2, criteria: [{ condition: $statusCode == 500 }] }
          - { name: elsewhere, type: goto, stepId: there }
      - stepId: skipped
        operationId: deleteBook
        parameters: [{ name: bookId, in: path, value: 1 }]
      - stepId: there
        operationId: readBook
        parameters: [{ name: bookId, in: path, value: 2 }]
        onSuccess: [{ name: enough, type: end }]
  - workflowId: before
    steps: [{ stepId: list, operationId: listBooks, parameters: [{ name: size, in: query, value: 2 }] }]
`);
    expect(said).toEqual([]);
    expect(asked.slice(0, 3)).toEqual(['GET /books?size=2', 'GET /books/77', 'GET /books/2']);
  });

  it('is said to be untold where nobody can judge it, and writes only where that is allowed', async () => {
    const [json, writing] = [
      `
  - workflowId: odd
    steps:
      - stepId: one
        operationId: listBooks
        successCriteria:
          - { context: $response.body, condition: '//book', type: { type: xpath, version: xpath-30 } }
          - { context: $response.body, condition: '$[?', type: jsonpath }
      - { stepId: two, operationId: nowhere }
`,
      life,
    ];
    const odd = await performed(json);
    expect(odd.said.map((each) => each.replace(/ \[.*/, ''))).toEqual([
      'warning: In the step one conditions of the type xpath are not judged: //book',
      expect.stringMatching(/^warning: In the step one the JSONPath cannot be read: \$\[\?/),
      'warning: The workflow odd, step two, could not be taken: nowhere is no operation of this document',
    ]);
    expect(odd.verdict).toBe('incomplete');
    const { asked, said } = await performed(writing, null, { allowWrites: false });
    expect(asked.some((each) => each.startsWith('POST'))).toBe(false);
    expect(said.join()).toContain('pass --allow-writes');
  });

  it('leaves out inputs that nobody gives and that are not required, and blames nobody for what that leads to', async () => {
    const { said, asked, verdict } = await performed(`
  - workflowId: brief
    inputs: { type: object, properties: { title: {}, note: {}, size: {} } }
    steps:
      - stepId: create
        operationId: createBook
        requestBody: { payload: { title: $inputs.title, pages: 1, note: $inputs.note } }
        successCriteria: [{ condition: $statusCode == 201 }]
      - stepId: list
        operationId: listBooks
        parameters: [{ name: size, in: query, value: $inputs.size }]
        successCriteria: [{ condition: $statusCode == 404 }]
  - workflowId: strict
    inputs: { type: object, required: [name], properties: { name: {} } }
    steps: [{ stepId: list, operationId: listBooks, parameters: [{ name: size, in: query, value: '{$inputs.name}' }] }]
`);
    expect(asked.slice(0, 2)).toEqual(['POST /books {"title":"A title of mine","pages":1}', 'GET /books']);
    expect(said.map((each) => each.replace(/ \[.*/, ''))).toEqual([
      'warning: The workflow brief, step list, could not be taken: nothing is known of $inputs.size: pass --input size=…',
      'warning: The workflow strict, step list, could not be taken: nothing is known of {$inputs.name}: pass --input name=…',
    ]);
    expect(verdict).toBe('incomplete');
  });

  it('has criteria in JSONPath, which hold where they select anything', async () => {
    const { said } = await performed(`
  - workflowId: paths
    steps:
      - stepId: any
        operationId: readBook
        parameters: [{ name: bookId, in: path, value: 2 }]
        successCriteria: [{ context: $response.body, condition: '$[?@ == 2]', type: jsonpath }]
      - stepId: none
        operationId: readBook
        parameters: [{ name: bookId, in: path, value: 2 }]
        successCriteria: [{ context: $response.body, condition: '$.pages[0]', type: { type: jsonpath, version: rfc9535 } }]
`);
    expect(said).toEqual([
      'violation: The workflow paths fails in its step none: GET /books/2 was answered with 200 [$response.body: $.pages[0]]',
    ]);
  });

  it('is read from an Arazzo document of version 1 alone', () => {
    expect(() => readWorkflows('x.yaml', 'openapi: 3.1.0')).toThrow('is no Arazzo document');
    expect(() => readWorkflows('x.yaml', 'arazzo: 2.0.0\nworkflows: []')).toThrow('expected 1.0');
  });
});
