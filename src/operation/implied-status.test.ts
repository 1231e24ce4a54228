import { describe, expect, it } from 'vitest';
import { impliedStatus, impliedStatuses, type Situation } from './implied-status.js';

const situations = Object.keys(impliedStatuses) as Situation[];
const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);

describe('impliedStatus', () => {
  it('allows what frameworks do by themselves, each where it belongs', () => {
    const allowed = situations.map((situation) => [
      situation,
      statuses.filter((status) => impliedStatus(status, situation)),
    ]);
    const shown = allowed.map(([situation, list]) => `${situation}: ${(list as number[]).length > 10 ? '4XX' : list}`);
    expect(shown).toMatchInlineSnapshot(`
      [
        "accepted: 429",
        "rejected: 400,404,413,414,422,429,431",
        "invalid-path: 404,429",
        "unauthorized: 401,403,429",
        "unknown-resource: 404,410,429",
        "method-not-allowed: 404,405,429,501",
        "unsupported-media-type: 400,415,422,429",
        "malformed: 400,411,429",
        "not-acceptable: 406,429",
        "too-large: 413,414,429,431",
        "rate-limited: 429",
        "hostile: 4XX",
      ]
    `);
  });

  it('allows neither a success nor a server error, but for 501 where the method is not there', () => {
    for (const situation of situations) {
      const others = statuses.filter((status) => (status < 400 || status > 499) && impliedStatus(status, situation));
      expect(others).toEqual(situation === 'method-not-allowed' ? [501] : []);
    }
  });

  it('does not take a 400 for the 422 that is declared', () => {
    expect(impliedStatus(400, 'rejected')).toBe(true);
    expect(impliedStatus(400, 'rejected', ['200', '404'])).toBe(true);
    for (const declared of ['422', '4XX', 'default']) {
      expect(impliedStatus(400, 'rejected', ['200', declared])).toBe(false);
      expect(impliedStatus(404, 'rejected', ['200', declared])).toBe(false);
      expect(impliedStatus(404, 'invalid-path', ['200', declared])).toBe(true);
    }
  });

  it('allows no refusal of a valid request', () => {
    expect(impliedStatus(400, 'accepted')).toBe(false);
    expect(impliedStatus(404, 'accepted')).toBe(false);
  });
});
