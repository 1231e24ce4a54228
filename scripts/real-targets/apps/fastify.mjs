// Pets in shelters with @fastify/swagger.

import swagger from '@fastify/swagger';
import Fastify from 'fastify';

const app = Fastify({ ajv: { customOptions: { coerceTypes: 'array', removeAdditional: false } } });
await app.register(swagger, { openapi: { openapi: '3.0.3', info: { title: 'Pets', version: '1' } } });
const shelters = new Map();
let next = 1;
const error = {
  type: 'object',
  properties: { statusCode: { type: 'integer' }, error: { type: 'string' }, message: { type: 'string' } },
};
const refusals = { 400: { description: 'Invalid', ...error }, 404: { description: 'Not there', ...error } };
const id = { type: 'object', required: ['shelterId'], properties: { shelterId: { type: 'integer' } } };
const sent = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1 }, places: { type: 'integer', minimum: 0, default: 0 } },
};
const shelter = { ...sent, required: ['id', 'name'], properties: { id: { type: 'integer' }, ...sent.properties } };
const of = (request, reply) => {
  const found = shelters.get(request.params.shelterId);
  if (found === undefined) reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'no such shelter' });
  return found;
};
const ok = (schema) => ({ description: 'Done', ...schema });
await app.register(async (routes) => {
  routes.get('/shelters', { schema: { response: { 200: ok({ type: 'array', items: shelter }) } } }, () => [
    ...shelters.values(),
  ]);
  routes.post(
    '/shelters',
    { schema: { body: sent, response: { 201: ok(shelter), 400: refusals[400] } } },
    (request, reply) => {
      const made = { ...request.body, id: next++ };
      shelters.set(made.id, made);
      reply.code(201).send(made);
    },
  );
  routes.get(
    '/shelters/:shelterId',
    { schema: { params: id, response: { 200: ok(shelter), ...refusals } } },
    (request, reply) => of(request, reply),
  );
  routes.put(
    '/shelters/:shelterId',
    { schema: { params: id, body: sent, response: { 200: ok(shelter), ...refusals } } },
    (request, reply) => {
      if (of(request, reply) === undefined) return reply;
      const changed = { ...request.body, id: request.params.shelterId };
      shelters.set(changed.id, changed);
      return changed;
    },
  );
  routes.delete(
    '/shelters/:shelterId',
    { schema: { params: id, response: { 204: { description: 'Gone', type: 'null' }, ...refusals } } },
    (request, reply) => {
      if (of(request, reply) === undefined) return reply;
      shelters.delete(request.params.shelterId);
      return reply.code(204).send();
    },
  );
});
app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
