import { expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { findResources } from './finding.js';

function resourcesOf(paths: string, schemas = '') {
  const text = `openapi: 3.1.0\ninfo: { title: T, version: '1' }\ncomponents: { schemas: {${schemas}} }\npaths:\n${paths}`;
  return findResources(createOperations(documentFromText(text, { name: 'a.yaml' })));
}

/** What is found, a line for what a person would want to know. */
function found(paths: string, schemas = ''): string {
  const resources = resourcesOf(paths, schemas);
  const lines = resources.all.flatMap((resource) => [
    `${resource.name}: ${resource.key?.member.join('.') ?? 'no key'}`,
    ...resource.scope.map(({ parameter, member }) => `  {${parameter}} = ${member?.join('.') ?? 'nothing'}`),
    ...resource.references.map(({ member, resource: other }) => `  ${member.join('.')} -> ${other.name}`),
    ...resource.roles.flatMap((role) => {
      const at = role.answer === null ? '' : ` in [${role.answer.path}]`;
      const body = role.kind !== 'list' && role.body !== null ? ` takes [${role.body.path}]` : '';
      const line = `  ${role.kind} ${role.entry.method} ${role.entry.path}${at}${body}`;
      if (role.kind !== 'list') return [line];
      const query = role.query.map((each) => {
        const name = [each.parameter, ...each.within].join('/');
        return `${name}=${each.role === 'filter' ? `${each.member.join('.')} ${each.operator}` : each.role}`;
      });
      const envelope = role.envelope.map(
        ({ role: says, at }) => `${'header' in at ? at.header : at.member.join('.')}=${says}`,
      );
      return [
        line,
        ...(query.length > 0 ? [`    ? ${query.join(', ')}`] : []),
        ...(envelope.length > 0 ? [`    < ${envelope.join(', ')}`] : []),
      ];
    }),
  ]);
  return [...lines, ...resources.unplaced.map(({ entry, reason }) => `${entry.method} ${entry.path}: ${reason}`)].join(
    '\n',
  );
}

const ok = (schema: string) =>
  `{ responses: { 200: { description: d, content: { application/json: { schema: ${schema} } } } } }`;
const takes = (schema: string, status = 201) =>
  `{ requestBody: { content: { application/json: { schema: ${schema} } } }, responses: { ${status}: { description: d, content: { application/json: { schema: ${schema} } } } } }`;
const query = (...names: string[]) =>
  `[${names.map((name) => `{ name: '${name}', in: query, schema: { type: ${/id$|at$|_after$/.test(name) ? 'string' : /size|number|limit|offset|skip|top|count/i.test(name) ? 'integer' : 'string'} } }`).join(', ')}]`;
const listed = (schema: string, ...names: string[]) =>
  `{ parameters: ${query(...names)}, responses: { 200: { description: d, content: { application/json: { schema: ${schema} } } } } }`;
const string = '{ type: string }';
const integer = '{ type: integer }';

it('JSON:API: attributes, links, page[…], filter[…]', () => {
  expect(
    found(
      `
  /articles:
    get: ${listed(`{ properties: { data: { type: array, items: { $ref: '#/components/schemas/Article' } }, links: { properties: { next: ${string}, last: ${string} } }, meta: { properties: { total: ${integer} } } } }`, 'page[number]', 'page[size]', 'filter[title]', 'filter[search]', 'sort', 'include')}
    post: ${takes(`{ properties: { data: { $ref: '#/components/schemas/Article' } } }`)}
  /articles/{id}:
    get: ${ok(`{ properties: { data: { $ref: '#/components/schemas/Article' } } }`)}`,
      `Article: { type: object, required: [id, type], properties: { id: ${string}, type: ${string}, attributes: { type: object, properties: { title: ${string} } } } }`,
    ),
  ).toMatchInlineSnapshot(`
    "articles: id
      list GET /articles in [data]
        ? page[number]=page, page[size]=size, filter[title]=attributes.title eq, filter[search]=search, sort=order
        < links.next=next-url, links.last=last-url, meta.total=total
      create POST /articles in [data] takes [data]
      read GET /articles/{id} in [data]"
  `);
});

it('JSON:API: what has the same frame is not the same thing', () => {
  const thing = (attribute: string) =>
    `{ properties: { type: ${string}, id: ${string}, attributes: { type: object, properties: { ${attribute}: ${string} } }, links: { type: object } } }`;
  const list = (attribute: string) => ok(`{ properties: { data: { type: array, items: ${thing(attribute)} } } }`);
  expect(
    found(`
  /hooks:
    get: ${list('url')}
    post: { requestBody: { content: { application/json: { schema: { properties: { data: { properties: { attributes: { properties: { url: ${string} } } } } } } } } }, responses: { 201: { description: d, content: { application/json: { schema: { properties: { data: ${thing('url')} } } } } } } }
  /hooks/{id}:
    get: ${ok(`{ properties: { data: ${thing('url')} } }`)}
  /hooks/{id}/ping:
    post: ${ok(`{ properties: { data: ${thing('outcome')} } }`)}
  /hooks/{id}/logs:
    get: ${list('status')}`),
  ).toMatchInlineSnapshot(`
    "hooks: id
      list GET /hooks in [data]
      create POST /hooks in [data] takes [data]
      read GET /hooks/{id} in [data]
    hooks.logs: id
      {id} = nothing
      list GET /hooks/{id}/logs in [data]
    POST /hooks/{id}/ping: Its path names no known thing, and it shows none"
  `);
});

it('HAL: _embedded and _links', () => {
  expect(
    found(`
  /pets:
    get: ${listed(`{ properties: { _embedded: { properties: { pets: { type: array, items: { properties: { id: ${integer}, name: ${string} } } } } }, _links: { properties: { next: { properties: { href: ${string} } } } }, page: { properties: { size: ${integer}, totalElements: ${integer}, totalPages: ${integer}, number: ${integer} } } } }`, 'size', 'page')}
  /pets/{petId}:
    get: ${ok(`{ properties: { id: ${integer}, name: ${string}, _links: { type: object } } }`)}`),
  ).toMatchInlineSnapshot(`
    "pets: id
      list GET /pets in [_embedded,pets]
        ? size=size, page=page
        < _links.next.href=next-url, page.size=size, page.totalElements=total, page.totalPages=pages, page.number=page
      read GET /pets/{petId} in []"
  `);
});

it('Google: items, nextPageToken, verbs behind a colon', () => {
  expect(
    found(`
  /v1/books:
    get: ${listed(`{ properties: { kind: ${string}, items: { type: array, items: { properties: { bookId: ${string}, title: ${string}, state: ${string} } } }, nextPageToken: ${string} } }`, 'pageToken', 'maxResults', 'orderBy', 'q')}
  /v1/books/{bookId}:
    get: ${ok(`{ properties: { bookId: ${string}, title: ${string}, state: ${string} } }`)}
  /v1/books/{bookId}:publish:
    post: ${ok(`{ properties: { bookId: ${string}, title: ${string}, state: ${string} } }`)}`),
  ).toMatchInlineSnapshot(`
    "books: bookId
      list GET /v1/books in [items]
        ? pageToken=cursor, maxResults=size, orderBy=order, q=search
        < nextPageToken=next-cursor
      read GET /v1/books/{bookId} in []
      action POST /v1/books/{bookId}:publish in []"
  `);
});

it('Kubernetes: the key inside of metadata', () => {
  expect(
    found(
      `
  /api/v1/namespaces/{namespace}/pods:
    get: ${listed(`{ properties: { apiVersion: ${string}, kind: ${string}, metadata: { properties: { continue: ${string}, resourceVersion: ${string} } }, items: { type: array, items: { $ref: '#/components/schemas/Pod' } } } }`, 'limit', 'continue', 'labelSelector')}
    post: ${takes(`{ $ref: '#/components/schemas/Pod' }`)}
  /api/v1/namespaces/{namespace}/pods/{name}:
    get: ${ok(`{ $ref: '#/components/schemas/Pod' }`)}
    patch: { requestBody: { content: { application/json-patch+json: { schema: { type: array } }, application/merge-patch+json: { schema: { type: object } } } }, responses: { 200: { description: d } } }`,
      `Pod: { type: object, properties: { apiVersion: ${string}, kind: ${string}, metadata: { type: object, properties: { name: ${string}, namespace: ${string}, uid: ${string} } }, spec: { type: object } } }`,
    ),
  ).toMatchInlineSnapshot(`
    "pods: metadata.name
      {namespace} = metadata.namespace
      list GET /api/v1/namespaces/{namespace}/pods in [items]
        ? limit=size, continue=cursor, labelSelector=expression
        < metadata.continue=next-cursor
      create POST /api/v1/namespaces/{namespace}/pods in [] takes []
      read GET /api/v1/namespaces/{namespace}/pods/{name} in []
      merge PATCH /api/v1/namespaces/{namespace}/pods/{name} takes []"
  `);
});

it('a name beside metadata that has an id: the id', () => {
  const row = `{ properties: { metadata: { properties: { id: ${string}, createdAt: ${string} } }, name: ${string} } }`;
  expect(
    found(`
  /api-tokens:
    get: ${ok(`{ type: array, items: ${row} }`)}
  /api-tokens/{api-token}:
    delete: { responses: { 204: { description: d } } }`),
  ).toMatchInlineSnapshot(`
    "api-tokens: metadata.id
      list GET /api-tokens in []
      delete DELETE /api-tokens/{api-token}"
  `);
});

it('Stripe: data, has_more, starting_after, POST that changes', () => {
  expect(
    found(
      `
  /v1/charges:
    get: ${listed(`{ properties: { object: ${string}, data: { type: array, items: { $ref: '#/components/schemas/Charge' } }, has_more: { type: boolean }, url: ${string} } }`, 'limit', 'starting_after', 'ending_before', 'customer', 'expand')}
    post: { requestBody: { content: { application/x-www-form-urlencoded: { schema: { properties: { amount: ${integer} } } } } }, responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Charge' } } } } } }
  /v1/charges/{charge}:
    get: ${ok(`{ $ref: '#/components/schemas/Charge' }`)}
    post: { requestBody: { content: { application/x-www-form-urlencoded: { schema: { properties: { description: ${string} } } } } }, responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Charge' } } } } } }
  /v1/charges/{charge}/capture:
    post: ${ok(`{ $ref: '#/components/schemas/Charge' }`)}
  /v1/customers/{customer}:
    get: ${ok(`{ properties: { id: ${string}, email: ${string} } }`)}`,
      `Charge: { type: object, required: [id, amount], properties: { id: ${string}, amount: ${integer}, description: ${string}, customer: ${string} } }`,
    ),
  ).toMatchInlineSnapshot(`
    "charges: id
      customer -> customers
      list GET /v1/charges in [data]
        ? limit=size, starting_after=after, ending_before=before, customer=customer eq
        < has_more=has-more, url=self-url
      create POST /v1/charges in [] takes []
      read GET /v1/charges/{charge} in []
      merge POST /v1/charges/{charge} in [] takes []
      action POST /v1/charges/{charge}/capture in []
    customers: id
      read GET /v1/customers/{customer} in []"
  `);
});

it('GitHub: an array with Link, two parts of a key, lists that stand elsewhere', () => {
  expect(
    found(
      `
  /orgs/{org}/repos:
    get: { parameters: ${query('per_page', 'page')}, responses: { 200: { description: d, headers: { Link: { schema: ${string} } }, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Repo' } } } } } } }
  /repos/{owner}/{repo}:
    get: ${ok(`{ $ref: '#/components/schemas/Repo' }`)}
    delete: { responses: { 204: { description: d } } }
  /repos/{owner}/{repo}/issues/{issue_number}:
    get: ${ok(`{ properties: { id: ${integer}, number: ${integer}, title: ${string}, user: { $ref: '#/components/schemas/User' } } }`)}
  /users/{username}:
    get: ${ok(`{ $ref: '#/components/schemas/User' }`)}`,
      `Repo: { type: object, properties: { id: ${integer}, name: ${string}, owner: { $ref: '#/components/schemas/User' } } }, User: { type: object, properties: { id: ${integer}, login: ${string}, name: ${string} } }`,
    ),
  ).toMatchInlineSnapshot(`
    "users: login
      read GET /users/{username} in []
    repos: id
      {owner} = owner.login
      owner.login -> users
      list GET /orgs/{org}/repos in []
        ? per_page=size, page=page
        < Link=link-header
      read GET /repos/{owner}/{repo} in []
      delete DELETE /repos/{owner}/{repo}
    repos.issues: number
      {owner} = nothing
      {repo} = nothing
      user.login -> users
      read GET /repos/{owner}/{repo}/issues/{issue_number} in []"
  `);
});

it('OData: keys in parentheses, $top, @odata.nextLink', () => {
  expect(
    found(`
  /People:
    get: ${listed(`{ properties: { '@odata.count': ${integer}, '@odata.nextLink': ${string}, value: { type: array, items: { properties: { UserName: ${string}, FirstName: ${string} } } } } }`, '$top', '$skip', '$search', '$orderby', '$select', '$filter')}
  /People('{UserName}'):
    get: ${ok(`{ properties: { UserName: ${string}, FirstName: ${string} } }`)}`),
  ).toMatchInlineSnapshot(`
    "People: UserName
      list GET /People in [value]
        ? $top=size, $skip=offset, $search=search, $orderby=order, $filter=expression
        < @odata.count=total, @odata.nextLink=next-url
      read GET /People('{UserName}') in []"
  `);
});

it('pages, counts and expressions as Spring, SCIM, Elasticsearch and Ransack have them', () => {
  const user = `{ properties: { id: ${string}, title: ${string} } }`;
  const rows = `{ type: array, items: ${user} }`;
  const integer = '{ type: integer }';
  expect(
    found(`
  /employees:
    get: ${listed(`{ properties: { content: ${rows}, number: ${integer}, size: ${integer}, totalPages: ${integer}, empty: { type: boolean } } }`, 'page', 'size')}
  /Users:
    get: ${listed(`{ properties: { totalResults: ${integer}, startIndex: ${integer}, itemsPerPage: ${integer}, Resources: ${rows} } }`, 'filter', 'startIndex', 'count')}
  /posts:
    get: ${listed(`{ properties: { hits: { properties: { total: { properties: { value: ${integer} } }, hits: ${rows} } } } }`, 'q[title_cont]', 'fieldSelector')}`),
  ).toMatchInlineSnapshot(`
    "employees: id
      list GET /employees in [content]
        ? page=page, size=size
        < number=page, size=size, totalPages=pages, empty=is-empty
    Users: id
      list GET /Users in [Resources]
        ? filter=expression, startIndex=offset, count=size
        < totalResults=total, startIndex=offset, itemsPerPage=size
    posts: id
      list GET /posts in [hits,hits]
        ? q[title_cont]=title contains, fieldSelector=expression
        < hits.total.value=total"
  `);
});

it('filters by operators, ranges, keys and references', () => {
  expect(
    found(`
  /tasks:
    get: ${listed(
      `{ type: array, items: { required: [id], properties: { id: ${string}, title: ${string}, price: { type: number }, tags: { type: array, items: ${string} }, labels: { type: array, items: { properties: { name: ${string} } } }, status: ${string}, ownerId: ${string}, assignee: { properties: { id: ${string}, name: ${string} } }, createdAt: { type: string, format: date-time }, updated_at: { type: string, format: date-time } } } }`,
      'role__eq',
      'status__in',
      'created_after',
      'updatedBefore',
      'price_min',
      'maxPrice',
      'price[gte]',
      'price_gteq',
      'price_lteq',
      'status_not_eq',
      'ids',
      'filter[status]',
      'tag',
      'labels',
      'owner',
      'assignee',
      'assignee_id',
      'title__contains',
      'title_prefix',
      'fields',
      'unknown',
    )}
  /owners/{ownerId}:
    get: ${ok(`{ properties: { id: ${string}, email: ${string} } }`)}`),
  ).toMatchInlineSnapshot(`
    "owners: id
      read GET /owners/{ownerId} in []
    tasks: id
      ownerId -> owners
      list GET /tasks in []
        ? status__in=status in, created_after=createdAt gt, updatedBefore=updated_at lt, price_min=price gte, maxPrice=price lte, price[gte]=price gte, price_gteq=price gte, price_lteq=price lte, status_not_eq=status ne, ids=id in, filter[status]=status eq, tag=tags contains, labels=labels.name contains, owner=ownerId eq, assignee=assignee.id eq, assignee_id=assignee.id eq, title__contains=title contains, title_prefix=title starts"
  `);
});

it('wrapped things, odd names, singletons, bulk deletion, verbs, keys by link and by schema', () => {
  expect(
    found(
      `
  /shelves:
    get: ${ok(`{ properties: { success: { type: boolean }, result: { properties: { shelfList: { type: array, items: { $ref: '#/components/schemas/Shelf' } }, count: ${integer} } } } }`)}
    post: { requestBody: { content: { application/json: { schema: { properties: { shelf: { $ref: '#/components/schemas/Shelf' } } } } } }, responses: { 201: { description: d, content: { application/json: { schema: { properties: { shelf: { $ref: '#/components/schemas/Shelf' } } } } }, links: { self: { operationId: getShelf, parameters: { ref: '$response.body#/shelf/mark' } } } } } }
    delete: { responses: { 204: { description: d } } }
  /shelves/bulk-delete:
    post: { requestBody: { content: { application/json: { schema: { properties: { marks: { type: array, items: ${string} } } } } } }, responses: { 204: { description: d } } }
  /shelves/{ref}:
    get: { operationId: getShelf, responses: { 200: { description: d, content: { application/json: { schema: { properties: { shelf: { $ref: '#/components/schemas/Shelf' } } } } } } } }
    head: { responses: { 200: { description: d } } }
  /shelves/{ref}/boxes:
    get: ${ok(`{ type: array, items: { $ref: '#/components/schemas/Box' } }`)}
  /boxes/{which}:
    get: { parameters: [{ name: which, in: path, required: true, schema: { $ref: '#/components/schemas/Barcode' } }], responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Box' } } } } } }
  /settings:
    get: ${ok(`{ properties: { theme: ${string} } }`)}
    put: ${takes(`{ properties: { theme: ${string} } }`, 200)}
  /report:
    get: { responses: { 200: { description: d, content: { text/csv: {} } } } }`,
      `Shelf: { type: object, required: [mark, width], properties: { mark: ${string}, width: ${integer} } }, Barcode: { type: string, pattern: '^[0-9]+$' }, Box: { type: object, properties: { code128: { $ref: '#/components/schemas/Barcode' }, shelfMark: ${string} } }`,
    ),
  ).toMatchInlineSnapshot(`
    "shelves: mark
      list GET /shelves in [result,shelfList]
        < result.count=total
      create POST /shelves in [shelf] takes [shelf]
      delete-many DELETE /shelves
      delete-many POST /shelves/bulk-delete takes []
      read GET /shelves/{ref} in [shelf]
      exists HEAD /shelves/{ref}
    boxes: code128
      shelfMark -> shelves
      list GET /shelves/{ref}/boxes in []
      read GET /boxes/{which} in []
    settings: no key
      read GET /settings in []
      replace PUT /settings in [] takes []
    GET /report: It answers with text/csv of no schema"
  `);
});

it('Spotify: what a request names by its keys is not the whole thing', () => {
  expect(
    found(`
  /me/following:
    get: ${ok(`{ properties: { artists: { type: object }, total: ${integer} } }`)}
    delete: { parameters: ${query('ids')}, responses: { 200: { description: d } } }
  /me/session:
    get: ${ok(`{ properties: { user: ${string} } }`)}
    delete: { responses: { 200: { description: d } } }`),
  ).toMatchInlineSnapshot(`
    "following: no key
      read GET /me/following in []
    session: no key
      read GET /me/session in []
      delete DELETE /me/session
    DELETE /me/following: It removes what its request names, and not the whole thing"
  `);
});

it('Twitter: a collection and its items call what they stand under by different names', () => {
  const { all } = resourcesOf(`
  /users/{id}:
    get: ${ok(`{ properties: { id: ${string}, handle: ${string} } }`)}
  /users/{id}/notes:
    get: ${ok(`{ type: array, items: { properties: { id: ${string}, text: ${string} } } }`)}
  /users/{user_id}/notes/{note_id}:
    get: ${ok(`{ properties: { id: ${string}, text: ${string} } }`)}`);
  const notes = all.find(({ name }) => name === 'users.notes')?.roles ?? [];
  expect(notes.map(({ kind, scope }) => `${kind} under {${scope.map(({ parameter }) => parameter)}}`)).toEqual([
    'list under {id}',
    'read under {user_id}',
  ]);
});

it('YouTube: bytes have no members, whatever their schema says', () => {
  const video = `{ properties: { id: ${string}, title: ${string} } }`;
  expect(
    found(`
  /videos:
    get: ${ok(`{ type: array, items: ${video} }`)}
    post: { requestBody: { content: { application/octet-stream: { schema: ${video} } } }, responses: { 200: { description: d, content: { application/json: { schema: ${video} } } } } }
  /videos/{id}:
    get: ${ok(video)}`),
  ).toMatchInlineSnapshot(`
    "videos: id
      list GET /videos in []
      create POST /videos in []
      read GET /videos/{id} in []"
  `);
});

it('a thing that is listed bare is read beside something else, or called as an envelope is', () => {
  const order = `{ properties: { key: ${string}, amount: ${integer}, buyer: ${string} } }`;
  const schema = `{ properties: { name: ${string}, type: ${string}, columns: ${integer} } }`;
  expect(
    found(`
  /orders:
    get: ${ok(`{ properties: { orders: { type: array, items: ${order} } } }`)}
  /orders/{key}:
    get: ${ok(`{ properties: { order: ${order}, required_fields: { type: array, items: ${string} } } }`)}
  /schemas:
    get: ${ok(`{ properties: { schemaSummaries: { type: array, items: ${schema} } } }`)}
  /schemas/{name}:
    get: ${ok(`{ properties: { schema: ${schema} } }`)}`),
  ).toMatchInlineSnapshot(`
    "orders: key
      list GET /orders in [orders]
      read GET /orders/{key} in [order]
    schemas: name
      list GET /schemas in [schemaSummaries]
      read GET /schemas/{name} in [schema]"
  `);
});

it('a thing may be shown by the only response that there is, where that is no error', () => {
  const note = `{ properties: { id: ${string}, text: ${string} } }`;
  const only = (schema: string, description = 'By default a note') =>
    `{ responses: { default: { description: ${description}, content: { application/json: { schema: ${schema} } } } } }`;
  expect(
    found(`
  /notes:
    get: ${only(`{ type: array, items: ${note} }`)}
  /notes/{id}:
    get: ${only(note)}
  /faults/latest:
    get: ${only(note)}
  /health:
    get: ${only(note, 'A fault')}`),
  ).toMatchInlineSnapshot(`
    "notes: id
      list GET /notes in []
      read GET /notes/{id} in []
    latest: no key
      read GET /faults/latest in []
    GET /health: Its answer has no schema"
  `);
});

it.each([
  ['A cursor. It is an object ID that defines your place in the list.', 'after'],
  ['A cursor: the ID of the last item of the page before', 'after'],
  ['The opaque cursor of the page before', 'cursor'],
])('what a parameter for a place in a list takes is said by its description: %s', (description, role) => {
  const paths = `
  /charges:
    get: { parameters: [{ name: starting_after, in: query, description: "${description}", schema: ${string} }], responses: { 200: { description: d, content: { application/json: { schema: { type: array, items: { type: object, properties: { id: ${string} } } } } } } } }`;
  const [resource] = resourcesOf(paths).all;
  expect(resource?.roles[0]).toMatchObject({ query: [{ role }] });
});

it('what a create answers with is another thing where its key is of another type', () => {
  const answers = (id: string) => `
  /jobs:
    post: { requestBody: { content: { text/plain: { schema: ${string} } } }, responses: { 201: { description: d, content: { application/json: { schema: { properties: { id: ${id}, status: ${string}, task: ${string} } } } } } } }
  /jobs/{jobId}:
    get: ${ok(`{ properties: { id: ${string}, url: ${string}, stats: { type: object } } }`)}`;
  expect(found(answers(string))).toContain('create POST /jobs in []');
  expect(found(answers(integer))).toMatch(/create POST \/jobs$/m);
});

it('a member of a member is what a parameter names that is called like both', () => {
  expect(
    found(`
  /apps/{owner_name}/{app_name}:
    get: ${ok(`{ properties: { name: ${string}, title: ${string}, owner: { type: object, properties: { name: ${string}, id: ${string} } } } }`)}`),
  ).toContain('{owner_name} = owner.name');
});

it('what no path names and no key tells apart is nothing that another path lists', () => {
  const field = `{ properties: { name: ${string}, value: ${string}, error: ${string}, show: ${string} } }`;
  expect(
    resourcesOf(`
  /v2:
    get: ${ok(`{ properties: { resources: { type: array, items: ${field} } } }`)}
  /v2/envelopes/{id}/fields:
    get: ${ok(`{ properties: { fields: { type: array, items: ${field} } } }`)}`).all.length,
  ).toBe(2);
});

it('lists inside of what they stand below, and counts of what a filter leaves', () => {
  const meta = `meta: { properties: { total_count: ${integer}, filter_count: ${integer} } }`;
  expect(
    found(
      `
  /schedules:
    get: ${listed(`{ properties: { schedules: { type: array, items: { $ref: '#/components/schemas/Schedule' } }, ${meta} } }`)}
  /schedules/{id}:
    get: ${ok(`{ properties: { schedule: { $ref: '#/components/schemas/Schedule' } } }`)}
  /machines/{id}:
    get: ${ok(`{ properties: { id: ${string}, label: ${string} } }`)}
  /machines/{id}/schedules:
    get: ${ok(`{ properties: { machine: { properties: { schedules: { type: array, items: { $ref: '#/components/schemas/Schedule' } } } } } }`)}
`,
      `Schedule: { properties: { id: ${string}, machine_id: ${string}, starts: ${string} } }`,
    ),
  ).toMatchInlineSnapshot(`
    "schedules: id
      machine_id -> machines
      list GET /schedules in [schedules]
        < meta.total_count=total, meta.filter_count=total
      read GET /schedules/{id} in [schedule]
      list GET /machines/{id}/schedules in [machine,schedules]
    machines: id
      read GET /machines/{id} in []"
  `);
});

it('a short name is a size of pages only where something else says so', () => {
  const of = (parameter: string, more = '') =>
    `{ parameters: [{ name: n, in: query, schema: ${integer}${parameter} }${more}], responses: { 200: { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }`;
  const rolesOf = (operation: string) =>
    /\? (.*)/.exec(
      found(
        `
  /things:
    get: ${operation}
  /things/{id}:
    get: ${ok(`{ $ref: '#/components/schemas/Thing' }`)}`,
        `Thing: { type: object, required: [id], properties: { id: ${string} } }`,
      ),
    )?.[1];
  expect(rolesOf(of(''))).toBeUndefined();
  expect(rolesOf(of(', description: How many results to return'))).toBe('n=size');
  expect(rolesOf(of('', `, { name: page, in: query, schema: ${integer} }`))).toBe('n=size, page=page');
});

it('calls say by a verb what is done, and by what they are sent with which thing', () => {
  const json = (schema: string) => `content: { application/json: { schema: ${schema} } }`;
  const answer = (schema: string) => `responses: { '200': { description: x, ${json(schema)} } }`;
  const members = (properties: string) => `{ type: object, properties: { ${properties} } }`;
  const contact = '{ type: object, properties: { id: { type: string }, name: { type: string } } }';
  const one = answer(members(`contact: ${contact}`));
  const many = answer(members(`contacts: { type: array, items: ${contact} }`));
  const post = (path: string, sent: string, shown: string) =>
    `  ${path}:\n    post: { requestBody: { ${json(sent)} }, ${shown} }\n`;
  const id = members('id: { type: string }');
  const named = (paths: string) => {
    const { all, named: of } = resourcesOf(paths);
    const lines = all.flatMap(({ name, roles }) => roles.map(({ kind, entry }) => ({ name, kind, entry })));
    return lines.map(({ name, kind, entry }) => {
      const { parameter = '', naming } = of(entry).at(-1) ?? {};
      return `${name}: ${kind} ${naming ? `${naming.in} ${parameter}` : ''}`.trim();
    });
  };
  const query = 'parameters: [{ name: contact, in: query, schema: { type: string } }]';
  const dotted =
    `  /contacts.list:\n    get: { ${many} }\n  /contacts.info:\n    get: { ${query}, ${one} }\n` +
    post('/contacts.create', members('name: { type: string }'), one) +
    post('/contacts.update', members('contact: { type: string }, name: { type: string }'), one) +
    post('/contacts.delete', members('contact: { type: string }'), answer(members('ok: { type: boolean }')));
  expect(named(dotted)).toEqual([
    'contacts: list',
    'contacts: read query contact',
    'contacts: create',
    'contacts: merge body contact',
    'contacts: delete body contact',
  ]);
  const methods =
    post('/crm.v1.Contacts/ListContacts', members('limit: { type: integer }'), many) +
    post('/crm.v1.Contacts/CreateContact', members(`contact: ${members('name: { type: string }')}`), one) +
    post('/crm.v1.Contacts/GetContact', id, one) +
    post('/crm.v1.Contacts/UpdateContact', members(`contact: ${contact}`), one) +
    post('/crm.v1.Contacts/DeleteContact', id, answer('{ type: object }'));
  expect(named(methods).map((line) => line.replace(/^[^:]+: /, ''))).toEqual([
    'list',
    'create',
    'read body id',
    'merge body contact.id',
    'delete body id',
  ]);
  // The key is what one is asked for by, where nothing is called like one.
  const numbered = (member: string) => dotted.replaceAll('id: { type: string }', `${member}: { type: string }`);
  const asked = numbered('contact_no').replaceAll('name: contact,', 'name: contact_no,');
  expect(resourcesOf(asked).all.map(({ key }) => key?.member)).toEqual([['contact_no']]);
  // One verb alone tells nothing.
  expect(resourcesOf(post('/CreateContact', contact, one)).all).toEqual([]);
});

it('which way a list is sorted a yes or no may say', () => {
  const parameters = `[{ name: SortBy, in: query, schema: { type: string, enum: [Name] } }, { name: SortDescending, in: query, schema: { type: boolean } }]`;
  const list = `{ parameters: ${parameters}, responses: { 200: { description: d, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }`;
  const thing = `Thing: { type: object, required: [id], properties: { id: ${string}, name: ${string} } }`;
  expect(
    found(
      `
  /things:
    get: ${list}
  /things/{id}:
    get: ${ok(`{ $ref: '#/components/schemas/Thing' }`)}`,
      thing,
    ),
  ).toContain('SortDescending=direction');
});

it('the second key of a kind in a path has a number, and keys are also called sid or gid where no path names one', () => {
  const item = `{ type: object, properties: { id: ${string}, name: ${string} } }`;
  const one = (...names: string[]) =>
    `[${names.map((name) => `{ name: ${name}, in: path, required: true, schema: ${string} }`).join(', ')}]`;
  expect(
    found(
      `
  /items/{item-id}:
    parameters: ${one('item-id')}
    get: ${ok(`{ $ref: '#/components/schemas/Item' }`)}
  /items/{item-id}/children:
    parameters: ${one('item-id')}
    get: ${ok(`{ type: array, items: { $ref: '#/components/schemas/Item' } }`)}
  /items/{item-id}/children/{item-id1}:
    parameters: ${one('item-id', 'item-id1')}
    get: ${ok(`{ $ref: '#/components/schemas/Item' }`)}
  /sessions:
    get: ${ok(`{ type: array, items: { type: object, properties: { name: ${string}, sid: ${string} } } }`)}`,
      `Item: ${item}`,
    ),
  ).toMatchInlineSnapshot(`
    "items: id
      read GET /items/{item-id} in []
    sessions: sid
      list GET /sessions in []
    items.children: id
      {item-id} = nothing
      list GET /items/{item-id}/children in []
      read GET /items/{item-id}/children/{item-id1} in []"
  `);
});

it('a path that has the key of what a row names twice means the member that says that, and not its id', () => {
  const ofProject = (members: string) => {
    const { all } = resourcesOf(
      `
  /projects/{project_key}:
    parameters: [{ name: project_key, in: path, required: true, schema: ${string} }]
    get: ${ok(`{ $ref: '#/components/schemas/Project' }`)}
  /components/{id}:
    parameters: [{ name: id, in: path, required: true, schema: ${string} }]
    get: ${ok(`{ $ref: '#/components/schemas/Part' }`)}
  /projects/{project_key}/components:
    parameters: [{ name: project_key, in: path, required: true, schema: ${string} }]
    get: ${ok(`{ type: array, items: { $ref: '#/components/schemas/Part' } }`)}`,
      `Project: { type: object, properties: { key: ${string}, id: ${string}, name: ${string} } },
       Part: { type: object, properties: { id: ${string}, name: ${string}, ${members} } }`,
    );
    return all.flatMap(({ roles }) => roles).find(({ kind }) => kind === 'list')?.scope[0]?.member;
  };
  expect(ofProject(`projectId: { type: integer }, project: ${string}`)).toEqual(['project']);
  expect(ofProject('projectId: { type: integer }')).toEqual(['projectId']);
  expect(ofProject(`projectKey: ${string}, project: ${string}`)).toEqual(['projectKey']);
});
