// Notes with express-zod-api.
import { createConfig, createServer, Documentation, defaultEndpointsFactory } from 'express-zod-api';
import createHttpError from 'http-errors';
import { z } from 'zod';

const port = Number(process.argv[2]);
const notes = new Map();
let next = 1;
const sent = {
  title: z.string().min(1).max(50),
  body: z.string().nullable().default(null),
  tags: z.array(z.string().max(10)).max(3).default([]),
  priority: z.enum(['low', 'mid', 'high']).default('mid'),
};
const Note = z.object({ ...sent, id: z.int().positive() });
const id = z.string().regex(/^\d+$/).transform(Number);
const of = (key) => {
  const note = notes.get(key);
  if (note === undefined) throw createHttpError(404, 'no such note');
  return note;
};
const build = (method, input, output, handler) =>
  defaultEndpointsFactory.build({
    method,
    input: z.object(input),
    output,
    handler: ({ input: said }) => handler(said),
  });
const page = {
  limit: z
    .string()
    .regex(/^([1-9]|[1-4]\d|50)$/)
    .transform(Number)
    .default(20),
  offset: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .default(0),
  priority: z.enum(['low', 'mid', 'high']).optional(),
};
const routing = {
  notes: {
    get: build('get', page, z.object({ notes: z.array(Note), total: z.int() }), async ({ limit, offset, priority }) => {
      const all = [...notes.values()].filter((note) => priority === undefined || note.priority === priority);
      return { notes: all.slice(offset, offset + limit), total: all.length };
    }),
    post: build('post', sent, Note, async (said) => {
      const note = { ...said, id: next++ };
      notes.set(note.id, note);
      return note;
    }),
  },
  'notes/:id': {
    get: build('get', { id }, Note, async ({ id: key }) => of(key)),
    put: build('put', { id, ...sent }, Note, async (said) => {
      of(said.id);
      notes.set(said.id, said);
      return said;
    }),
    delete: build('delete', { id }, z.object({}), async ({ id: key }) => {
      of(key);
      notes.delete(key);
      return {};
    }),
  },
};
const config = createConfig({
  http: { listen: port },
  cors: false,
  startupLogo: false,
  logger: { level: 'silent' },
  beforeRouting: ({ app }) => {
    const serverUrl = `http://127.0.0.1:${port}`;
    const document = new Documentation({ routing, config, version: '1.0.0', title: 'Notes', serverUrl });
    app.get('/openapi.json', (_request, response) => response.type('yaml').send(document.getSpecAsYaml()));
  },
});
await createServer(config, routing);
