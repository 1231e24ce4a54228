import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Check, createClient, type Exchange, run } from '../src/contract/index.js';
import { readDocument } from '../src/document/index.js';
import { createOperations } from '../src/operation/index.js';
import { endAll, root, startMock } from './command.js';
import { startPrism } from './prism/server.js';

const document = 'spec/openhands-installations.yaml';

async function runAgainst(target: string, checks?: readonly Check[]) {
  const operations = createOperations(await readDocument(join(root, document), { name: document }));
  const client = createClient(target);
  try {
    return await run({ operations, send: client.send, target, allowWrites: true, ...(checks && { checks }) });
  } finally {
    client.close();
  }
}

type Prism = Awaited<ReturnType<typeof startPrism>>;
let mock: Prism;
let proxy: Prism;
beforeAll(async () => {
  const upstream = await startMock(['--quiet']);
  const file = join(root, document);
  [mock, proxy] = await Promise.all([
    startPrism(file),
    startPrism(file, { upstream: new URL(upstream.url.replace('localhost', '127.0.0.1')) }),
  ]);
});
afterAll(() => {
  mock?.end();
  proxy?.end();
  endAll();
});

test('Prism serving the same document is judged, and each finding is explained in the documentation', async () => {
  const { findings } = await runAgainst(mock.url);
  const said = findings.map(({ check, severity, message, cases }) => `${severity} ${check}: ${message} (${cases})`);
  expect(said).toMatchInlineSnapshot(`
    [
      "violation method-not-allowed: The answer 405 has no Allow field (8)",
      "information answers-differ: The answer does not depend on the query provider parameter (1)",
    ]
  `);
  const page = readFileSync(join(root, 'docs/check.md'), 'utf8');
  for (const { check, message } of findings) expect(page).toContain(`\`${check}\`: ${message}`);
});

describe("Prism's validating proxy between the suite and the mock", () => {
  /** What the proxy says of each exchange: `sl-violations` is a JSON array. */
  async function listen(): Promise<{ exchange: Exchange; violations: string[] }[]> {
    const heard: { exchange: Exchange; violations: string[] }[] = [];
    const listener: Check = {
      id: 'listener',
      summary: 'it only listens',
      run(exchange) {
        const header = exchange.received.headers.find(([name]) => name.toLowerCase() === 'sl-violations')?.[1] ?? '[]';
        const violations = JSON.parse(header) as { location: string[]; code?: string; message: string }[];
        heard.push({
          exchange,
          violations: violations.map(({ location, message }) => `${location.join('.')}: ${message}`),
        });
        return [];
      },
    };
    await runAgainst(proxy.url, [listener]);
    return heard;
  }

  test('sees no violation that the suite did not intend, and each that it did', async () => {
    const heard = await listen();
    expect(heard.length).toBeGreaterThan(40);
    for (const { exchange, violations } of heard) {
      const { expectation, title } = exchange.case;
      const ofRequest = violations.filter((violation) => violation.startsWith('request'));
      // An undeclared status (401, 405, 406) is the one thing that it has to say of the mock's answers.
      const ofResponse = violations.filter((violation) => violation.startsWith('response'));
      expect(
        ofResponse.filter((violation) => !violation.includes('Unable to match the returned status')),
        title,
      ).toEqual([]);
      if (expectation === 'accepted' || expectation === 'not-acceptable') expect(ofRequest, title).toEqual([]);
      if (expectation === 'rejected') expect(ofRequest.length, title).toBeGreaterThan(0);
      if (expectation === 'unauthorized') expect(ofRequest, title).toEqual(['request: Invalid security scheme used']);
    }
  });
});
