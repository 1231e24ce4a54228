import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { type ControlOptions, createControl } from './control.js';
import { streamJournal } from './stream.js';

const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Words', version: '1' },
  paths: {
    '/word': {
      get: {
        operationId: 'word',
        responses: {
          200: { description: 'A word', content: { 'application/json': { schema: { type: 'string', minLength: 8 } } } },
          404: { description: 'None' },
        },
      },
    },
    '/silence': { delete: { operationId: 'silence', responses: { 204: { description: 'None' } } } },
  },
});
const mock = createMock({ operations: createOperations(document) });
const create = (more: Partial<ControlOptions> = {}) => createControl({ mock: () => mock, ...more });
const asked = (session?: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  target: '/word',
  headers: { host: 'localhost', ...(session !== undefined && { 'counterproof-session': session }) },
  body: null,
  ...more,
});

describe('what is active', () => {
  test('is answered by its session alone, until it is reset', () => {
    const control = create();
    control.sessions.get('one').setActive('word', { status: 404 });
    expect(control.answer(asked('one')).status).toBe(404);
    expect(control.answer(asked('two')).status).toBe(200);
    expect(control.answer(asked()).status).toBe(200);
    control.sessions.get('one').reset();
    expect(control.answer(asked('one')).status).toBe(200);
  });

  test('with a probability strikes at the same requests for the same seed, and others for another', () => {
    const pattern = (seed: number) => {
      const session = create().sessions.get('s');
      session.seed = seed;
      session.setActive('word', { fault: 'reset', probability: 0.5 });
      return Array.from({ length: 64 }, () => {
        const { preference } = session.wishFor('word');
        session.count('word');
        return preference.fault === 'reset';
      });
    };
    expect(pattern(1)).toEqual(pattern(1));
    expect(pattern(1)).not.toEqual(pattern(2));
    expect(pattern(1).filter(Boolean).length).toBeGreaterThan(16);
    expect(pattern(1).filter(Boolean).length).toBeLessThan(48);
  });

  test('everywhere gives way to what an operation has of its own', () => {
    const control = create({ everywhere: [{ fault: 'status-server-error' }] });
    expect(control.answer(asked()).status).toBe(500);
    control.sessions.get().setActive('word', { status: 404 });
    expect(control.answer(asked()).status).toBe(404);
  });

  test('everywhere leaves out a fault that an operation cannot show, and takes the next', () => {
    const control = create({ everywhere: [{ fault: 'media-type-html' }, { fault: 'status-server-error' }] });
    expect(control.answer(asked()).headers['Content-Type']).toContain('text/html');
    expect(control.answer(asked(undefined, { method: 'DELETE', target: '/silence' })).status).toBe(500);
  });
});

describe('sessions', () => {
  test('make room when there are very many: first those in which nothing was chosen, never one that is looked at', () => {
    const { sessions } = create();
    const end = sessions.get('watched').listen(() => {});
    sessions.get('first').setActive('word', { status: 404 });
    for (let count = 0; count < 500; count += 1) sessions.get(`s${count}`);
    const names = sessions.all().map(({ name }) => name);
    expect(names.length).toBeLessThanOrEqual(200);
    expect(names).toContain('default');
    expect(names).toContain('watched');
    expect(names).toContain('first');
    for (let count = 0; count < 300; count += 1) sessions.get(`t${count}`).setActive('word', { status: 404 });
    expect(sessions.all().map(({ name }) => name)).toEqual(expect.arrayContaining(['default', 'watched', 't299']));
    expect(sessions.all().map(({ name }) => name)).not.toContain('first');
    end();
  });

  test('that lost what was chosen are named, and those that lost nothing are not', () => {
    // A fault that the host has set for all is nothing that a session chose.
    const { sessions } = create({ everywhere: [{ fault: 'status-server-error' }] });
    const lost: string[] = [];
    sessions.onLost = (name) => lost.push(name);
    sessions.get('chosen').setActive('word', { status: 404 });
    for (let count = 0; count < 300; count += 1) sessions.get(`plain${count}`);
    expect(sessions.get('chosen').activeCount).toBe(1);
    for (let count = 0; count < 198; count += 1) sessions.get(`s${count}`).setActive('word', { status: 404 });
    expect(lost).toEqual([]);
    sessions.get('the-201st');
    expect(lost).toEqual(['chosen']);
  });

  test.each<[of: string, more: Partial<HttpRequest>]>([
    ['bodies', { method: 'POST', body: new Uint8Array(1024 * 1024) }],
    ['header fields', { headers: { cookie: 'x'.repeat(1024 * 1024) } }],
    ['targets', { target: `/word?${'x'.repeat(1024 * 1024)}` }],
  ])('hold no more together than one limit, however many there are and however long their %s', (_, more) => {
    const control = create();
    const answer = mock.answer(asked());
    for (let count = 0; count < 400; count += 1) {
      const { headers, ...rest } = asked(`s${count % 40}`, more);
      const request = { ...rest, headers: { ...headers, 'counterproof-session': `s${count % 40}` } };
      control.record({ request, answer, milliseconds: 1 });
    }
    const bytes = control.sessions.all().reduce((sum, { journal }) => sum + journal.bytes, 0);
    expect(bytes).toBeLessThan(65 * 1024 * 1024);
    expect(control.sessions.get('s39').journal.length).toBeGreaterThan(0);
  });
});

