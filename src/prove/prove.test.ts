import { beforeAll, describe, expect, it } from 'vitest';
import { checks, checkTable, createCredentials, type Exchange, run } from '../contract/index.js';
import { createRunChecks } from '../contract/internal.js';
import { documentFromText, readDocument } from '../document/index.js';
import { families, faults, harmlessVariants } from '../fault/index.js';
import { readFixtures } from '../fixture/index.js';
import { createMock } from '../mock/index.js';
import { createOperations, type Operations } from '../operation/index.js';
import { createPaint, type ProofResult, renderReport, terminalReport, verdictLine } from '../report/index.js';
import { prove } from './index.js';
import { overVirtualWire } from './virtual-wire.js';

const root = new URL('../../', import.meta.url);
const at = (path: string): string => new URL(path, root).pathname;

async function builtIn(): Promise<{ operations: Operations; fixtures: Awaited<ReturnType<typeof readFixtures>> }> {
  const operations = createOperations(
    await readDocument(at('spec/openhands-installations.yaml'), { name: 'spec/openhands-installations.yaml' }),
  );
  return { operations, fixtures: await readFixtures(at('fixtures/openhands-installations.yaml'), operations) };
}

async function galaxy(): Promise<Operations> {
  return createOperations(await readDocument(at('node_modules/@scalar/galaxy/dist/3.1.yaml')));
}

const trialsOf = (results: readonly ProofResult[]) => results.flatMap(({ trials }) => trials);

const paint = createPaint(false);

/** What the other documents lack: a required response header, and a 500 that is declared. */
const declared = `
openapi: 3.1.0
info: { title: Declared, version: '1' }
paths:
  /things:
    get:
      parameters:
        - { name: size, in: query, schema: { type: integer, minimum: 1 } }
      responses:
        '200':
          description: All of them
          headers:
            X-Total: { required: true, schema: { type: integer } }
          content: { application/json: { schema: { type: array, items: { type: string } } } }
        '422': { description: Not so }
        '500': { description: It happens }
`;

/** With the one that is proven exhaustively, operations that have parameters, bodies, credentials, and answers without a body. */
const chosen = new Set(['getAllData', 'createPlanet', 'getToken']);

let result: ProofResult;
beforeAll(async () => {
  result = await prove({ ...(await builtIn()) });
});

describe('the proof of the built-in document', () => {
  it('catches every fault that applies, and accuses nothing that is right', () => {
    expect(result.trials.filter(({ outcome }) => outcome.kind === 'survived')).toEqual([]);
    expect(result.falseAlarms).toEqual([]);
    expect(result.score).toBe(1);
    expect(verdictLine(result)).toMatch(/^Proven: \d+ of \d+ faults caught \(100 %\) on 1 operation, no false alarm$/);
  });

  it('says of each fault that does not apply why', () => {
    const reasons = result.trials.flatMap(({ outcome }) => (outcome.kind === 'not-applicable' ? [outcome.reason] : []));
    expect(reasons.every((reason) => reason.length > 10)).toBe(true);
  });

  it('names for each fault the check of the fault table among those that caught it', () => {
    const others = result.trials.flatMap(({ fault, outcome }) => {
      const { caughtBy } = result.faults.find(({ id }) => id === fault) ?? expect.fail();
      return outcome.kind === 'killed' && !outcome.by.some((by) => caughtBy.includes(by)) ? [fault] : [];
    });
    expect(others).toEqual([]);
  });

  it('is the same for the same seed, and counts the places of a fault that are left out', async () => {
    const few = await prove({ ...(await builtIn()), maxSites: 1 });
    const idOf = ({ fault, operationId, site }: ProofResult['trials'][number]) => `${fault} ${operationId} ${site}`;
    const tried = new Set(few.trials.map(idOf));
    expect(result.trials.filter((trial) => tried.has(idOf(trial)))).toEqual(few.trials);
    expect(few.placesLeftOut - result.placesLeftOut).toBe(result.trials.length - few.trials.length);
    expect(few.placesLeftOut).toBeGreaterThan(0);
  });

  it('is told in every report format, and whole', () => {
    expect(JSON.parse(renderReport('json', result))).toEqual(result);
    expect(JSON.parse(renderReport('sarif', result)).runs[0].results).toEqual([]);
    expect(renderReport('junit', result)).toContain('failures="0"');
    expect(renderReport('markdown', result)).toContain('| type-number-for-string | 1 | 0 | 0 |');
    expect(renderReport('html', result)).not.toContain('<script');
    expect(terminalReport(result, paint).split('\n').slice(0, 5)).toMatchInlineSnapshot(`
      [
        "OpenHands 0.53.0, spec/openhands-installations.yaml",
        "",
        "status",
        "  ✓ status-undocumented                1/1  status-documented · after 1 request: a valid request",
        "  ✓ status-no-content                  1/1  status-documented · after 1 request: a valid request",
      ]
    `);
  });
});

