import { expect, test } from 'vitest';
import { CounterproofError } from '../../errors.js';
import { documentFromText } from '../index.js';

const name = 'a.yaml';

/** All that keeps a text from being used, as it is shown. */
function refusal(text: string): string {
  try {
    documentFromText(text, { name, strict: true });
  } catch (error) {
    expect(error).toBeInstanceOf(CounterproofError);
    expect((error as CounterproofError).code).toBe('DOCUMENT_INVALID');
    return (error as Error).message;
  }
  return 'usable';
}

function warnings(text: string): string[] {
  return documentFromText(text, { name }).problems.map(
    ({ message, location }) => `${location?.line}:${location?.column} ${message}`,
  );
}

test('all that is wrong is said at once, in the order of the file', () => {
  expect(
    refusal(`openapi: 3.1.0
info: {title: t, version: "1"}
security:
  - apiKye: []
  - text
servers:
  - description: no url
paths:
  pets:
    get: {responses: {200: {description: ok}}}
  /pets/{petId}:
    parameters:
      - {name: petid, in: path, required: true, schema: {type: string}}
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: X-A, in: header, schema: {}}
        - {name: x-a, in: header, schema: {}}
        - {in: query, schema: {}}
        - {name: a, in: body, schema: {}}
        - {name: b, in: query, type: string}
        - {name: c, in: query}
        - text
      responses:
        20: {description: ok}
        2xx: {description: ok}
        OK: text
    put: text
  /pets/{id}/toys:
    get:
      parameters: {name: id}
      security: {apiKey: []}
      requestBody: [1]
      responses:
        200:
          description: ok
          headers: {X-A: text}
          content: {application/json: [], text/plain: {schema: [1]}}
        404: {description: no, content: text}
  /pets/{petName}/toys:
    get: {parameters: [{name: petName, in: path, required: true, schema: {}}], responses: [1]}
components:
  schemas: {A: text, B: [1]}
  parameters: [1]
  responses: {A: 5}
  requestBodies: {A: text}
  headers: {A: text}
  securitySchemes:
    apiKey: {type: apiKey, in: body, name: X-Key}
    bad: {type: apikey}
    http: {type: http}
    none: text
`),
  ).toMatchInlineSnapshot(`
    "a.yaml:4:5 at /security/0/apiKye: Unknown security scheme "apiKye" (expected one of apiKey, bad, http, none)
      Did you mean "apiKey"?
    a.yaml:5:5 at /security/1: Not a Security Requirement Object (expected an object, found "text")
    a.yaml:7:5 at /servers/0: A server has no "url" (expected a URL, absolute or relative, found nothing)
    a.yaml:9:3 at /paths/pets: Path "pets" does not begin with "/" (expected "/pets", found "pets")
    a.yaml:11:3 at /paths/~1pets~1{petId}: The template has {petId}, but GET declares no such path parameter (expected a parameter with name: petId, in: path, required: true, found path parameters petid)
      Did you mean "petid"?
    a.yaml:13:9 at /paths/~1pets~1{petId}/parameters/0: Path parameter "petid" is not in the template "/pets/{petId}" (expected one of petId)
      Did you mean "petId"?
    a.yaml:17:11 at /paths/~1pets~1{petId}/get/parameters/1: Parameter "limit" in query is declared twice
      Remove one of them.
    a.yaml:19:11 at /paths/~1pets~1{petId}/get/parameters/3: Parameter "x-a" in header is declared twice
      Remove one of them.
    a.yaml:20:11 at /paths/~1pets~1{petId}/get/parameters/4: A parameter has no name (expected a string, found nothing)
    a.yaml:21:21 at /paths/~1pets~1{petId}/get/parameters/5/in: Parameter "a" does not say where it is (expected path, query, querystring, header or cookie, found "body")
    a.yaml:23:11 at /paths/~1pets~1{petId}/get/parameters/7: Parameter "c" has neither "schema" nor "content" (expected one of both, found nothing)
      Add a schema, for example: schema: { type: string }
    a.yaml:24:11 at /paths/~1pets~1{petId}/get/parameters/8: Not a Parameter Object (expected an object, found "text")
    a.yaml:26:9 at /paths/~1pets~1{petId}/get/responses/20: "20" is not a status code (expected three digits, a range such as 4XX, or default, found "20")
    a.yaml:27:9 at /paths/~1pets~1{petId}/get/responses/2xx: "2xx" is not a status code (expected three digits, a range such as 4XX, or default, found "2xx")
      Write 2XX.
    a.yaml:28:9 at /paths/~1pets~1{petId}/get/responses/OK: "OK" is not a status code (expected three digits, a range such as 4XX, or default, found "OK")
    a.yaml:28:9 at /paths/~1pets~1{petId}/get/responses/OK: Not a Response Object (expected an object, found "text")
    a.yaml:29:5 at /paths/~1pets~1{petId}/put: Not an Operation Object (expected an object, found "text")
    a.yaml:30:3 at /paths/~1pets~1{id}~1toys: The template has {id}, but GET declares no such path parameter (expected a parameter with name: id, in: path, required: true, found no path parameter)
    a.yaml:32:7 at /paths/~1pets~1{id}~1toys/get/parameters: "parameters" is not a list of Parameter Objects (expected a list, found an object)
    a.yaml:33:7 at /paths/~1pets~1{id}~1toys/get/security: "security" is not a list of Security Requirement Objects (expected a list, found an object)
    a.yaml:34:7 at /paths/~1pets~1{id}~1toys/get/requestBody: Not a Request Body Object (expected an object, found a list)
    a.yaml:38:21 at /paths/~1pets~1{id}~1toys/get/responses/200/headers/X-A: Not a Header Object (expected an object, found "text")
    a.yaml:39:21 at /paths/~1pets~1{id}~1toys/get/responses/200/content/application~1json: Not a Media Type Object (expected an object, found a list)
    a.yaml:39:56 at /paths/~1pets~1{id}~1toys/get/responses/200/content/text~1plain/schema: Not a Schema Object (expected an object or a boolean, found a list)
    a.yaml:40:32 at /paths/~1pets~1{id}~1toys/get/responses/404/content: "content" is not an object of Media Type Objects by media type (expected an object, found "text")
    a.yaml:41:3 at /paths/~1pets~1{petName}~1toys: Path "/pets/{petName}/toys" is the same as "/pets/{id}/toys": only the names of parameters differ (found GET in both)
      Put the operations of both under one of them.
    a.yaml:42:80 at /paths/~1pets~1{petName}~1toys/get/responses: "responses" is not a Responses Object (expected an object, found a list)
    a.yaml:44:13 at /components/schemas/A: Not a Schema Object (expected an object or a boolean, found "text")
    a.yaml:44:22 at /components/schemas/B: Not a Schema Object (expected an object or a boolean, found a list)
    a.yaml:45:3 at /components/parameters: "parameters" is not an object of components by name (expected an object, found a list)
    a.yaml:46:15 at /components/responses/A: Not a Response Object (expected an object, found the number 5)
    a.yaml:47:19 at /components/requestBodies/A: Not a Request Body Object (expected an object, found "text")
    a.yaml:48:13 at /components/headers/A: Not a Header Object (expected an object, found "text")
    a.yaml:50:28 at /components/securitySchemes/apiKey/in: An API key is in an unknown place (expected header, query or cookie, found "body")
    a.yaml:51:11 at /components/securitySchemes/bad/type: A security scheme has an unknown type (expected apiKey, http, oauth2, openIdConnect, mutualTLS, found "apikey")
      Did you mean "apiKey"?
    a.yaml:52:5 at /components/securitySchemes/http: A security scheme of type http needs "scheme" (expected a string, found nothing)
    a.yaml:53:5 at /components/securitySchemes/none: Not a Security Scheme Object (expected an object, found "text")"
  `);
});

