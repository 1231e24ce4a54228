/**
 * Measures how much the made-up answers look like those of a real server: `npm run realism -- api.yaml …` (the documents
 * at hand without arguments). Prints a table, and with `--show 5` as many bodies of each document, beside Prism's with
 * `--prism`. With `--made` every body is made from its schema, so that neither rows nor whole-body examples are shown.
 */
import { createMock, createOperations, findResources, readDocument } from 'counterproof';
import { deriveCases } from '../dist/contract/internal.js';
import { readOptions } from './options.mjs';
import { measure, percentages } from './realism/measure.mjs';
import { prismBodies } from './realism/prism.mjs';

const atHand = [
  'spec/openhands-installations.yaml',
  'spec/counterproof-control.yaml',
  'tests/documents/openhands-v0.json',
  'tests/documents/openhands-agent-server.json',
  'node_modules/@scalar/galaxy/dist/3.1.yaml',
  'node_modules/@figma/rest-api-spec/openapi/openapi.yaml',
];

const { values, positionals } = readOptions(import.meta.url, {
  allowPositionals: true,
  options: {
    show: { type: 'string', default: '0' },
    prism: { type: 'boolean', default: false },
    most: { type: 'string', default: '300' },
    odd: { type: 'boolean', default: false },
    made: { type: 'boolean', default: false },
  },
});

/** Whether an answer shows the thing that the last parameter of its path names: what it lists, or counts, need not say that. */
const isOfThing = (role) => role?.kind === 'read' && role.keyParameter !== null && role.resource.key !== null;

/** The bodies of the answers to valid GET requests, each with its target and path parameters. */
function bodiesOf(operations, most) {
  const mock = createMock({ operations });
  const resources = findResources(operations);
  const bodies = [];
  for (const entry of operations.entries) {
    if (bodies.length >= most) break;
    if (entry.method !== 'GET') continue;
    const operation = operations.compile(entry);
    const [first] = deriveCases(operation, operations, { seed: 1, maxCases: 1 });
    if (first === undefined) continue;
    const { request } = first;
    const prefer = values.made ? 'dynamic=true, validate=off' : 'validate=off';
    const headers = { ...request.headers, prefer };
    const answer = mock.answer({ ...request, headers });
    if (answer.status >= 300 || typeof answer.body !== 'string' || !/json/.test(answer.headers['Content-Type']))
      continue;
    const match = operations.match('GET', request.target);
    bodies.push({
      target: request.target,
      parameters: match.kind === 'operation' ? match.pathParameters : {},
      isOfThing: isOfThing(resources.roleOf(entry.id)),
      body: JSON.parse(answer.body),
    });
  }
  return bodies;
}

const rows = {};
const odd = new Map();
for (const path of positionals.length > 0 ? positionals : atHand) {
  const operations = createOperations(await readDocument(path));
  const bodies = bodiesOf(operations, Number(values.most));
  rows[path.split('/').slice(-2).join('/')] = percentages(measure(bodies, odd));
  const shown = bodies.filter(
    (_, index) => Number(values.show) > 0 && index % Math.ceil(bodies.length / Number(values.show)) === 0,
  );
  const others =
    values.prism && shown.length > 0
      ? await prismBodies(
          path,
          shown.map(({ target }) => target),
        )
      : [];
  for (const [index, { target, body }] of shown.entries()) {
    console.log(`\n== ${path} GET ${target}\n${JSON.stringify(body, null, 1)}`);
    if (others[index] !== undefined) console.log(`-- Prism\n${others[index]}`);
  }
}
console.table(rows);
if (values.odd) for (const [kind, found] of odd) console.log(kind, found.slice(0, 60).join(' | '));