describe('the suite', () => {
  /** Every check that noticed a trial, for trials of three documents. */
  let noticed: readonly (readonly string[])[];
  let survived: readonly string[];

  beforeAll(async () => {
    const planets = await galaxy();
    // Which checks notice takes every case of every trial: of Galaxy, only where no other document shows what one is for.
    const exhaustive = [
      await prove({ ...(await builtIn()), exhaustive: true }),
      await prove({ operations: createOperations(documentFromText(declared, { name: 'declared' })), exhaustive: true }),
      await prove({ operations: planets, only: ({ id }) => id === 'deletePlanet', exhaustive: true }),
    ];
    noticed = trialsOf(exhaustive).flatMap(({ outcome }) => (outcome.kind === 'killed' ? [outcome.by] : []));
    const brief = await prove({ operations: planets, only: ({ id }) => chosen.has(id), maxSites: 3 });
    survived = trialsOf([...exhaustive, brief])
      .filter(({ outcome }) => outcome.kind === 'survived')
      .map(({ fault, operationId }) => `${fault} in ${operationId}`);
  });

  it('loses something with each check that is taken away, but for those that a fault shows twice', () => {
    const all = [...checks, ...createRunChecks()].map(({ id }) => id);
    const redundant = all.filter((id) => !noticed.some((by) => by.length === 1 && by[0] === id));
    // Each says more plainly what another check notices too, or is information by design: see docs/prove.md.
    expect(redundant.sort()).toMatchInlineSnapshot(`
      [
        "answers-differ",
      ]
    `);
  });

  it('lets nothing through but what docs/prove.md explains', () => {
    expect(survived).toMatchInlineSnapshot(`[]`);
  });
});

describe('what is sent', () => {
  /** A check that only listens. */
  const listening = (hear: (exchange: Exchange) => void) => ({
    id: 'listening',
    summary: 'it hears every exchange',
    run(exchange: Exchange) {
      hear(exchange);
      return [];
    },
  });

  it('is exactly what check sends, in its order, and asks for gzip only where that does, at the end of a run', async () => {
    const { operations, fixtures } = await builtIn();
    const proven: unknown[] = [];
    const checked: unknown[] = [];
    const zipped = new Set<string>();
    const note = (list: unknown[]) =>
      listening(({ case: { id, title, aspect }, request, received }) => {
        list.push({ id, title, request });
        if (received.headers.some(([name]) => name === 'Content-Encoding')) zipped.add(aspect);
      });
    await prove({ operations, fixtures, faults: [], checks: [note(proven)] });
    expect([...zipped]).toEqual(['repetition']);
    const mock = createMock({ operations, fixtures, apiKey: 'k' });
    await run({
      operations,
      fixtures,
      send: (request, { timeout }) => overVirtualWire(mock.answer(request), request.method, timeout),
      target: 'http://localhost',
      allowWrites: true,
      credentials: createCredentials({ auth: { APIKeyHeader: 'k' } }, ['APIKeyHeader']),
      checks: [note(checked)],
      concurrency: 1,
    });
    expect(proven.slice(0, checked.length)).toEqual(checked);
    expect(checked.length).toBeGreaterThan(40);
  });
});

describe('the catalogue', () => {
  it('has at least one fault in each family that is made from the schema', () => {
    const made = new Set(faults.filter(({ generated }) => generated).map(({ family }) => family));
    expect(families.filter((family) => !made.has(family))).toEqual(['harmless']);
  });

  it('has ids that are words with dashes, each once', () => {
    const ids = [...faults, ...harmlessVariants].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toBe(true);
  });

  it('names checks that exist', () => {
    const known = new Set(checkTable.map(({ id }) => id));
    expect(faults.flatMap(({ caughtBy }) => caughtBy).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('a place that nothing can strike', () => {
  it('is named as not tried, is no part of the score, and the report counts it', async () => {
    const text = `
openapi: 3.1.0
info: { title: Places, version: '1' }
paths:
  /things:
    get:
      responses:
        '200':
          description: All of them
          content: { application/json: { schema: { type: array, items: { type: string } } } }
        '202':
          description: Never answered
          content: { application/json: { schema: { type: integer, minimum: 1 } } }
`;
    const result = await prove({ operations: createOperations(documentFromText(text, { name: 'places' })) });
    const names = result.trials.flatMap(({ site, outcome }) => (outcome.kind === 'not-tried' ? [site] : []));
    expect(names).toContain('/paths/~1things/get/responses/202/content/application~1json/schema/type');
    expect(result.notTried).toBe(names.length);
    expect(result.faults.reduce((sum, { notTried }) => sum + notTried, 0)).toBe(names.length);
    expect(result.score).toBe(1);
    expect(terminalReport(result, paint)).toContain(`not tried: ${names.length} places in the schemas`);
  });
});

describe('a suite that is worth less', () => {
  it('is told so: a fault survives, and the verdict and the exit say it', async () => {
    const { operations, fixtures } = await builtIn();
    const ofTypes = faults.filter(({ family }) => family === 'media-type');
    const others = checks.filter(({ id }) => id !== 'media-type');
    const result = await prove({ operations, fixtures, faults: ofTypes, checks: others });
    expect(result.score).toBeLessThan(1);
    const lost = result.trials.filter(({ outcome }) => outcome.kind === 'survived').map(({ fault }) => fault);
    expect(lost).toContain('media-type-html');
    expect(verdictLine(result)).toContain('Not proven');
    expect(renderReport('junit', result)).toContain('<failure');
    expect(
      JSON.parse(renderReport('sarif', result)).runs[0].results[0].locations[0].physicalLocation.region.startLine,
    ).toBeGreaterThan(1);
  });

  it('is told so too when it accuses what is right', async () => {
    const { operations, fixtures } = await builtIn();
    const jealous = {
      id: 'jealous',
      summary: 'it complains of every charset',
      run: ({ received }: Parameters<(typeof checks)[number]['run']>[0]) =>
        received.headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.includes('charset'))
          ? [{ severity: 'violation' as const, message: 'charset', expected: 'none', received: 'one', pointer: '' }]
          : [],
    };
    const one = faults.filter(({ id }) => id === 'media-type-html');
    const result = await prove({ operations, fixtures, faults: one, checks: [...checks, jealous] });
    expect(result.falseAlarms.map(({ variant }) => variant)).toContain('harmless-charset');
    expect(verdictLine(result)).toContain('false alarm');
  });
});