test('what can be used but should be mended is a warning', () => {
  expect(
    warnings(`openapi: 3.1.0
paths:
  /a/{x}:
    get: {operationId: same}
    GET: {}
    parameters: [{name: x, in: path, schema: {}}]
  /a/{y}:
    post: {operationId: same, responses: {}, parameters: [{name: y, in: path, required: true, schema: {}}], security:}
  /b?c=1:
    get:
      operationId: 5
      requestBody: {description: d}
      responses: {200: {$ref: '#/components/schemas/A'}}
    head:
  /c:
  /d/{x}/{x}: {}
  /e/{x: {}
components:
  schemas:
    A: {}
  parameters:
`),
  ).toMatchInlineSnapshot(`
    [
      "1:1 "info" is missing",
      "5:5 "GET" is no member of a path item and has no effect",
      "6:18 Parameter "x" is in the path and so is required",
      "7:3 Path "/a/{y}" is the same as "/a/{x}": only the names of parameters differ",
      "8:5 An operation declares no responses",
      "8:12 operationId "same" is taken by an earlier operation, so this one is known by its method and path",
      "8:109 "security" is empty and was taken for absent",
      "9:3 Path "/b?c=1" has a query or a fragment, which no request path has",
      "11:7 An operationId is a number and was read as "5"",
      "12:7 A request body declares no content",
      "13:25 "#/components/schemas/A" leads to a Schema Object, where a Response Object belongs",
      "14:5 "head" is empty and was taken for absent",
      "15:3 "/c" is empty and was taken for absent",
      "16:3 Path "/d/{x}/{x}" has {x} twice",
      "17:3 Path "/e/{x" has a brace that belongs to no parameter",
      "21:3 "parameters" is empty and was taken for absent",
    ]
  `);
});

