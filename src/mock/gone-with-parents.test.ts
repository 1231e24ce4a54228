import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never), ...missing } } });
const gone = { delete: { responses: { 204: { description: 'Done' }, ...missing } } };
const made = (name: string, sent: object) => ({
  post: { requestBody: json(sent as never), responses: { 201: answer(ref(name)) } },
});

test('what is listed and made below another thing alone goes with it, also by a path of its own', () => {
  const Project = object({ id: count, name: text, unreadCount: count });
  const Task = object({ id: count, projectId: count, assigneeId: count, title: text, isRead: { type: 'boolean' } });
  const { read, ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Projects', version: '1' },
    components: { schemas: { Project, Task } },
    paths: {
      '/projects': { ...get(list(ref('Project'))), ...made('Project', object({ name: text })) },
      '/projects/{id}': { parameters: [inPath('id', count)], ...get(ref('Project')), ...gone },
      '/projects/{id}/tasks': {
        parameters: [inPath('id', count)],
        ...get(list(ref('Task'))),
        ...made('Task', object({ title: text })),
      },
      '/tasks/{id}': { parameters: [inPath('id', count)], ...get(ref('Task')), ...gone },
    },
  });
  const [first]: { id: number; unreadCount: number }[] = read('GET', '/projects');
  const tasks: { id: number; isRead: boolean }[] = read('GET', `/projects/${first?.id}/tasks`);
  expect(tasks.filter(({ isRead }) => !isRead).length).toBe(first?.unreadCount);
  const project = read('POST', '/projects', { name: 'New' });
  const task = read('POST', `/projects/${project.id}/tasks`, { title: 'New' });
  expect(read('GET', `/tasks/${task.id}`)).toEqual(task);
  ask('DELETE', `/projects/${project.id}`);
  expect(ask('GET', `/tasks/${task.id}`).status).toBe(404);
  expect(ask('GET', `/tasks/${tasks[0]?.id ?? 7}`).status).toBe(200);
});
