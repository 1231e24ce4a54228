// Tasks with @hono/zod-openapi.
import { serve } from '@hono/node-server';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';

const app = new OpenAPIHono();
const tasks = new Map();
const Sent = z.object({ title: z.string().min(1), done: z.boolean().default(false) });
const Task = Sent.extend({ id: z.string().uuid() }).openapi('Task');
const Problem = z.object({ message: z.string() }).openapi('Problem');
const params = z.object({ taskId: z.string().uuid() });
const json = (schema, description = 'Done') => ({ description, content: { 'application/json': { schema } } });
const body = { required: true, content: { 'application/json': { schema: Sent } } };
const missing = { 404: json(Problem, 'Not there'), 400: { description: 'Invalid' } };
const path = '/tasks/{taskId}';

app.openapi(createRoute({ method: 'get', path: '/tasks', responses: { 200: json(z.array(Task)) } }), (c) =>
  c.json([...tasks.values()], 200),
);
app.openapi(
  createRoute({
    method: 'post',
    path: '/tasks',
    request: { body },
    responses: { 201: json(Task), 400: { description: 'Invalid' } },
  }),
  (c) => {
    const task = { ...c.req.valid('json'), id: crypto.randomUUID() };
    tasks.set(task.id, task);
    return c.json(task, 201);
  },
);
const found = (c) => tasks.get(c.req.valid('param').taskId);
const gone = (c) => c.json({ message: 'no such task' }, 404);
app.openapi(
  createRoute({ method: 'get', path, request: { params }, responses: { 200: json(Task), ...missing } }),
  (c) => (found(c) ? c.json(found(c), 200) : gone(c)),
);
app.openapi(
  createRoute({ method: 'put', path, request: { params, body }, responses: { 200: json(Task), ...missing } }),
  (c) => {
    const task = found(c);
    if (!task) return gone(c);
    tasks.set(task.id, { ...c.req.valid('json'), id: task.id });
    return c.json(tasks.get(task.id), 200);
  },
);
app.openapi(
  createRoute({ method: 'delete', path, request: { params }, responses: { 204: { description: 'Gone' }, ...missing } }),
  (c) => {
    if (!found(c)) return gone(c);
    tasks.delete(found(c).id);
    return c.body(null, 204);
  },
);
app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Tasks', version: '1' } });
serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' });