test('an empty key is taken for absent, also by who reads the document', () => {
  const { root } = documentFromText('openapi: 3.1.0\ninfo:\npaths:\ncomponents:\n  schemas:\n', { name });
  expect(root).toEqual({ openapi: '3.2.0', components: {} });
});

test.each([
  ['openapi: 1.2', 'expected openapi: 3.2.x, 3.1.x or 3.0.x, found the number 1.2'],
  ['openapi: 3', 'usable'],
  ['openapi: 3.1', 'usable'],
  ['openapi: "3.1.0-rc1"', 'usable'],
  ['openapi: 4.0.0', 'usable'],
  ['swagger: 2', 'usable'],
  ['swagger: "1.2"', 'expected swagger: "2.0", found "1.2"'],
  ['paths: {}', 'Add the first line: openapi: 3.2.0'],
  ['asyncapi: 3.0.0', 'found an AsyncAPI document'],
  ['info: {_postman_id: x}\nitem: []', 'found a Postman collection'],
  ['$schema: https://json-schema.org/draft/2020-12/schema\ntype: object', 'found a JSON Schema'],
  ['swaggerVersion: "1.2"', 'found a Swagger 1.2 document'],
  ['a: 1\nb: 2', 'found the members a, b'],
  ['{}', 'found an empty object'],
  ['[]', 'expected an object with a member "openapi", found a list'],
  ['some text', 'found "some text"'],
  ['', 'The file is empty'],
  ['# only a comment', 'Not YAML: there is nothing in it but comments'],
  ['<!DOCTYPE html><html>', 'found HTML or XML)\n  Give what a page about an API is made from'],
  ['# A page\n\n```js\nlet x = 1;\n```\n', 'The page holds no OpenAPI document'],
])('%j: %s', (text, message) => {
  const paths = /^(openapi|swagger):/.test(text) ? '\npaths: {}' : '';
  expect(refusal(text + paths)).toContain(message);
});

test('the version as it was written is kept, and 3.2 is read without a word', () => {
  const read = documentFromText('openapi: 3.2.0\ninfo: {title: t, version: "1"}\npaths: {}', { name });
  expect(read.declaredVersion).toBe('3.2.0');
  expect(read.problems).toEqual([]);
});

test('names of prototypes are names', () => {
  expect(
    refusal(`openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  constructor: {}
  /__proto__: {toString: {}, get: {operationId: hasOwnProperty, responses: {}}}
  __proto__: {get: {}}
security: [{constructor: []}, {__proto__: []}]
`),
  ).toMatchInlineSnapshot(`
    "a.yaml:4:3 at /paths/constructor: Path "constructor" does not begin with "/" (expected "/constructor", found "constructor")
    a.yaml:6:3 at /paths/__proto__: Path "__proto__" does not begin with "/" (expected "/__proto__", found "__proto__")
    a.yaml:7:13 at /security/0/constructor: Unknown security scheme "constructor" (expected a name under components/securitySchemes)
      Declare it under components/securitySchemes.
    a.yaml:7:32 at /security/1/__proto__: Unknown security scheme "__proto__" (expected a name under components/securitySchemes)
      Declare it under components/securitySchemes."
  `);
});

test('webhooks are checked as paths are, also where there are no paths', () => {
  expect(
    warnings(`openapi: 3.1.0
info: {title: t, version: "1"}
webhooks:
  made:
    post:
      parameters: [{in: query, schema: {type: string}}]
      responses: {2xx: {description: ok}}
  changed: [1]
  removed: null
`),
  ).toEqual([
    '6:20 A parameter has no name',
    '7:19 "2xx" is not a status code',
    '8:3 Not a Path Item Object',
    '9:3 "removed" is empty and was taken for absent',
  ]);
});

test('a media type that is declared twice, with and without its charset, has the one schema', () => {
  const text = `openapi: 3.0.0
info: {title: t, version: "1"}
paths:
  /things:
    get:
      responses:
        200:
          description: ok
          content:
            application/json: {example: {day: "2026-01-02"}}
            application/json; charset=utf-8: {schema: {type: object}}
            application/json; version=2: {example: 2}
`;
  const document = documentFromText(text, { name });
  expect(warnings(text)).toEqual(['10:13 "application/json" has no schema, and is declared once more with one']);
  const content = ['paths', '/things', 'get', 'responses', '200', 'content'];
  expect(document.root).toHaveProperty([...content, 'application/json', 'schema'], { type: 'object' });
  expect(document.root).not.toHaveProperty([...content, 'application/json; version=2', 'schema']);
});