describe('the stream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Everything that was sent, by the name of its event. */
  function listen(control: ReturnType<typeof create>, takes: () => boolean = () => true) {
    const sent: string[] = [];
    const end = streamJournal(
      control.sessions.get(),
      () => mock,
      'http://localhost',
    )((text) => {
      if (!takes()) return false;
      sent.push(text);
      return true;
    });
    const names = () => sent.flatMap((text) => [...text.matchAll(/^event: (\w+)/gm)].map(([, name]) => name));
    const journals = () =>
      sent.flatMap((text) =>
        [...text.matchAll(/^event: journal\ndata: (.*)$/gm)].map(([, data = '']) => JSON.parse(data)),
      );
    return { end, names, journals };
  }

  test('sends many exchanges together, and of very many only the newest', () => {
    const control = create();
    const { journals } = listen(control);
    for (let count = 0; count < 1000; count += 1) control.answer(asked());
    vi.advanceTimersByTime(150);
    expect(journals()).toHaveLength(1);
    expect(journals()[0].last).toBe(1000);
    expect(journals()[0].exchanges).toHaveLength(50);
    expect(journals()[0].exchanges.at(-1).number).toBe(1000);
  });

  test('is worked out once for all that follow it', () => {
    const readsWith = (followers: number) => {
      const control = create();
      const ends = Array.from({ length: followers }, () => listen(control));
      let reads = 0;
      const { headers, ...rest } = asked();
      const request = Object.defineProperty({ ...rest }, 'headers', {
        enumerable: true,
        get: () => {
          reads += 1;
          return headers;
        },
      }) as HttpRequest;
      control.record({ request, answer: mock.answer(asked()), milliseconds: 1 });
      vi.advanceTimersByTime(150);
      expect(ends.every(({ journals }) => journals()[0].exchanges.length === 1)).toBe(true);
      for (const { end } of ends) end();
      return reads;
    };
    expect(readsWith(100)).toBe(readsWith(1));
  });

  test('keeps for a client that does not keep up what it can still be told', () => {
    const control = create();
    let takes = false;
    const { journals, names } = listen(control, () => takes);
    control.answer(asked());
    control.sessions.get().setActive('word', { status: 404 });
    vi.advanceTimersByTime(1000);
    expect(names()).toEqual([]);
    takes = true;
    vi.advanceTimersByTime(150);
    expect(names()).toEqual(['active', 'journal']);
    expect(journals()[0].exchanges).toHaveLength(1);
  });

  test('tells that the journal was cleared, and sends nothing of what was before', () => {
    const control = create();
    const { journals } = listen(control);
    control.answer(asked());
    control.sessions.get().clearJournal();
    vi.advanceTimersByTime(150);
    expect(journals()).toEqual([{ exchanges: [], last: 1, since: 1, dropped: 1 }]);
  });

  test('leaves nothing behind when it ends', () => {
    const control = create();
    const { end, names } = listen(control);
    control.answer(asked());
    end?.();
    expect(control.sessions.get().isListenedTo).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    control.answer(asked());
    vi.advanceTimersByTime(60_000);
    expect(names()).toEqual([]);
  });
});
