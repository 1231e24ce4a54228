import type { JsonObject } from '../../../text/value.js';

/** How contacts are called: each is right. */
export type Style =
  /** `GET /contacts.info?contact=7`; every answer is 200, and says by `ok` how it went. */
  | 'ok'
  /** `POST /contact/get`, with the key in the body. */
  | 'plain'
  /** `POST /crm.v1.Contacts/GetContact`; what is sent of a contact stands in a member, with its key. */
  | 'wrapped';

const text = { type: 'string' };
const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: 'object',
  required,
  properties,
});
const orNull = (type: string) => ({ type: [type, 'null'] });
const as = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });

const sent = {
  name: { type: 'string', minLength: 1, maxLength: 80 },
  company: { type: 'string', minLength: 1, maxLength: 60 },
  age: { type: 'integer', minimum: 0, maximum: 150 },
  starred: { type: 'boolean' },
};
const contact = object({
  ...{ id: text, name: text, company: orNull('string'), age: orNull('integer') },
  ...{ starred: { type: 'boolean' }, created: { type: 'integer' } },
});
const Contact = { $ref: '#/components/schemas/Contact' };
const asked = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  cursor: text,
  company: text,
  sort: { type: 'string', enum: ['name', '-name', 'age', '-age'] },
};
const listed = {
  contacts: { type: 'array', items: Contact },
  total: { type: 'integer' },
  next_cursor: orNull('string'),
};

const refusal = { description: 'x', ...as(object({ message: text })) };
const refusals = { 400: refusal, 404: refusal, 415: refusal };
const failure = object({ ok: { const: false }, error: text });

const answering = (style: Style, members: JsonObject): JsonObject =>
  style === 'ok'
    ? { 200: { description: 'x', ...as({ oneOf: [object({ ok: { const: true }, ...members }), failure] }) } }
    : { 200: { description: 'x', ...as(object(members)) }, ...refusals };

function operation(style: Style, id: string, sent: JsonObject, shown: JsonObject, isRead = false): JsonObject {
  const responses = answering(style, shown);
  const { properties, required } = sent as { properties: JsonObject; required: string[] };
  const parameters = Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
  return isRead && style === 'ok'
    ? { get: { operationId: id, parameters, responses } }
    : { post: { operationId: id, requestBody: { required: true, ...as(sent) }, responses } };
}

const paths: Readonly<Record<Style, readonly string[]>> = {
  ok: ['list', 'create', 'info', 'update', 'delete'].map((verb) => `/contacts.${verb}`),
  plain: ['list', 'create', 'get', 'update', 'delete'].map((verb) => `/contact/${verb}`),
  wrapped: ['ListContacts', 'CreateContact', 'GetContact', 'UpdateContact', 'DeleteContact'].map(
    (method) => `/crm.v1.Contacts/${method}`,
  ),
};

/** The name of the member that says which contact is meant. */
export const keyOfStyle = (style: Style): string => (style === 'ok' ? 'contact' : 'id');

/**
 * The document of contacts that are called.
 * @param isReplacing whether a change needs what a create does, so that it may be one of the whole contact
 */
export function documentOf(style: Style, isReplacing = false): JsonObject {
  const key = { [keyOfStyle(style)]: text };
  const made = object(sent, ['name']);
  const changed = object({ ...key, ...sent }, [...Object.keys(key), ...(isReplacing ? ['name'] : [])]);
  const within = (schema: JsonObject) => (style === 'wrapped' ? object({ contact: schema }) : schema);
  const one = { contact: Contact };
  const [list = '', create = '', read = '', update = '', remove = ''] = paths[style];
  return {
    openapi: '3.1.0',
    info: { title: 'Contacts', version: '1' },
    components: { schemas: { Contact: contact } },
    paths: {
      [list]: operation(style, 'list', object(asked, []), listed, true),
      [create]: operation(style, 'create', within(made), one),
      [read]: operation(style, 'read', object(key), one, true),
      [update]: operation(style, 'update', within(changed), one),
      [remove]: operation(style, 'remove', object(key), {}),
    },
  };
}
