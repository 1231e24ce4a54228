import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const Poll = object({ id: text, title: text, open: { type: 'boolean' } });
const Vote = object({ id: text, choice: text });
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const sent = (schema: JsonObject) => ({ required: true, content: json(schema).content });

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Polls', version: '1' },
    paths: {
      '/polls': { post: { requestBody: sent(object({ title: text })), responses: { 201: json(Poll) } } },
      '/polls/{poll}': {
        parameters: [inPath('poll')],
        get: { responses: { 200: json(Poll), 404: { description: 'd' } } },
      },
      '/polls/{poll}/open': { parameters: [inPath('poll')], post: { responses: { 200: json(Poll) } } },
      '/polls/{poll}/votes': {
        parameters: [inPath('poll')],
        get: { responses: { 200: json({ type: 'array', items: Vote }) } },
        post: {
          requestBody: sent(object({ choice: text })),
          responses: { 201: json(Vote), 409: { description: 'The poll is not opened' } },
        },
      },
      '/votes/{vote}': {
        parameters: [inPath('vote')],
        get: { responses: { 200: json(Vote), 404: { description: 'd' } } },
        delete: { responses: { 204: { description: 'd' }, 404: { description: 'd' } } },
      },
    },
  }),
);

/** Nobody votes before a poll is opened. */
function server(keepsDeleted: boolean) {
  const polls = new Map<string, JsonObject>();
  const votes = new Map<string, { poll: string; row: JsonObject }>();
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const [, kind, id = '', below] = target.split('?')[0]?.split('/') ?? [];
    const said = () => JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()));
    if (kind === 'votes') {
      const vote = votes.get(id);
      if (vote === undefined) return answer(404);
      if (method === 'GET') return answer(200, vote.row);
      if (!keepsDeleted) votes.delete(id);
      return answer(204);
    }
    if (id === '') {
      const poll = { ...said(), id: `p${polls.size}`, open: false };
      polls.set(poll.id, poll);
      return answer(201, poll);
    }
    const poll = polls.get(id);
    if (poll === undefined) return answer(404);
    if (below === 'open') poll.open = true;
    if (below !== 'votes') return answer(200, poll);
    if (method === 'GET')
      return answer(
        200,
        [...votes.values()].filter((one) => one.poll === id).map(({ row }) => row),
      );
    if (poll.open !== true) return answer(409);
    const row = { ...said(), id: `v${votes.size}` };
    votes.set(row.id, { poll: id, row });
    return answer(201, row);
  };
}

it.each([
  [false, []],
  [true, ['deleted-gone', 'listed']],
])(
  'what is refused under a thing in its first state is made after the action that is spoken of: %s',
  async (keeps, broken) => {
    expect(await violatedBy(server(keeps), { operations, allowWrites: true })).toEqual(broken);
  },
);
