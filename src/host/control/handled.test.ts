import { describe, expect, it } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { fixturesFromText } from '../../fixture/index.js';
import { createMock, type Handlers } from '../../mock/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { createControl } from './index.js';

const operations = createOperations(
  documentFromText(
    `openapi: 3.1.0
info: { title: Bookings, version: '1' }
paths:
  /login:
    post:
      operationId: login
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }
      responses: { 200: { description: in, content: { application/json: { schema: { type: object, required: [token], properties: { token: { type: string } } } } } } }
  /bookings:
    get:
      operationId: listBookings
      responses: { 200: { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Booking' } } } } } }
    post:
      operationId: book
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/New' } } } }
      responses:
        201: { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Booking' } } } }
        409: { description: taken, content: { application/json: { schema: { type: object, required: [message], properties: { message: { type: string } } } } } }
  /bookings/{id}:
    get:
      operationId: getBooking
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }, { name: full, in: query, schema: { type: boolean } }]
      responses: { 200: { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Booking' } } } } }
components:
  schemas:
    New: { type: object, required: [room], properties: { room: { type: string } } }
    Booking: { type: object, required: [id, room], properties: { id: { type: integer, readOnly: true }, room: { type: string }, state: { enum: [waiting, done] } } }
`,
    { name: 'bookings.yaml' },
  ),
);
const fixtures = fixturesFromText('resources: { bookings: { rows: 2 } }', 'bookings.fixtures.yaml', operations);

function start(handlers: Handlers, timeLimit?: number) {
  const mock = createMock({ operations, fixtures, handlers, handlerTimeLimit: timeLimit });
  const control = createControl({ mock: () => mock });
  const session = control.sessions.get();
  async function ask(method: string, target: string, body?: unknown, headers: HttpRequest['headers'] = {}) {
    const bytes = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body));
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await control.respond({ method, target, headers: { ...type, ...headers }, body: bytes });
    return { ...answer, json: answer.body.length === 0 ? null : JSON.parse(answer.body as string) };
  }
  return { mock, session, ask };
}

