import { fileURLToPath } from 'node:url';
import { createMock, createOperations, type RunningServer, readDocument, serve } from 'counterproof';
import {
  aspects,
  createClient,
  createCredentials,
  credentialsFromEnvironment,
  plannedCases,
  run,
  schemeNames,
} from 'counterproof/contract';
import { createPaint, terminalReport } from 'counterproof/report';
import { test } from 'playwright/test';

/**
 * DOCUMENT is an OpenAPI document (the built-in one), TARGET_URL the implementation to check (a mock of the
 * document), SEED makes other data, ALLOW_WRITES=1 sends POST, PUT, PATCH and DELETE to another machine.
 * Credentials are read as `counterproof check` reads them from the environment.
 */
const { DOCUMENT, TARGET_URL, SEED = '1', ALLOW_WRITES } = process.env;

const document = await readDocument(
  DOCUMENT ?? fileURLToPath(new URL('../spec/openhands-installations.yaml', import.meta.url)),
);
const operations = createOperations(document);
const credentials = createCredentials(credentialsFromEnvironment(document, process.env), schemeNames(document));
const seed = Number(SEED);

let mock: RunningServer | null = null;
let target = TARGET_URL ?? '';
test.beforeAll(async () => {
  if (TARGET_URL) return;
  mock = await serve(() => createMock({ operations }), { port: 0 });
  target = mock.url;
});
test.afterAll(() => mock?.close());

for (const { id, method, path } of operations.entries) {
  const planned = new Set([...plannedCases({ operations, operation: [id], seed })].map(({ aspect }) => aspect));
  test.describe(`${method} ${path}`, () => {
    for (const aspect of aspects.filter((each) => planned.has(each))) {
      test(aspect, async () => {
        const client = createClient(target);
        const allowWrites = client.target.loopback || ALLOW_WRITES === '1';
        const options = { operations, seed, credentials, operation: [id], aspects: [aspect], allowWrites };
        const result = await run({ ...options, send: client.send, target: client.target.url });
        client.close();
        test.skip(result.counts.requests === 0, result.notSent.map(({ message }) => `not sent: ${message}`).join('; '));
        if (result.verdict !== 'kept') throw new Error(terminalReport(result, createPaint(false)));
      });
    }
  });
}
