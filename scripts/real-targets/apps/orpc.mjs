// Planets and what was seen of them, with oRPC.
import { createServer } from 'node:http';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { os } from '@orpc/server';
import { experimental_ZodSmartCoercionPlugin as Coercion, ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import * as z from 'zod';

const kind = z.enum(['rock', 'gas', 'ice']);
const sent = { name: z.string().min(1).max(40), moons: z.int().min(0).max(200), kind };
const seen = { text: z.string().min(1).max(100), stars: z.number().min(0).max(5) };
const Planet = z.object({ id: z.uuid(), ...sent });
const Sighting = z.object({ id: z.uuid(), planetId: z.uuid(), ...seen });
const id = { id: z.uuid() };
const [planets, sightings] = [new Map(), new Map()];

const base = os.errors({ NOT_FOUND: { message: 'Not found' } });
const of = (map, key, errors) => {
  const found = map.get(key);
  if (found === undefined) throw errors.NOT_FOUND();
  return found;
};
const add = (map, row) => {
  const made = { ...row, id: crypto.randomUUID() };
  map.set(made.id, made);
  return made;
};
const on = (method, path, input, successStatus = 200) =>
  base.route({ method, path, successStatus }).input(z.object(input));

const page = { limit: z.int().min(1).max(100).default(10), cursor: z.int().min(0).default(0), kind: kind.optional() };
const router = {
  list: on('GET', '/planets', page)
    .output(z.object({ items: z.array(Planet), nextCursor: z.int().nullable() }))
    .handler(({ input }) => {
      const all = [...planets.values()].filter((planet) => input.kind === undefined || planet.kind === input.kind);
      const end = input.cursor + input.limit;
      return { items: all.slice(input.cursor, end), nextCursor: end < all.length ? end : null };
    }),
  create: on('POST', '/planets', sent, 201)
    .output(Planet)
    .handler(({ input }) => add(planets, input)),
  find: on('GET', '/planets/{id}', id)
    .output(Planet)
    .handler(({ input, errors }) => of(planets, input.id, errors)),
  update: on('PUT', '/planets/{id}', { ...id, ...sent })
    .output(Planet)
    .handler(({ input, errors }) => Object.assign(of(planets, input.id, errors), input)),
  remove: on('DELETE', '/planets/{id}', id, 204).handler(({ input, errors }) => {
    of(planets, input.id, errors);
    planets.delete(input.id);
    for (const { id: key, planetId } of [...sightings.values()]) if (planetId === input.id) sightings.delete(key);
  }),
  seen: on('GET', '/planets/{id}/sightings', id)
    .output(z.array(Sighting))
    .handler(({ input, errors }) => {
      of(planets, input.id, errors);
      return [...sightings.values()].filter(({ planetId }) => planetId === input.id);
    }),
  see: on('POST', '/planets/{id}/sightings', { ...id, ...seen }, 201)
    .output(Sighting)
    .handler(({ input: { id: planetId, ...row }, errors }) => {
      of(planets, planetId, errors);
      return add(sightings, { ...row, planetId });
    }),
  sighting: on('GET', '/sightings/{id}', id)
    .output(Sighting)
    .handler(({ input, errors }) => of(sightings, input.id, errors)),
};

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
const document = JSON.stringify(await generator.generate(router, { info: { title: 'Planets', version: '1' } }));
const handler = new OpenAPIHandler(router, { plugins: [new Coercion()] });
createServer(async (request, response) => {
  if (request.url === '/openapi.json') return response.end(document);
  const { matched } = await handler.handle(request, response);
  if (matched) return undefined;
  response.statusCode = 404;
  return response.end('No such path');
}).listen(Number(process.argv[2]), '127.0.0.1');
