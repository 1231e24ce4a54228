/**
 * The objects that OpenAPI 3.2 (and 2.0, where a name ends in `2`) is made of, and which of their members
 * hold which others. What is not listed is data: a `$ref` in there is a word, not a reference.
 */
export type Kind =
  | 'document'
  | 'components'
  | 'paths'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'content'
  | 'mediaType'
  | 'encoding'
  | 'responses'
  | 'response'
  | 'header'
  | 'callback'
  | 'schema'
  | 'example'
  | 'value'
  | 'link'
  | 'securityScheme'
  | 'document2'
  | 'paths2'
  | 'pathItem2'
  | 'operation2'
  | 'parameter2'
  | 'responses2'
  | 'response2'
  | 'header2';

/** `either`: one object, or a list of them (`items` before 2020-12). */
export type Holding = 'one' | 'map' | 'list' | 'either';

export interface Held {
  readonly kind: Kind;
  readonly as: Holding;
}

export interface ObjectKind {
  /** For messages: "a Parameter Object". */
  readonly title: string;
  readonly members: ReadonlyMap<string, Held>;
  /** What every member holds whose name is not that of an extension. */
  readonly patterned?: Kind;
  /** A Reference Object may stand in its place. */
  readonly referable: boolean;
  /** None may, and yet bundlers put one: what it leads to is read as if it stood there. */
  readonly inlined?: true;
}

export const objectKinds: Readonly<Record<Kind, ObjectKind>> = {
  document: object('an OpenAPI Object', {
    paths: one('paths'),
    webhooks: map('pathItem'),
    components: one('components'),
  }),
  components: object('a Components Object', {
    schemas: map('schema'),
    responses: map('response'),
    parameters: map('parameter'),
    examples: map('example'),
    requestBodies: map('requestBody'),
    headers: map('header'),
    securitySchemes: map('securityScheme'),
    links: map('link'),
    callbacks: map('callback'),
    pathItems: map('pathItem'),
    mediaTypes: map('mediaType'),
  }),
  paths: { ...object('a Paths Object', {}), patterned: 'pathItem', inlined: true },
  pathItem: referable('a Path Item Object', {
    parameters: list('parameter'),
    ...methods('operation'),
    trace: one('operation'),
    query: one('operation'),
    additionalOperations: map('operation'),
  }),
  operation: {
    ...object('an Operation Object', {
      parameters: list('parameter'),
      requestBody: one('requestBody'),
      responses: one('responses'),
      callbacks: map('callback'),
    }),
    inlined: true,
  },
  parameter: referable('a Parameter Object', {
    schema: one('schema'),
    content: one('content'),
    examples: map('example'),
  }),
  requestBody: referable('a Request Body Object', { content: one('content') }),
  content: { ...object('an object of Media Type Objects', {}), patterned: 'mediaType', inlined: true },
  mediaType: referable('a Media Type Object', {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    ...encodings(),
  }),
  encoding: object('an Encoding Object', { headers: map('header'), ...encodings() }),
  responses: { ...object('a Responses Object', {}), patterned: 'response', inlined: true },
  response: referable('a Response Object', { headers: map('header'), content: one('content'), links: map('link') }),
  header: referable('a Header Object', { schema: one('schema'), content: one('content'), examples: map('example') }),
  callback: { ...referable('a Callback Object', {}), patterned: 'pathItem' },
  schema: referable('a Schema Object', {
    properties: map('schema'),
    patternProperties: map('schema'),
    additionalProperties: one('schema'),
    unevaluatedProperties: one('schema'),
    propertyNames: one('schema'),
    dependentSchemas: map('schema'),
    dependencies: map('schema'),
    items: either('schema'),
    prefixItems: list('schema'),
    additionalItems: one('schema'),
    unevaluatedItems: one('schema'),
    contains: one('schema'),
    allOf: list('schema'),
    anyOf: list('schema'),
    oneOf: list('schema'),
    not: one('schema'),
    if: one('schema'),
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: one('schema'),
    else: one('schema'),
    contentSchema: one('schema'),
    $defs: map('schema'),
    definitions: map('schema'),
  }),
  example: referable('an Example Object', {}),
  /** What an example shows: data, but for a reference that is all of it. */
  value: object('an example', {}),
  link: referable('a Link Object', {}),
  securityScheme: referable('a Security Scheme Object', {}),
  document2: object('a Swagger Object', {
    paths: one('paths2'),
    definitions: map('schema'),
    parameters: map('parameter2'),
    responses: map('response2'),
    securityDefinitions: map('securityScheme'),
  }),
  paths2: { ...object('a Paths Object', {}), patterned: 'pathItem2', inlined: true },
  pathItem2: referable('a Path Item Object', { parameters: list('parameter2'), ...methods('operation2') }),
  operation2: {
    ...object('an Operation Object', { parameters: list('parameter2'), responses: one('responses2') }),
    inlined: true,
  },
  parameter2: referable('a Parameter Object', { schema: one('schema') }),
  responses2: { ...object('a Responses Object', {}), patterned: 'response2', inlined: true },
  response2: referable('a Response Object', { schema: one('schema'), headers: map('header2') }),
  header2: object('a Header Object', {}),
};

function one(kind: Kind): Held {
  return { kind, as: 'one' };
}

function map(kind: Kind): Held {
  return { kind, as: 'map' };
}

function list(kind: Kind): Held {
  return { kind, as: 'list' };
}

function either(kind: Kind): Held {
  return { kind, as: 'either' };
}

function methods(kind: Kind): Record<string, Held> {
  return Object.fromEntries(
    ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map((method) => [method, one(kind)]),
  );
}

/** By name, and by position. */
function encodings(): Record<string, Held> {
  return { encoding: map('encoding'), prefixEncoding: list('encoding'), itemEncoding: one('encoding') };
}

function object(title: string, members: Readonly<Record<string, Held>>): ObjectKind {
  return { title, members: new Map(Object.entries(members)), referable: false };
}

function referable(title: string, members: Readonly<Record<string, Held>>): ObjectKind {
  return { ...object(title, members), referable: true };
}
