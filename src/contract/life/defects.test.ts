import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Operations } from '../../operation/index.js';
import { createCredentials } from '../credentials/credentials.js';
import { virtualClock } from '../run/clock.js';
import type { TrialOptions } from '../run/options.js';
import { run } from '../run/run.js';
import type { Received, Send } from '../types.js';
import { type Defect, defects } from './library/defects.js';
import { documentOf, type Style } from './library/document.js';
import { library, rightKey, secondKey } from './library/server.js';
import { lifeChecks } from './table.js';

const compiled = new Map<string, Operations>();

function operationsOf(style: Style): Operations {
  const key = JSON.stringify(style);
  const operations = compiled.get(key) ?? createOperations(documentFromObject(documentOf(style)));
  compiled.set(key, operations);
  return operations;
}

/** What a newcomer's command line finds: a document and a target, and nothing else. */
async function found(style: Style, defect: Defect | null, options: Partial<TrialOptions> = {}, seeds = 5) {
  const operations = operationsOf(style);
  const result = await run({
    operations,
    target: 'http://library',
    allowWrites: true,
    concurrency: 1,
    aspects: ['life'],
    maxCases: 1,
    send: library(operations, style, defect, seeds),
    clock: virtualClock(),
    ...options,
  });
  const of = (severity: string) =>
    result.findings
      .filter((each) => each.severity === severity)
      .map(({ check, message, expected, received }) => `${check}: ${message} [${expected} | ${received}]`);
  return { result, violations: of('violation'), warnings: of('warning'), information: of('information') };
}

const secured = { credentials: createCredentials({ auth: { Key: rightKey } }, ['Key']) };

describe('a library that is right', () => {
  it.each<[string, Style, Partial<TrialOptions>?]>([
    ['as it is', {}],
    ['with keys that are UUIDs', { keys: 'uuid' }],
    ['with keys that are texts of digits', { keys: 'text of digits' }],
    ['with keys that are made of the title', { keys: 'slug' }],
    ['whose books go from shelf to shelf', { isGoingOn: true }],
    ['with offsets', { paging: 'offset' }],
    ['with offsets that are not of the beginning by default', { paging: 'offset', offset: 3 }],
    ['with a largest page of its own', { largest: 3 }],
    ['with offsets and a largest page of its own', { paging: 'offset', largest: 3 }],
    ['with offsets that have to be said', { paging: 'offset', isPlaceAsked: true }],
    ['with cursors', { paging: 'cursor' }],
    ['without pages', { paging: 'none' }],
    ['with a next page that is named, and none behind it', { lastPage: 'refused' }],
    ['with bare pages, and none behind the last', { lastPage: 'refused', isBare: true }],
    ['with pages that are never empty', { lastPage: 'never empty' }],
    ['with lists that are not there where they are empty', { paging: 'offset', isEmptyUnsaid: true }],
    ['with bare lists', { isBare: true, paging: 'none' }],
    ['with writes that answer with nothing', { answers: 'nothing' }],
    ['with 200 for creates', { answers: 'thing with 200' }],
    ['with 410 for what was deleted', { isSoft: true }],
    ['that normalises what it is sent', { isNormalising: true }],
    ['with the newest first', { isNewestFirst: true }],
    ['with lists that leave out some by default', { isOfPoems: true }],
    ['with brief lists', { isBrief: true }],
    ['with a limit on the rate', { limit: 9 }],
    ['with credentials', { isSecured: true }, secured],
    [
      'with two users',
      { isSecured: true },
      { ...secured, secondUser: createCredentials({ auth: { Key: secondKey } }, ['Key']) },
    ],
    ['with the same keys under each parent', { hasReviews: true }],
    ['with versions that each change names', { isVersioned: true }],
    ['without PATCH', { hasPatch: false }],
    ['without PUT', { hasPut: false }],
    ['that takes its time, where that is said', { delay: 3 }, { settle: 5_000 }],
    ['that says 202, and takes its time', { delay: 3 }],
    ['that takes its time, and does not say so', { delay: 3, isSilent: true }],
  ])('is accused of nothing: %s', async (_name, style, options = {}) => {
    const { violations, result } = await found(style, null, options);
    expect(violations).toEqual([]);
    expect(result.verdict).toBe('kept');
  });
});

it('that is late is told how to be given its time', async () => {
  const { information } = await found({ delay: 3, isSilent: true }, null);
  expect(information.filter((each) => each.includes('--settle 5s')).length).toBeGreaterThan(0);
});

it('that shows once what a thing was before a change is said to', async () => {
  const send = library(operationsOf({}), {}, null);
  const read = new Map<string, Received>();
  const stale = new Map<string, Received>();
  const remembering: Send = async (request, signal) => {
    const late = request.method === 'GET' ? stale.get(request.target) : undefined;
    stale.delete(request.target);
    const known = read.get(request.target);
    if (request.method === 'PATCH' && known !== undefined) stale.set(request.target, known);
    const answer = late ?? (await send(request, signal));
    if (request.method === 'GET' && answer.status === 200) read.set(request.target, answer);
    return answer;
  };
  const { information } = await found({}, null, { send: remembering });
  expect(
    information.filter((each) => each.startsWith('change-kept') && each.includes('--settle 5s')).length,
  ).toBeGreaterThan(0);
});

describe('a library with a defect', () => {
  const alone = new Set<string>();
  it.each(Object.entries(defects).map(([id, [check, what]]) => [what, id as Defect, check] as const))(
    'is found out where %s',
    async (_what, defect, check) => {
      const isOfTwo = defect === 'owner-ignored';
      const options = isOfTwo
        ? { ...secured, secondUser: createCredentials({ auth: { Key: secondKey } }, ['Key']) }
        : {};
      const style: Style =
        defect === 'list-twice'
          ? { isBare: true, paging: 'none' }
          : defect === 'next-skips' || defect === 'next-always'
            ? { lastPage: 'refused' }
            : { isSecured: isOfTwo, isBrief: defect === 'read-flaps', isVersioned: defect === 'version-ignored' };
      const { result } = await found(style, defect, options, defect === 'size-default' ? 25 : 5);
      const broken = new Set(result.findings.flatMap((each) => (each.severity === 'violation' ? [each.check] : [])));
      expect([...broken]).toContain(check);
      if (broken.size === 1) alone.add(check);
    },
  );

  it('is found out where its total is off, and an empty page has no list', async () => {
    const { violations } = await found({ paging: 'offset', isEmptyUnsaid: true }, 'total-more');
    expect(violations).toEqual([expect.stringContaining('total-right')]);
  });

  it('is one that each check alone would notice', () => {
    expect(lifeChecks.map(({ id }) => id).filter((id) => !alone.has(id))).toEqual(['workflow']);
  });
});

it('the last page of many is asked for by its number, and says that it is that', async () => {
  expect((await found({}, null, {}, 200)).violations).toEqual([]);
  expect((await found({}, 'last-never', {}, 200)).violations.join()).toContain(
    'total-right: The list says that there are more',
  );
});
