import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer, textOfAnswer } from './answer-text.js';
import { chipsOf, without } from './chips.js';
import { fromHar, toHar } from './har.js';
import { found, grouped, pathPieces } from './operation-rows.js';
import type { Entry, Exchange, OperationDetail } from './payloads.js';
import { fetchSnippet, playwrightSnippet } from './snippets.js';

describe('an answer that is typed', () => {
  const read = (text: object, contentType: string | null = 'application/json', offContract = false) =>
    readAnswer({ status: '200', headers: '', body: '', ...text }, contentType, offContract);

  test('is what there was, where nothing was typed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 200, max: 599 }), (body, status) => {
        const text = textOfAnswer({ status, body: JSON.stringify(body) });
        expect(readAnswer(text, 'application/json', false)).toEqual({ status, body: JSON.parse(JSON.stringify(body)) });
      }),
    );
  });

  test.each([
    [{ status: '2000' }, /a number from 200 to 599/],
    [{ body: '{' }, /^The body is no JSON: /],
    [{ headers: 'Retry-After 30' }, /^"Retry-After 30" is no header/],
  ])('%j is said to be wrong', (text, message) => {
    expect(read(text)).toMatch(message);
  });

  test('has headers, may be no JSON, and what the document does not allow', () => {
    expect(read({ headers: 'Retry-After: 30\n\nX-A: b: c ' }, null, true)).toEqual({
      status: 200,
      headers: { 'Retry-After': '30', 'X-A': 'b: c' },
      offContract: true,
    });
    expect(read({ body: '<b/>' }, 'text/html')).toEqual({ status: 200, body: '<b/>' });
    expect(read({ body: '[]' }, 'application/problem+json; charset=utf-8')).toEqual({ status: 200, body: [] });
  });
});

describe('answers by one click', () => {
  const detail = {
    statuses: [204, 200, 409],
    faults: [{ id: 'reset' }, { id: 'encoding-truncated' }],
  } as unknown as OperationDetail;
  const chips = chipsOf(detail);

  test('stand in the order of use, and say what the document does not declare', () => {
    expect(chips.map(({ label, isDeclared }) => (isDeclared ? label : `(${label})`)).join(' ')).toBe(
      '200 204 empty (401) (403) (404) 409 (422) (429) (500) (503) (offline) slow (broken JSON)',
    );
  });

  test.each(chips.map((chip) => [chip.label, chip] as const))('%s is on once, and nothing is left of it', (_, chip) => {
    const on = chip.wish(null);
    expect(chip.isOn(on)).toBe(true);
    expect(chips.filter(({ isOn }) => isOn(on))).toEqual([chip]);
    expect(without(on, chip)).toBeNull();
    const late = chip.wish({ delay: 50 });
    expect(without(late, chip)).toEqual(chip.label === 'slow' ? null : { delay: 50 });
  });
});

describe('an HTTP Archive', () => {
  const exchange = {
    number: 7,
    time: '2026-01-01T00:00:00.000Z',
    method: 'POST',
    target: '/boats?kind=row&kind=sail',
    requestHeaders: [['content-type', 'application/json']],
    requestBody: '{"a":1}',
    status: 201,
    responseHeaders: [['Content-Type', 'application/json']],
    responseBody: '{}',
    items: null,
    operation: 'addBoat',
    source: 'fake',
    name: null,
    seed: 1,
    milliseconds: 2,
    delay: 30,
    violations: [],
    curl: 'curl x',
  } as Exchange;

  test('gives back what was written, under numbers that no mock has', async () => {
    expect(await fromHar((await toHar([exchange, exchange], 'http://localhost:3000')).join(''))).toEqual([
      { ...exchange, number: -2 },
      { ...exchange, number: -1 },
    ]);
  });

  test('of whatever program is read, and what is none is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (entries) => {
        expect(await fromHar(JSON.stringify({ log: { entries } }))).toHaveLength(entries.length);
      }),
    );
    await expect(fromHar('{"log":1}')).rejects.toThrow('no HTTP Archive');
    await expect(fromHar('x')).rejects.toThrow('no HTTP Archive');
  });
});

describe('the list of operations', () => {
  const entry = (id: string, group: string, more = {}) =>
    ({
      id,
      method: 'GET',
      path: `/${id}`,
      summary: '',
      tags: [],
      groups: [group],
      active: null,
      ...more,
    }) as unknown as Entry;
  const entries = [entry('a', 'One'), entry('b', 'Two'), entry('c', 'One', { active: { status: 500 } })];

  test('is grouped by tag, folds, and has no groups where there is one', () => {
    const keys = (folded: string[]) => grouped(entries, new Set(folded)).map(({ key }) => key);
    expect(keys([])).toEqual([' One', 'a', 'c', ' Two', 'b']);
    expect(keys(['One'])).toEqual([' One', ' Two', 'b']);
    expect(grouped(entries.slice(0, 1), new Set()).map(({ key }) => key)).toEqual(['a']);
  });

  test('is filtered by words, by what is active and by what was asked', () => {
    const ids = (text: string, used: string[] | null = null) =>
      found(entries, { text, used: used && new Set(used) }).map(({ id }) => id);
    expect([ids('two'), ids('ACTIVE 500'), ids('get one'), ids('', ['b'])]).toEqual([['b'], ['c'], ['a', 'c'], ['b']]);
  });

  test('loses nothing of a path that it cuts', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z{}-]{1,20}$/), { minLength: 1 }), (segments) => {
        const path = `/${segments.join('/')}`;
        expect(pathPieces(path).join('')).toBe(path);
      }),
    );
    expect(pathPieces('/repos/{owner}/{repo}/issues/{issue_number}')).toEqual([
      '/repos/{owner}/{repo}',
      '/issues/{issue_number}',
    ]);
  });
});

describe('a request that is taken elsewhere', () => {
  const request = {
    method: 'POST',
    target: '/boats?x=%27',
    headers: [
      ['accept', '*/*'],
      ['host', 'localhost'],
      ['content-type', 'application/json'],
    ] as const,
    body: '{"name":"`x`"}',
  };

  test('is JavaScript that sends the same', () => {
    expect(fetchSnippet(request, 'http://localhost:3000')).toMatchInlineSnapshot(`
      "const response = await fetch("http://localhost:3000/boats?x=%27", {
        method: "POST",
        headers: {
          "content-type": "application/json"
        },
        body: JSON.stringify({
          "name": "\`x\`"
        }),
      });
      console.log(response.status, await response.text());
      "
    `);
    expect(fetchSnippet({ ...request, method: 'GET', headers: [], body: null }, 'http://l')).toMatchInlineSnapshot(`
      "const response = await fetch("http://l/boats?x=%27");
      console.log(response.status, await response.text());
      "
    `);
  });

  test('is a test of a page', () => {
    expect(playwrightSnippet(request, 'addBoat', { status: 201, body: '{"id":1}' })).toMatchInlineSnapshot(`
      "import { expect, test } from 'counterproof/playwright';

      test("POST /boats", async ({ page, mock }) => {
        await mock.use("addBoat", { status: 201, body: {
          "id": 1
        } });
        await page.goto('/');
        const status = await page.evaluate(
          async ([target, init]) => (await fetch(target, init)).status,
          ["/boats?x=%27", { method: "POST", headers: {
            "content-type": "application/json"
          }, body: "{\\"name\\":\\"\`x\`\\"}" }] as const,
        );
        expect(status).toBe(201);
        expect(await mock.requests("addBoat")).toHaveLength(1);
      });
      "
    `);
  });
});