describe('a handler', () => {
  it('gets the request as the document reads it, and what would be answered', async () => {
    const seen: unknown[] = [];
    const { ask, mock } = start({
      getBooking({ path, query, header, body, made }) {
        seen.push(path, query, header['x-team'], body);
        return { body: { ...(made().body as object), state: 'done' }, headers: { 'X-Seen': 1 } };
      },
    });
    const request = { method: 'GET', target: '/bookings/7', headers: {}, body: null };
    const answer = await ask('GET', '/bookings/7?full=true', undefined, { 'x-team': 'red' });
    expect(seen).toEqual([{ id: 7 }, { full: true }, 'red', undefined]);
    expect(answer).toMatchObject({ status: 200, source: 'handler', headers: { 'X-Seen': '1' } });
    expect(answer.json).toEqual({ ...JSON.parse(mock.answer(request).body as string), state: 'done' });
  });

  it('is not asked where the request is refused, or another answer is asked for', async () => {
    const { ask, session } = start({ getBooking: () => ({ merge: { state: 'done' } }) });
    expect((await ask('GET', '/bookings/seven')).status).toBe(422);
    expect((await ask('GET', '/bookings/7', undefined, { prefer: 'code=200' })).source).not.toBe('handler');
    session.setActive('getBooking', { status: 503 });
    expect((await ask('GET', '/bookings/7')).status).toBe(503);
    session.setActive('getBooking', { fault: 'reset' });
    expect((await ask('GET', '/bookings/7')).effect).toMatchObject({ kind: 'reset' });
  });

  it('says nothing, or changes the answer: then what the request changes is kept', async () => {
    const { ask } = start({
      book: ({ body }) => ((body as { room: string }).room === 'a' ? undefined : { merge: { state: 'done' } }),
    });
    expect(await ask('POST', '/bookings', { room: 'a' })).toMatchObject({ status: 201, json: { room: 'a' } });
    expect(await ask('POST', '/bookings', { room: 'b' })).toMatchObject({ status: 201, json: { state: 'done' } });
    expect((await ask('GET', '/bookings')).json).toHaveLength(4);
  });

  it('may keep a rule, also where requests come at once', async () => {
    const { ask, session } = start({
      async book({ body, rows }) {
        const { room } = body as { room: string };
        const isTaken = rows('bookings').some((row) => row.room === room);
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (isTaken) return { status: 409, body: { message: `${room} is taken` } };
        return undefined;
      },
    });
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/bookings', { room: 'Blue' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await ask('GET', '/bookings')).json).toHaveLength(3);
    session.reset();
    expect((await ask('POST', '/bookings', { room: 'Blue' })).status).toBe(201);
  });

  it('remembers by what it returns, in each session, and changes rows', async () => {
    const { ask } = start({
      login: ({ body, state }) => {
        const { name } = body as { name: string };
        return {
          body: { token: `token of ${name}` },
          state: { logins: { [name]: Number((state.logins as never)?.[name] ?? 0) + 1 } },
        };
      },
      getBooking: ({ path, state, row }) => ({
        merge: {
          room: `${JSON.stringify(state.logins ?? null)} ${row('bookings', Number(path.id))?.room ?? 'nobody knows'}`,
        },
      }),
      listBookings: () => ({
        rows: {
          bookings: [
            { id: 900, room: 'added' },
            { id: 900, room: 'replaced' },
          ],
        },
      }),
    });
    await ask('POST', '/login', { name: 'Ann' });
    await ask('POST', '/login', { name: 'Ann' });
    expect((await ask('GET', '/bookings/9')).json.room).toBe('{"Ann":2} nobody knows');
    const other = { 'counterproof-session': 'other' };
    expect((await ask('GET', '/bookings/9', undefined, other)).json.room).toBe('null nobody knows');
    await ask('GET', '/bookings');
    expect((await ask('GET', '/bookings/900')).json.room).toBe('{"Ann":2} replaced');
  });

  it.each<[string, Handlers[string], string]>([
    ['a body that does not fit', () => ({ body: { id: 'x', room: 'a' } }), '/id must be an integer, not a string'],
    ['an undeclared status', () => ({ status: 418 }), 'declares no response 418 for getBooking'],
    ['a member that no answer has', () => ({ stauts: 200 }) as object, 'did you mean "status" or "state"?'],
    [
      'a member of another type',
      () => ({ status: '200' }) as object,
      'status "200", expected a status from 200 to 599',
    ],
    ['no answer at all', () => new Map() as object, 'It returned Map'],
    ['what is no JSON', () => ({ body: 1n }), 'cannot be written as JSON'],
    ['rows of nobody', () => ({ rows: { bookingz: [], bookngs: [{}] } }), 'did you mean "bookings"?'],
    ['rows that do not fit', () => ({ rows: { bookings: [{ id: 1 }] } }), "'room' is required"],
    ['an error', ({ rows }) => ({ body: rows('boking') }), 'There is no resource "boking"; did you mean "bookings"?'],
    ['an error, with its place', () => Promise.reject(new RangeError('No seats')), 'RangeError: No seats ('],
  ])('gets a 500 that says why for %s', async (_what, handler, reason) => {
    const { ask } = start({ getBooking: handler });
    const answer = await ask('GET', '/bookings/7');
    expect(answer).toMatchObject({ status: 500, source: 'problem' });
    expect(answer.json.detail).toContain('The handler "getBooking" failed: ');
    expect(answer.json.detail).toContain(reason);
  });

  it('may answer what the document does not allow, if it says so', async () => {
    const { ask } = start({ getBooking: () => ({ status: 418, body: 'tea', offContract: true }) });
    expect(await ask('GET', '/bookings/7')).toMatchObject({ status: 418, json: 'tea', source: 'handler' });
  });

  it('has a limit of time, and is told when it is over', async () => {
    let isAborted = false;
    const { ask } = start(
      {
        getBooking: ({ signal }) =>
          new Promise(() => {
            signal.addEventListener('abort', () => {
              isAborted = true;
            });
          }),
      },
      20,
    );
    expect((await ask('GET', '/bookings/7')).json.detail).toContain('It has not answered for 0.02 s');
    expect(isAborted).toBe(true);
  });

  it('may be for every operation, and comes before its own', async () => {
    const { ask } = start({
      '*': ({ header, operation }) =>
        header.authorization || operation === 'login' ? undefined : { status: 401, body: {}, offContract: true },
      'POST /login': () => ({ body: { token: 'a' } }),
    });
    expect((await ask('GET', '/bookings')).status).toBe(401);
    expect((await ask('GET', '/bookings', undefined, { authorization: 'Bearer a' })).status).toBe(200);
    expect((await ask('POST', '/login', { name: 'Ann' })).json).toEqual({ token: 'a' });
  });

  it('is refused where it is for no operation', () => {
    expect(() => start({ getBoking: () => undefined, book: 1 as never })).toThrow(
      'The document has no operation "getBoking" (expected "getBooking" or "GET /bookings")\nThe handler "book" is no function (found number)',
    );
  });
});
