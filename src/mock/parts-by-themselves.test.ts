import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const done = { 204: { description: 'Done' }, ...missing };
const id = inPath('id', count);
const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never), ...missing } } });

const Step = object({ id: count, text, is_done: { type: 'boolean' } });
const Plan = object({ id: count, name: text, steps: list(ref('Step')), steps_count: count, completed_count: count });
const Member = object({ id: count, name: text });
const Ticket = object({ id: count, title: text, tags: list(text), assignee_ids: list(count) });

const plans = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Plans', version: '1' },
    components: { schemas: { Step, Plan, Member, Ticket } },
    paths: {
      '/members': get(list(ref('Member'))),
      '/plans': {
        ...get(list(ref('Plan'))),
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Plan')) } },
      },
      '/plans/{id}': { parameters: [id], ...get(ref('Plan')) },
      '/plans/{id}/steps': {
        parameters: [id],
        post: { requestBody: json(object({ text })), responses: { 201: answer(ref('Step')), ...missing } },
      },
      '/plans/{id}/steps/{step_id}': {
        parameters: [id, inPath('step_id', count)],
        ...get(ref('Step')),
        patch: {
          requestBody: json(object({ text, is_done: { type: 'boolean' } }, [])),
          responses: { 200: answer(ref('Step')), ...missing },
        },
        delete: { responses: done },
      },
      '/tickets': {
        ...get(list(ref('Ticket'))),
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref('Ticket')) } },
      },
      '/tickets/{id}': { parameters: [id], ...get(ref('Ticket')) },
      '/tickets/{id}/tags': {
        parameters: [id],
        ...get(list(text)),
        post: { requestBody: json(object({ tags: list(text) })), responses: { 200: answer(list(text)), ...missing } },
        delete: { requestBody: json(object({ tags: list(text) })), responses: done },
      },
      '/tickets/{id}/tags/{tag}': {
        parameters: [id, inPath('tag')],
        put: { responses: done },
        delete: { responses: done },
      },
      '/tickets/{id}/assignees': {
        parameters: [id],
        post: {
          requestBody: json(object({ member_id: count })),
          responses: { 200: answer(ref('Ticket')), ...missing },
        },
      },
      '/tickets/{id}/assignees/{member_id}': {
        parameters: [id, inPath('member_id', count)],
        put: { responses: done },
        delete: { responses: done },
      },
    },
  });

test('what is added to a list of a row, changed there and taken away is shown by itself and in the row', () => {
  const mock = plans();
  const plan = mock.read('POST', '/plans', { name: 'Launch' });
  expect(plan).toMatchObject({ steps: [], steps_count: 0, completed_count: 0 });
  const at = `/plans/${plan.id}`;
  const first = mock.read('POST', `${at}/steps`, { text: 'Write' });
  const second = mock.read('POST', `${at}/steps`, { text: 'Test' });
  expect(first).toMatchObject({ text: 'Write', is_done: false });
  expect(mock.read('GET', at)).toMatchObject({ steps: [first, second], steps_count: 2, completed_count: 0 });
  const changed = mock.read('PATCH', `${at}/steps/${second.id}`, { is_done: true });
  expect(changed).toEqual({ ...second, is_done: true });
  expect(mock.read('GET', at)).toMatchObject({ steps: [first, changed], completed_count: 1 });
  expect(mock.read('GET', `${at}/steps/${first.id}`)).toEqual(first);
  expect(mock.ask('DELETE', `${at}/steps/${first.id}`).status).toBe(204);
  expect(mock.ask('DELETE', `${at}/steps/${first.id}`).status).toBe(404);
  expect(mock.ask('GET', `${at}/steps/${first.id}`).status).toBe(404);
  expect(mock.read('GET', at)).toMatchObject({ steps: [changed], steps_count: 1 });
});

test('so are texts and keys in a list of a row, each once', () => {
  const mock = plans();
  const ticket = mock.read('POST', '/tickets', { title: 'Door' });
  const at = `/tickets/${ticket.id}`;
  expect(mock.read('POST', `${at}/tags`, { tags: ['late', 'red', 'late'] as never })).toEqual(['late', 'red']);
  expect(mock.ask('PUT', `${at}/tags/new`).status).toBe(204);
  mock.ask('PUT', `${at}/tags/red`);
  expect(mock.read('GET', `${at}/tags`)).toEqual(['late', 'red', 'new']);
  mock.ask('DELETE', `${at}/tags`, { tags: ['late'] as never });
  mock.ask('DELETE', `${at}/tags/red`);
  expect(mock.read('GET', at).tags).toEqual(['new']);
  expect(mock.ask('DELETE', `${at}/tags/red`).status).toBe(404);
  const [one, two] = mock.read('GET', '/members');
  expect(mock.read('POST', `${at}/assignees`, { member_id: one.id }).assignee_ids).toEqual([one.id]);
  mock.ask('PUT', `${at}/assignees/${two.id}`);
  mock.ask('DELETE', `${at}/assignees/${one.id}`);
  expect(mock.read('GET', at).assignee_ids).toEqual([two.id]);
});
