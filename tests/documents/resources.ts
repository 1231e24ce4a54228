import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/text/value.js';

type Case = (words: string) => string;
const cases: Readonly<Record<string, Case>> = {
  snake: (words) => words.replaceAll(' ', '_'),
  camel: (words) => words.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase()),
  Pascal: (words) => words.replace(/(?:^| )(.)/g, (_, letter: string) => letter.toUpperCase()),
};
const kebab: Case = (words) => words.replaceAll(' ', '-');

/** What a team would list, in the singular and the plural, and what stands below it. */
const things = [
  ['project', 'projects', 'task', 'tasks'],
  ['article', 'articles', 'comment', 'comments'],
  ['store', 'stores', 'product', 'products'],
  ['repair order', 'repair orders', 'part', 'parts'],
  ['company', 'companies', 'employee', 'employees'],
  ['course', 'courses', 'lesson', 'lessons'],
  ['warehouse', 'warehouses', 'bin', 'bins'],
  ['category', 'categories', 'entry', 'entries'],
  ['mailbox', 'mailboxes', 'message', 'messages'],
  ['device', 'devices', 'reading', 'readings'],
] as const;

const text = { type: 'string', minLength: 1, maxLength: 60 };
/** Members of things, by their words. */
const members: Readonly<Record<string, JsonObject>> = {
  name: text,
  title: text,
  description: { type: 'string' },
  email: { type: 'string', format: 'email' },
  'phone number': { type: 'string' },
  status: { type: 'string', enum: ['draft', 'active', 'archived'] },
  kind: { type: 'string', enum: ['small', 'large'] },
  price: { type: 'number', minimum: 0 },
  quantity: { type: 'integer', minimum: 0, maximum: 100 },
  'is active': { type: 'boolean' },
  tags: { type: 'array', items: { type: 'string' } },
  address: { type: 'object', required: ['city'], properties: { city: text, street: text, zip: { type: 'string' } } },
  'due date': { type: 'string', format: 'date' },
  'starts at': { type: 'string', format: 'date-time' },
  'ends at': { type: 'string', format: 'date-time' },
  website: { type: 'string', format: 'uri' },
  country: { type: 'string', minLength: 2, maxLength: 2 },
  currency: { type: 'string', minLength: 3, maxLength: 3 },
  position: { type: 'integer', minimum: 1 },
  color: { type: 'string', pattern: '^#[0-9a-f]{6}$' },
  priority: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
};
const made: Readonly<Record<string, JsonObject>> = {
  'created at': { type: 'string', format: 'date-time', readOnly: true },
  'updated at': { type: 'string', format: 'date-time', readOnly: true },
  'created by': { type: 'string', readOnly: true },
};

