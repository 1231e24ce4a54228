import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromText } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { createControl } from './index.js';

const mock = createMock({
  operations: createOperations(
    documentFromText(
      `openapi: 3.1.0
info: { title: Tasks, version: '1' }
paths:
  /tasks:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
        - { name: offset, in: query, schema: { type: integer, minimum: 0 } }
        - { name: done, in: query, schema: { type: boolean } }
      responses:
        '200':
          description: a page
          content:
            application/json:
              schema:
                type: object
                required: [items, total]
                properties:
                  items: { type: array, items: { $ref: '#/components/schemas/Task' } }
                  total: { type: integer }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewTask' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
  /tasks/{taskId}:
    parameters: [{ name: taskId, in: path, required: true, schema: { type: integer } }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewTask' } } } }
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
    delete:
      responses: { '204': { description: gone } }
components:
  schemas:
    NewTask:
      type: object
      required: [title, done]
      properties: { title: { type: string }, done: { type: boolean } }
    Task:
      type: object
      required: [id, title, done]
      properties: { id: { type: integer, readOnly: true }, title: { type: string }, done: { type: boolean } }
`,
      { name: 'tasks.yaml' },
    ),
  ),
});

interface Task {
  readonly id: number;
  readonly title: string;
  readonly done: boolean;
}

/** All tasks in the order of the list: the newest first. */
interface Model {
  tasks: readonly Task[];
}

class Client {
  readonly #control = createControl({ mock: () => mock });

  ask(
    method: string,
    target: string,
    body?: Json,
    session?: string,
  ): { readonly status: number; readonly json: unknown } {
    const answer = this.#control.answer({
      method,
      target,
      headers: { 'content-type': 'application/json', 'counterproof-session': session },
      body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)),
    });
    return { status: answer.status, json: answer.body.length === 0 ? null : JSON.parse(String(answer.body)) };
  }

  reset(): void {
    this.#control.sessions.get().reset();
  }
}

const base = (new Client().ask('GET', '/tasks?limit=100').json as { items: Task[] }).items;

/** One of the tasks that there are, or undefined where there is none. */
const chosen = ({ tasks }: Model, place: number) => tasks[place % Math.max(1, tasks.length)];

type Command = fc.Command<Model, Client>;

class Create implements Command {
  constructor(readonly sent: { title: string; done: boolean }) {}
  check = () => true;
  run(model: Model, client: Client): void {
    const { status, json } = client.ask('POST', '/tasks', this.sent);
    expect(status).toBe(201);
    expect(json).toEqual({ ...this.sent, id: expect.any(Number) });
    const made = json as Task;
    expect(model.tasks.map(({ id }) => id)).not.toContain(made.id);
    model.tasks = [made, ...model.tasks];
  }
  toString = () => `POST ${JSON.stringify(this.sent)}`;
}

class Change implements Command {
  constructor(
    readonly place: number,
    readonly sent: Partial<{ title: string; done: boolean }>,
    readonly isWhole: boolean,
  ) {}
  check = (model: Readonly<Model>) => model.tasks.length > 0;
  run(model: Model, client: Client): void {
    const task = chosen(model, this.place) as Task;
    const method = this.isWhole ? 'PUT' : 'PATCH';
    const changed = { ...task, ...this.sent };
    expect(client.ask(method, `/tasks/${task.id}`, this.sent as Json)).toEqual({ status: 200, json: changed });
    model.tasks = model.tasks.map((one) => (one.id === task.id ? changed : one));
  }
  toString = () => `${this.isWhole ? 'PUT' : 'PATCH'} ${this.place} ${JSON.stringify(this.sent)}`;
}

class Delete implements Command {
  constructor(readonly place: number) {}
  check = (model: Readonly<Model>) => model.tasks.length > 0;
  run(model: Model, client: Client): void {
    const { id } = chosen(model, this.place) as Task;
    expect(client.ask('DELETE', `/tasks/${id}`).status).toBe(204);
    expect(client.ask('GET', `/tasks/${id}`).status).toBe(404);
    expect(client.ask('DELETE', `/tasks/${id}`).status).toBe(404);
    model.tasks = model.tasks.filter((one) => one.id !== id);
  }
  toString = () => `DELETE ${this.place}`;
}

class Read implements Command {
  constructor(readonly place: number) {}
  check = (model: Readonly<Model>) => model.tasks.length > 0;
  run(model: Model, client: Client): void {
    const task = chosen(model, this.place) as Task;
    expect(client.ask('GET', `/tasks/${task.id}`)).toEqual({ status: 200, json: task });
  }
  toString = () => `GET ${this.place}`;
}

class List implements Command {
  constructor(
    readonly limit: number,
    readonly offset: number,
    readonly done: boolean | null,
  ) {}
  check = () => true;
  run({ tasks }: Model, client: Client): void {
    const query = `limit=${this.limit}&offset=${this.offset}${this.done === null ? '' : `&done=${this.done}`}`;
    const matching = tasks.filter(({ done }) => this.done === null || done === this.done);
    expect(client.ask('GET', `/tasks?${query}`).json).toEqual({
      items: matching.slice(this.offset, this.offset + this.limit),
      total: matching.length,
    });
  }
  toString = () => `GET limit=${this.limit} offset=${this.offset} done=${this.done}`;
}

class Reset implements Command {
  check = () => true;
  run(model: Model, client: Client): void {
    client.reset();
    model.tasks = base;
  }
  toString = () => 'reset';
}

const place = fc.nat(60);
const task = fc.record({ title: fc.string({ maxLength: 12 }), done: fc.boolean() });
const commands = fc.commands(
  [
    task.map((sent) => new Create(sent)),
    fc.tuple(place, task).map(([at, sent]) => new Change(at, sent, true)),
    fc
      .tuple(place, fc.record({ title: fc.string({ maxLength: 12 }), done: fc.boolean() }, { requiredKeys: [] }))
      .map(([at, sent]) => new Change(at, sent, false)),
    place.map((at) => new Delete(at)),
    place.map((at) => new Read(at)),
    fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.option(fc.boolean()))
      .map(([limit, offset, done]) => new List(limit, offset, done)),
    fc.constant(new Reset()),
  ],
  { maxCommands: 25 },
);

describe('a mock that remembers', () => {
  it('says what a plain list of rows would say, whatever it is asked', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        const client = new Client();
        fc.modelRun(() => ({ model: { tasks: base }, real: client }), sequence);
      }),
      { numRuns: Number(process.env.MODEL_RUNS ?? 100) },
    );
  });

  it('tells no session what another one has done, and each the same for the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), task), { maxLength: 12 }), (steps) => {
        const [together, alone] = [new Client(), new Client()];
        for (const [isFirst, sent] of steps) {
          const answer = together.ask('POST', '/tasks', sent, isFirst ? 'first' : 'second');
          if (isFirst) expect(alone.ask('POST', '/tasks', sent)).toEqual(answer);
        }
        expect(together.ask('GET', '/tasks?limit=100', undefined, 'first')).toEqual(
          alone.ask('GET', '/tasks?limit=100'),
        );
        expect(together.ask('GET', '/tasks?limit=100').json).toMatchObject({ items: base });
      }),
      { numRuns: 20 },
    );
  });
});
