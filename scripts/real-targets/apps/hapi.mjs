// Rooms and their bookings with hapi, Joi and hapi-swagger.
import Boom from '@hapi/boom';
import Hapi from '@hapi/hapi';
import Inert from '@hapi/inert';
import Vision from '@hapi/vision';
import Swagger from 'hapi-swagger';
import Joi from 'joi';

const server = Hapi.server({ port: Number(process.argv[2]), host: '127.0.0.1' });
const options = { info: { title: 'Rooms', version: '1' }, OAS: 'v3.0', jsonPath: '/openapi.json' };
await server.register([Inert, Vision, { plugin: Swagger, options }]);
const [rooms, bookings] = [new Map(), new Map()];
let next = 1;

const sent = {
  name: Joi.string().min(1).max(40).required(),
  seats: Joi.number().integer().min(1).max(500).required(),
  floor: Joi.number().integer().min(0).max(60).default(0),
};
const integer = Joi.number().integer().required();
const Room = Joi.object({ ...sent, id: integer, locked: Joi.boolean().required() }).label('Room');
const booked = { who: Joi.string().min(1).max(80).required(), note: Joi.string().max(200).allow(null).default(null) };
const status = Joi.string().valid('booked', 'cancelled').required();
const Booking = Joi.object({ ...booked, id: integer, roomId: integer, status }).label('Booking');
const Problem = Joi.object({ statusCode: Joi.number(), error: Joi.string(), message: Joi.string() }).unknown();
const params = Joi.object({ id: Joi.number().integer().min(1).required() });
const query = Joi.object({
  limit: Joi.number().integer().min(1).max(100).default(25),
  offset: Joi.number().integer().min(0).default(0),
  floor: Joi.number().integer().min(0).max(60),
});
const of = (map, key) => {
  const found = map.get(key);
  if (found === undefined) throw Boom.notFound('nothing there');
  return found;
};
const refusal = { description: 'Refused', schema: Problem.label('Problem') };

function on(method, path, success, validate, handler) {
  const [code, schema] = success;
  const refusals = { 400: refusal, ...(validate.params && { 404: refusal }), 409: refusal };
  const responses = { [code]: { description: 'Done', ...(schema && { schema }) }, ...refusals };
  const failAction = (_request, _h, error) => {
    throw error;
  };
  const more = { tags: ['api'], validate: { failAction, ...validate }, plugins: { 'hapi-swagger': { responses } } };
  const answer = (request, h) => h.response(handler(request)).code(code);
  server.route({ method, path, options: more, handler: answer });
}

const Rooms = Joi.object({ rooms: Joi.array().items(Room).required(), total: integer }).label('Rooms');
on('GET', '/rooms', [200, Rooms], { query }, ({ query: { limit, offset, floor } }) => {
  const all = [...rooms.values()].filter((room) => floor === undefined || room.floor === floor);
  return { rooms: all.slice(offset, offset + limit), total: all.length };
});
on('POST', '/rooms', [201, Room], { payload: Joi.object(sent).required().label('RoomIn') }, ({ payload }) => {
  const room = { ...payload, id: next++, locked: false };
  rooms.set(room.id, room);
  return room;
});
on('GET', '/rooms/{id}', [200, Room], { params }, ({ params: { id } }) => of(rooms, id));
on('DELETE', '/rooms/{id}', [204], { params }, ({ params: { id } }) => {
  of(rooms, id);
  rooms.delete(id);
  for (const booking of [...bookings.values()]) if (booking.roomId === id) bookings.delete(booking.id);
});
for (const [action, locked] of [
  ['lock', true],
  ['unlock', false],
])
  on('POST', `/rooms/{id}/${action}`, [204], { params }, ({ params: { id } }) => {
    of(rooms, id).locked = locked;
  });
on('GET', '/rooms/{id}/bookings', [200, Joi.array().items(Booking)], { params }, ({ params: { id } }) => {
  of(rooms, id);
  return [...bookings.values()].filter(({ roomId }) => roomId === id);
});
const payload = Joi.object(booked).required().label('BookingIn');
on('POST', '/rooms/{id}/bookings', [201, Booking], { params, payload }, ({ params: { id }, payload: row }) => {
  if (of(rooms, id).locked) throw Boom.conflict('it is locked');
  const booking = { ...row, id: next++, roomId: id, status: 'booked' };
  bookings.set(booking.id, booking);
  return booking;
});
on('GET', '/bookings/{id}', [200, Booking], { params }, ({ params: { id } }) => of(bookings, id));
const Done = Joi.object({ ok: Joi.boolean().required() }).label('Done');
on('POST', '/bookings/{id}/cancel', [200, Done], { params }, ({ params: { id } }) => {
  of(bookings, id).status = 'cancelled';
  return { ok: true };
});
await server.start();
