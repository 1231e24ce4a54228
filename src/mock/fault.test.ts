import { describe, expect, it } from 'vitest';
import { readDocument } from '../document/index.js';
import { faults, harmlessVariants } from '../fault/index.js';
import { checkResponse, createOperations, type HttpRequest, type Operation } from '../operation/index.js';
import { createMock } from './index.js';

const galaxy = new URL('../../node_modules/@scalar/galaxy/dist/3.1.yaml', import.meta.url).pathname;
const builtIn = new URL('../../spec/openhands-installations.yaml', import.meta.url).pathname;

function request(target: string, headers: Record<string, string> = {}, method = 'GET'): HttpRequest {
  return { method, target, headers: { accept: '*/*', ...headers }, body: null };
}

const path = '/api/user/installations';
const key = { 'x-session-api-key': 'k' };

describe('a fault that was asked for', () => {
  it.each([builtIn, galaxy])(
    'breaks the contract of a plain request wherever it is about the body: %s',
    async (file) => {
      const operations = createOperations(await readDocument(file));
      const mock = createMock({ operations });
      const struck: string[] = [];
      for (const entry of operations.entries.filter(({ method, path }) => method === 'GET' && !path.includes('{'))) {
        const operation = operations.compile(entry);
        for (const fault of faults.filter(({ caughtBy }) => caughtBy[0] === 'response-schema')) {
          if (fault.unfit(operation) !== null || fault.family === 'error-body') continue;
          const target = entry.path === path ? `${path}?provider=github` : entry.path;
          const answer = mock.answer(request(target, key), { fault: fault.id, validate: false });
          if (answer.source !== 'fault') continue;
          struck.push(fault.id);
          expect({ fault: fault.id, violations: violationsOf(operation, answer) }).not.toEqual({
            fault: fault.id,
            violations: [],
          });
        }
      }
      expect(struck).toContain('shape-wrapped');
      expect(struck).toContain('type-anywhere');
    },
  );

  it('is never shown by a harmless variant', async () => {
    const operations = createOperations(await readDocument(galaxy));
    const mock = createMock({ operations });
    const [entry] = operations.entries.filter(({ path }) => path === '/planets');
    const operation = operations.compile(entry ?? expect.fail());
    for (const variant of harmlessVariants) {
      if (['harmless-gzip', 'harmless-rate-limited-once'].includes(variant.id)) continue;
      const answer = mock.answer(request('/planets'), { fault: variant.id });
      expect({ variant: variant.id, violations: violationsOf(operation, answer) }).toEqual({
        variant: variant.id,
        violations: [],
      });
    }
  });

  it('takes what it should refuse, and refuses what it should take', async () => {
    const operations = createOperations(await readDocument(builtIn));
    const mock = createMock({ operations, apiKey: 'k' });
    const status = (target: string, fault: string, headers: Record<string, string> = key, method = 'GET') =>
      mock.answer(request(target, headers, method), { fault }).status;

    expect(status(path, 'parameter-missing-accepted')).toBe(200);
    expect(status(`${path}?provider=GITHUB`, 'parameter-other-case-accepted')).toBe(200);
    expect(status(`${path}?provider=GITHUBX`, 'parameter-other-case-accepted')).toBe(422);
    expect(status(`${path}?provider=enterprise_sso`, 'parameter-value-refused')).toBe(422);
    expect(status(`${path}?provider=enterprise_sso`, 'parameter-value-bad-request')).toBe(400);
    expect(status(`${path}?provider=github`, 'parameter-value-refused')).toBe(200);
    expect(status(`${path}?provider=github`, 'auth-not-needed', {})).toBe(200);
    expect(status(`${path}?provider=github`, 'auth-any-key', { 'x-session-api-key': 'other' })).toBe(200);
    expect(status(`${path}?provider=github`, 'auth-any-key', {})).toBe(401);
    expect(status(`${path}?provider=github`, 'auth-empty-key', { 'x-session-api-key': '' })).toBe(200);
    expect(status(`${path}?provider=github&X-Session-API-Key=k`, 'auth-key-from-query', {})).toBe(200);
    expect(status(`${path}?provider=github`, 'auth-right-key-refused')).toBe(401);
    expect(status(`${path}?provider=github`, 'method-post-served', key, 'POST')).toBe(200);
    expect(status(`${path}?provider=github`, 'method-put-crashes', key, 'PUT')).toBe(500);
    expect(status(`${path}?provider=a%00`, 'crash-on-null-byte')).toBe(500);
    expect(status(`${path}?provider=none`, 'parameter-keyword-ignored@/components/schemas/ProviderType/enum')).toBe(
      200,
    );
    expect(status(`${path}?provider=none`, 'parameter-keyword-ignored@/components/schemas/ProviderType/type')).toBe(
      422,
    );
  });

  it('says what is wrong with an id that nobody knows, or that cannot show here', async () => {
    const operations = createOperations(await readDocument(builtIn));
    const mock = createMock({ operations });
    const detail = (fault: string): string => {
      const { body } = mock.answer(request(`${path}?provider=github`, { ...key, prefer: `fault="${fault}"` }));
      return (JSON.parse(String(body)) as { detail: string }).detail;
    };
    expect(detail('statsu-redirect')).toMatchInlineSnapshot(
      `
      [
        {
          "ctx": {
            "error": {},
          },
          "input": "fault="statsu-redirect"",
          "loc": [
            "header",
            "prefer",
          ],
          "msg": "Value error, There is no fault "statsu-redirect"; did you mean "status-redirect"? ("counterproof faults" lists them)",
          "type": "value_error",
        },
      ]
    `,
    );
    expect(detail('format-uuid')).toMatchInlineSnapshot(
      `
      [
        {
          "ctx": {
            "error": {},
          },
          "input": "fault="format-uuid"",
          "loc": [
            "header",
            "prefer",
          ],
          "msg": "Value error, The fault "format-uuid" cannot show here: no successful body has a string of format uuid",
          "type": "value_error",
        },
      ]
    `,
    );
  });

  it('can be named for one request, says so, and is the same each time', async () => {
    const operations = createOperations(await readDocument(builtIn));
    const ask = () =>
      createMock({ operations }).answer(request(`${path}?provider=github`, { ...key, prefer: 'fault=type-anywhere' }));
    expect(ask()).toEqual(ask());
    expect(ask().headers).toMatchObject({ 'Preference-Applied': 'fault=type-anywhere' });
    expect(ask().headers.Counterproof).toContain('source=fault, name="type-anywhere"');
  });
});

function violationsOf(operation: Operation, answer: ReturnType<ReturnType<typeof createMock>['answer']>) {
  const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return checkResponse(operation, { status: answer.status, headers, body });
}
