import type { JsonObject } from '../../../text/value.js';

/** A collection of a small server, which is right: for tests. */
export interface Collection {
  /** `/owners/{ownerId}/pets` */
  readonly path: string;
  /** The member that is the key: `id` */
  readonly key?: string;
  /** The path parameter that equals it: `petId` */
  readonly parameter: string;
  /** `chosen`: by the client, in the body. */
  readonly keys?: 'number' | 'uuid' | 'chosen';
  /** The member of the list's answer that holds the rows; absent: the answer is the list. */
  readonly envelope?: string;
  /** A create answers without a body, with Location alone. */
  readonly isLocationOnly?: boolean;
  /** Members of a row besides its key; the first is required and unique. */
  readonly members?: Readonly<Record<string, JsonObject>>;
  /** Members that name a thing of another collection: `lines.ownerId`, and the path of that. */
  readonly names?: Readonly<Record<string, string>>;
  /** What is there at the beginning, with keys. */
  readonly rows?: readonly JsonObject[];
  /** The operations that it has: all. */
  readonly has?: readonly (typeof everything)[number][];
  /** A DELETE of the whole collection. */
  readonly canBeCleared?: boolean;
}

const everything = ['list', 'create', 'read', 'replace', 'merge', 'delete'] as const;

/** The paths of a document for these collections. */
export function pathsOf(collections: readonly Collection[]): JsonObject {
  const paths: JsonObject = {};
  const error = {
    description: 'x',
    content: {
      'application/json': {
        schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
      },
    },
  };
  for (const each of collections) {
    const {
      key = 'id',
      keys = 'number',
      members = { name: { type: 'string', minLength: 1 } },
      envelope,
      has = everything,
    } = each;
    const keySchema =
      keys === 'number'
        ? { type: 'integer' }
        : keys === 'uuid'
          ? { type: 'string', format: 'uuid' }
          : { type: 'string', pattern: '^[a-z][a-z0-9-]{1,60}$' };
    const sentMembers = keys === 'chosen' ? { [key]: keySchema, ...members } : members;
    const required = [...(keys === 'chosen' ? [key] : []), nameOf(each)];
    const sent = { type: 'object', required, properties: sentMembers };
    const row = { type: 'object', required: [key, nameOf(each)], properties: { [key]: keySchema, ...members } };
    const rows = { type: 'array', items: row };
    const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
    const body = (schema: JsonObject) => ({
      requestBody: { required: true, content: { 'application/json': { schema } } },
    });
    const above = Array.from(each.path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => {
      const owner = collections.find(({ parameter }) => parameter === name);
      const form = owner?.keys ?? 'number';
      return { name, in: 'path', required: true, schema: form === 'number' ? { type: 'integer' } : { type: 'string' } };
    });
    const own = { name: each.parameter, in: 'path', required: true, schema: keySchema };
    const refusals = { 400: error, 404: error, 409: error, 415: error };
    const of = (kind: (typeof everything)[number], operation: JsonObject) =>
      has.includes(kind) ? operation : undefined;
    const collection = {
      parameters: above,
      get: of('list', {
        responses: {
          200: json(envelope ? { type: 'object', required: [envelope], properties: { [envelope]: rows } } : rows),
          404: error,
        },
      }),
      post: of('create', {
        ...body(sent),
        responses: {
          201: each.isLocationOnly
            ? { description: 'x', headers: { Location: { schema: { type: 'string' } } } }
            : json(row),
          ...refusals,
        },
      }),
      delete: each.canBeCleared ? { responses: { 204: { description: 'x' }, 404: error } } : undefined,
    };
    const item = {
      parameters: [...above, own],
      get: of('read', { responses: { 200: json(row), 400: error, 404: error } }),
      put: of('replace', { ...body(sent), responses: { 200: json(row), ...refusals } }),
      patch: of('merge', {
        ...body({ type: 'object', properties: members }),
        responses: { 200: json(row), ...refusals },
      }),
      delete: of('delete', { responses: { 204: { description: 'x' }, 400: error, 404: error } }),
    };
    paths[each.path] = defined(collection);
    paths[itemOf(each)] = defined(item);
  }
  return paths;
}

function defined(members: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;
}

export function itemOf({ path, parameter }: Collection): string {
  return `${path}/{${parameter}}`;
}

export function nameOf({ members }: Collection): string {
  return Object.keys(members ?? { name: {} })[0] ?? 'name';
}