const style = fc.record({
  domain: fc.constantFrom(...things),
  letters: fc.constantFrom(...Object.keys(cases)),
  key: fc.constantFrom<Json>('integer', 'uuid', 'string', 'slug'),
  keyName: fc.constantFrom('id', 'thing id', 'uuid', 'key'),
  members: fc.subarray(Object.keys(members), { minLength: 1, maxLength: 7 }),
  required: fc.nat(),
  nullable: fc.nat(),
  made: fc.subarray(Object.keys(made)),
  list: fc.constantFrom('bare', 'data', 'items', 'results', 'named', 'jsonapi', 'meta'),
  total: fc.boolean(),
  paging: fc.constantFrom('none', 'page', 'offset', 'cursor'),
  filters: fc.boolean(),
  sort: fc.constantFrom('none', 'signed', 'two', 'enum'),
  item: fc.constantFrom('bare', 'data', 'named'),
  create: fc.constantFrom('201', '201 empty', '200', '201 key', 'none'),
  change: fc.subarray(['put', 'patch', 'merge'] as const),
  changeAnswer: fc.constantFrom('200', '204'),
  remove: fc.constantFrom('204', '200 thing', '200 said', 'none'),
  errors: fc.subarray(['400', '404', '409', '422'] as const),
  problem: fc.constantFrom('problem', 'message', 'none'),
  below: fc.constantFrom('none', 'below', 'beside', 'both'),
  count: fc.boolean(),
  action: fc.constantFrom('none', 'thing', 'nothing'),
  unique: fc.boolean(),
  search: fc.boolean(),
  many: fc.boolean(),
  own: fc.boolean(),
  secured: fc.constantFrom('none', 'bearer', 'key'),
  isThree: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject, description = 'Done.') => ({ description, ...json(schema) });
const array = (items: JsonObject) => ({ type: 'array', items });
const object = (properties: JsonObject, required = Object.keys(properties)) =>
  ({ type: 'object', required, properties }) as JsonObject;
const capital = (words: string) => (cases.Pascal as Case)(words);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function documentOf(s: Style): JsonObject {
  const word = cases[s.letters] as Case;
  const [one, many, childOne, childMany] = s.domain;
  const isJsonApi = s.list === 'jsonapi';
  const keyWords = s.keyName === 'thing id' ? `${one} id` : s.keyName;
  const keySchema: JsonObject =
    s.key === 'integer'
      ? { type: 'integer' }
      : s.key === 'uuid'
        ? { type: 'string', format: 'uuid' }
        : s.key === 'slug'
          ? { type: 'string', pattern: '^[a-z0-9-]+$', minLength: 3, maxLength: 40 }
          : { type: 'string' };
  const orNull = (schema: JsonObject): JsonObject =>
    s.isThree ? { ...schema, nullable: true } : { ...schema, type: [schema.type as string, 'null'] };
  const chosen = Object.fromEntries(
    s.members.map((name, index) => [
      word(name),
      (s.nullable >> index) & 1 && index > 0 && !('enum' in (members[name] as object))
        ? orNull(members[name] as JsonObject)
        : (members[name] as JsonObject),
    ]),
  );
  const needed = s.members.filter((_, index) => index === 0 || (s.required >> index) & 1).map(word);
  const own = { ...chosen, ...Object.fromEntries(s.made.map((name) => [word(name), made[name] as JsonObject])) };
  const counted =
    s.count && s.below !== 'none' ? { [word(`${childMany} count`)]: { type: 'integer', readOnly: true } } : {};
  const key = word(keyWords);
  const Thing = isJsonApi
    ? object({
        id: { ...keySchema, readOnly: true },
        type: { type: 'string', enum: [many] },
        attributes: object({ ...own, ...counted }, needed),
      })
    : object({ [key]: { ...keySchema, readOnly: true }, ...own, ...counted }, [
        key,
        ...needed,
        ...Object.keys(counted),
      ]);
  const Input = isJsonApi
    ? object({ data: object({ type: { type: 'string', enum: [many] }, attributes: object(chosen, needed) }) })
    : object(chosen, needed);
  const Change = isJsonApi
    ? object({ data: object({ type: { type: 'string', enum: [many] }, attributes: object(chosen, []) }) })
    : object(chosen, []);
  const childKey = { type: 'integer', readOnly: true };
  const above = word(`${one} id`);
  const childOwn = { [word('title')]: text, [word('is done')]: { type: 'boolean', default: false } };
  const Child = object({ [word('id')]: childKey, [above]: keySchema, ...childOwn }, [word('id'), above, word('title')]);
  const ChildInput = object(
    s.below === 'beside' ? { [above]: keySchema, ...childOwn } : childOwn,
    s.below === 'beside' ? [above, word('title')] : [word('title')],
  );
  const Error =
    s.problem === 'message'
      ? object({ message: { type: 'string' } })
      : object({ title: { type: 'string' }, status: { type: 'integer' } }, []);
  const errorOf = (description: string): JsonObject =>
    s.problem === 'none'
      ? { description }
      : {
          description,
          content: {
            [s.problem === 'problem' ? 'application/problem+json' : 'application/json']: { schema: ref('Error') },
          },
        };
  const descriptions: Record<string, string> = {
    400: 'The request is not valid.',
    404: `There is no such ${one}.`,
    409:
      s.unique && ['name', 'title', 'email', 'phone number', 'website'].includes(s.members[0] as string)
        ? `A ${one} with this ${s.members[0]} exists already.`
        : 'There is a conflict.',
    422: 'Some members are not valid.',
  };
  const errors = (...codes: string[]): JsonObject =>
    Object.fromEntries(
      codes
        .filter((code) => s.errors.includes(code as '400'))
        .map((code) => [code, errorOf(descriptions[code] as string)]),
    );
  const total = { [word('total')]: { type: 'integer' } };
  const listOf = (items: JsonObject, name: string): JsonObject => {
    const rows = array(items);
    const cursor = s.paging === 'cursor' ? { [word('next cursor')]: orNull({ type: 'string' }) } : {};
    const also = { ...(s.total ? total : {}), ...cursor };
    switch (s.list) {
      case 'bare':
        return s.paging === 'cursor' ? object({ items: rows, ...also }) : rows;
      case 'named':
        return object({ [word(name)]: rows, ...also });
      case 'jsonapi':
        return object({ data: rows, ...(s.total || s.paging === 'cursor' ? { meta: object(also) } : {}) });
      case 'meta':
        return object({ data: rows, meta: object({ ...total, ...cursor }) });
      case 'results':
        return object({ results: rows, ...(s.total ? { count: { type: 'integer' } } : {}), ...cursor });
      default:
        return object({ [s.list]: rows, ...also });
    }
  };
  const itemOf = (schema: JsonObject, name: string): JsonObject =>
    isJsonApi || s.item === 'data'
      ? object({ data: schema })
      : s.item === 'named'
        ? object({ [word(name)]: schema })
        : schema;
  const query = (words: string, schema: JsonObject, description?: string) => ({
    name: word(words),
    in: 'query',
    schema,
    ...(description && { description }),
  });
  const integer = { type: 'integer', minimum: 1 };
  const paging: JsonObject[] =
    s.paging === 'page'
      ? [query('page', { ...integer, default: 1 }), query('per page', { ...integer, maximum: 100, default: 20 })]
      : s.paging === 'offset'
        ? [
            query('offset', { type: 'integer', minimum: 0, default: 0 }),
            query('limit', { ...integer, maximum: 100, default: 20 }),
          ]
        : s.paging === 'cursor'
          ? [query('cursor', { type: 'string' }), query('limit', { ...integer, maximum: 100, default: 20 })]
          : [];
  const filters: JsonObject[] = s.filters
    ? s.members
        .filter((name) => ['status', 'kind', 'is active', 'email', 'country', 'name', 'priority'].includes(name))
        .map((name) =>
          query(name, members[name]?.default === undefined ? (members[name] as JsonObject) : { type: 'integer' }),
        )
    : [];
  const sortable = s.members
    .filter((name) => ['name', 'title', 'price', 'quantity', 'due date', 'position'].includes(name))
    .map(word);
  const sorts: JsonObject[] =
    sortable.length === 0 || s.sort === 'none'
      ? []
      : s.sort === 'signed'
        ? [
            query(
              'sort',
              { type: 'string', enum: sortable.flatMap((name) => [name, `-${name}`]) },
              'A leading minus sorts in descending order.',
            ),
          ]
        : s.sort === 'enum'
          ? [query('sort', { type: 'string', enum: sortable })]
          : [
              query('sort by', { type: 'string', enum: sortable }),
              query('order', { type: 'string', enum: ['asc', 'desc'], default: 'asc' }),
            ];
  const thing = ref(capital(one));
  const child = ref(capital(childOne));
  const shown = itemOf(thing, one);
  const inPath = (name: string, schema: JsonObject) => ({ name, in: 'path', required: true, schema });
  const atKey = inPath(key, keySchema);
  const body = (schema: JsonObject, type = 'application/json') => ({
    requestBody: { required: true, content: { [type]: { schema } } },
  });
  const location = { headers: { Location: { description: `The new ${one}.`, schema: { type: 'string' } } } };
  const base = `/${kebab(many)}`;
  const changed: JsonObject =
    s.changeAnswer === '200' ? { 200: answer(shown, `The ${one}.`) } : { 204: { description: 'Changed.' } };
  const operations: JsonObject = {
    [base]: {
      get: {
        operationId: `list${capital(many)}`,
        parameters: [...paging, ...filters, ...sorts],
        responses: { 200: answer(listOf(thing, many)), ...errors('400') },
      },
      ...(s.create !== 'none' && {
        post: {
          operationId: `create${capital(one)}`,
          ...body(isJsonApi ? Input : ref(`${capital(one)}Input`)),
          responses: {
            ...(s.create === '200'
              ? { 200: answer(shown) }
              : s.create === '201 key'
                ? { 201: answer(object({ [isJsonApi ? 'id' : key]: keySchema })) }
                : s.create === '201 empty'
                  ? { 201: { description: 'Created.', ...location } }
                  : { 201: { ...answer(shown, 'Created.'), ...location } }),
            ...errors('400', '409', '422'),
          },
        },
      }),
    },
    [`${base}/{${key}}`]: {
      parameters: [atKey],
      get: { operationId: `get${capital(one)}`, responses: { 200: answer(shown), ...errors('404') } },
      ...(s.change.includes('put') && {
        put: {
          operationId: `replace${capital(one)}`,
          ...body(Input),
          responses: { ...changed, ...errors('400', '404', '409', '422') },
        },
      }),
      ...((s.change.includes('patch') || s.change.includes('merge')) && {
        patch: {
          operationId: `update${capital(one)}`,
          ...body(Change, s.change.includes('merge') ? 'application/merge-patch+json' : 'application/json'),
          responses: { ...changed, ...errors('400', '404', '409', '422') },
        },
      }),
      ...(s.remove !== 'none' && {
        delete: {
          operationId: `delete${capital(one)}`,
          responses: {
            ...(s.remove === '204'
              ? { 204: { description: 'Deleted.' } }
              : s.remove === '200 thing'
                ? { 200: answer(shown) }
                : {
                    200: answer(
                      object({ [word('deleted')]: { type: 'boolean' }, [key]: keySchema }, [word('deleted')]),
                    ),
                  }),
            ...errors('404'),
          },
        },
      }),
    },
    ...(s.action !== 'none' && {
      [`${base}/{${key}}/archive`]: {
        post: {
          operationId: `archive${capital(one)}`,
          summary: `Archives the ${one}.`,
          parameters: [atKey],
          responses: {
            ...(s.action === 'thing' ? { 200: answer(shown) } : { 204: { description: 'Archived.' } }),
            ...errors('404', '409'),
          },
        },
      },
    }),
    ...(s.search && {
      [`${base}/search`]: {
        get: {
          operationId: `search${capital(many)}`,
          parameters: [{ ...query('q', { type: 'string', minLength: 1 }), required: true }, ...paging],
          responses: { 200: answer(listOf(thing, many)) },
        },
      },
    }),
    ...(s.many && {
      [`${base}/bulk-delete`]: {
        post: {
          operationId: `deleteMany${capital(many)}`,
          ...body(object({ [word('ids')]: { ...array(keySchema), minItems: 1 } })),
          responses: { 204: { description: 'Deleted.' } },
        },
      },
    }),
    ...(s.own && {
      '/me/settings': {
        get: { operationId: 'getSettings', responses: { 200: answer(ref('Settings')) } },
        put: { operationId: 'replaceSettings', ...body(ref('Settings')), responses: { 200: answer(ref('Settings')) } },
      },
    }),
    ...((s.below === 'below' || s.below === 'both') && {
      [`${base}/{${key}}/${kebab(childMany)}`]: {
        parameters: [atKey],
        get: {
          operationId: `list${capital(one)}${capital(childMany)}`,
          parameters: paging,
          responses: { 200: answer(listOf(child, childMany)), ...errors('404') },
        },
        post: {
          operationId: `create${capital(childOne)}`,
          ...body(ChildInput),
          responses: { 201: answer(itemOf(child, childOne)), ...errors('404', '422') },
        },
      },
      [`${base}/{${key}}/${kebab(childMany)}/{${word(`${childOne} id`)}}`]: {
        parameters: [atKey, inPath(word(`${childOne} id`), { type: 'integer' })],
        get: {
          operationId: `get${capital(childOne)}`,
          responses: { 200: answer(itemOf(child, childOne)), ...errors('404') },
        },
        delete: {
          operationId: `delete${capital(childOne)}`,
          responses: { 204: { description: 'Deleted.' }, ...errors('404') },
        },
      },
    }),
    ...((s.below === 'beside' || s.below === 'both') && {
      [`/${kebab(childMany)}`]: {
        get: {
          operationId: `list${capital(childMany)}`,
          parameters: [query(`${one} id`, keySchema), ...paging],
          responses: { 200: answer(listOf(child, childMany)) },
        },
        ...(s.below === 'beside' && {
          post: {
            operationId: `add${capital(childOne)}`,
            ...body(ChildInput),
            responses: { 201: answer(itemOf(child, childOne)), ...errors('404', '422') },
          },
        }),
      },
    }),
  };
  const security = s.secured === 'none' ? {} : { security: [{ auth: [] }] };
  return {
    openapi: s.isThree ? '3.0.3' : '3.1.0',
    info: { title: capital(many), version: '1' },
    ...security,
    paths: operations,
    components: {
      schemas: {
        [capital(one)]: Thing,
        [`${capital(one)}Input`]: Input,
        [capital(childOne)]: Child,
        Error,
        Settings: object({ [word('time zone')]: { type: 'string' }, [word('wants mail')]: { type: 'boolean' } }),
      },
      ...(s.secured === 'none'
        ? {}
        : {
            securitySchemes: {
              auth:
                s.secured === 'bearer'
                  ? { type: 'http', scheme: 'bearer' }
                  : { type: 'apiKey', in: 'header', name: 'X-Key' },
            },
          }),
    },
  } as unknown as JsonObject;
}

/** A document of things that can be listed, made, read, changed and deleted, as teams of different habits would write it. */
export const anyResources: fc.Arbitrary<JsonObject> = style.map(documentOf);
