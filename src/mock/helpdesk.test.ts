import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const servers = (schema: Record<string, unknown>) => ({ ...schema, readOnly: true });
const named = { parameters: [inPath('id', count)] };

const helpdesk = asking({
  openapi: '3.1.0',
  info: { title: 'Helpdesk', version: '1' },
  components: {
    schemas: {
      Agent: object({
        Id: count,
        Name: text,
        TicketCount: servers(count),
        Rating: servers({ type: ['number', 'null'] }),
      }),
      Ticket: object({ Id: servers(count), Subject: text, AssigneeId: { type: ['integer', 'null'] } }),
      Review: object({ Id: servers(count), AgentId: count, Stars: { ...count, minimum: 1, maximum: 5 } }),
      Shop: object({
        Id: count,
        ReviewCount: servers(count),
        AverageRating: servers({ type: ['number', 'null'] }),
      }),
    },
  },
  paths: {
    '/Agents': { get: { responses: { 200: answer(list(ref('Agent'))) } } },
    '/Agents/{id}': {
      ...named,
      get: { responses: { 200: answer(ref('Agent')) } },
      delete: {
        responses: { 204: { description: 'Gone' }, 409: { description: 'The agent still has tickets assigned' } },
      },
    },
    '/Tickets': {
      get: {
        parameters: [{ name: 'Unassigned', in: 'query', schema: { type: 'boolean' } }],
        responses: { 200: answer(list(ref('Ticket'))) },
      },
      post: { requestBody: json(object({ Subject: text })), responses: { 201: answer(ref('Ticket')) } },
    },
    '/Tickets/{id}': { ...named, get: { responses: { 200: answer(ref('Ticket')) } } },
    '/Tickets/{id}/Assign': {
      ...named,
      post: { requestBody: json(object({ AgentId: count })), responses: { 200: answer(ref('Ticket')) } },
    },
    '/Shops': {
      get: { responses: { 200: answer(list(ref('Shop'))) } },
      post: { requestBody: json(object({})), responses: { 201: answer(ref('Shop')) } },
    },
    '/Shops/{id}': { ...named, get: { responses: { 200: answer(ref('Shop')) } } },
    '/Shops/{id}/Reviews': {
      ...named,
      get: { responses: { 200: answer(list(ref('Review'))) } },
      post: {
        requestBody: json(object({ AgentId: count, Stars: { ...count, minimum: 1, maximum: 5 } })),
        responses: { 201: answer(ref('Review')) },
      },
    },
  },
});

interface Ticket {
  readonly Id: number;
  readonly AssigneeId: number | null;
}

test('an assignee is one of the agents, and an action gives a ticket to the one that it names', () => {
  const agents = new Set((helpdesk.read('GET', '/Agents') as { Id: number }[]).map(({ Id }) => Id));
  const tickets: Ticket[] = helpdesk.read('GET', '/Tickets');
  for (const { AssigneeId } of tickets) expect(AssigneeId === null || agents.has(AssigneeId)).toBe(true);
  const made: Ticket = helpdesk.read('POST', '/Tickets', { Subject: 'New' });
  expect(made.AssigneeId).toBeNull();
  const open: Ticket[] = helpdesk.read('GET', '/Tickets?Unassigned=true');
  expect(open.map(({ AssigneeId }) => AssigneeId)).toEqual(open.map(() => null));
  expect(open.map(({ Id }) => Id)).toContain(made.Id);
  const { TicketCount } = helpdesk.read('GET', '/Agents/2');
  expect(helpdesk.read('POST', `/Tickets/${made.Id}/Assign`, { AgentId: 2 }).AssigneeId).toBe(2);
  expect(helpdesk.read('GET', '/Agents/2').TicketCount).toBe(TicketCount + 1);
  expect(helpdesk.ask('DELETE', '/Agents/2').status).toBe(409);
});

test('an average is that of what is counted, and nothing where there is none', () => {
  const [shop] = helpdesk.read('GET', '/Shops');
  const reviews: { Stars: number }[] = helpdesk.read('GET', `/Shops/${shop.Id}/Reviews`);
  const mean = reviews.reduce((sum, { Stars }) => sum + Stars, 0) / reviews.length;
  expect(shop).toMatchObject({ ReviewCount: reviews.length, AverageRating: Math.round(mean * 10) / 10 });
  const { Id } = helpdesk.read('POST', '/Shops', {});
  const told = () => helpdesk.read('GET', `/Shops/${Id}`);
  expect(told()).toMatchObject({ ReviewCount: 0, AverageRating: null });
  for (const Stars of [5, 2]) helpdesk.ask('POST', `/Shops/${Id}/Reviews`, { AgentId: 1, Stars });
  expect(told()).toMatchObject({ ReviewCount: 2, AverageRating: 3.5 });
});
