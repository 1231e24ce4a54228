// Messages with Feathers and feathers-swagger.
import express, { errorHandler, json, notFound, rest } from '@feathersjs/express';
import { feathers } from '@feathersjs/feathers';
import { memory } from '@feathersjs/memory';
import swagger from 'feathers-swagger';

const app = express(feathers());
const specs = { info: { title: 'Messages', description: 'Messages', version: '1' } };
app.use(json()).configure(rest());
app.configure(swagger({ openApiVersion: 3, docsPath: '/docs', docsJsonPath: '/openapi.json', specs }));
const properties = {
  id: { type: 'integer', readOnly: true },
  text: { type: 'string' },
  userId: { type: 'string' },
  read: { type: 'boolean' },
};
const message = { type: 'object', required: ['text'], properties };
const definitions = { message, message_list: { type: 'array', items: { $ref: '#/components/schemas/message' } } };
const service = memory({ paginate: { default: 10, max: 50 }, multi: false, startId: 1, id: 'id' });
app.use('message', Object.assign(service, { docs: { description: 'messages', definitions } }));
app.use(notFound()).use(errorHandler({ html: false, logger: false }));
await app.listen(Number(process.argv[2]), '127.0.0.1');
