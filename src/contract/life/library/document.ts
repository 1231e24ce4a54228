import type { JsonObject } from '../../../text/value.js';

/** How the library of the tests is built: each is right. */
export interface Style {
  /** `slug`: it is made of the title, and follows it. */
  readonly keys?: 'number' | 'uuid' | 'text of digits' | 'slug';
  readonly paging?: 'page' | 'offset' | 'cursor' | 'none';
  /** Pages have the size that the server likes; one behind the last is refused, or cannot be shown since no page may be empty. */
  readonly lastPage?: 'refused' | 'never empty';
  /** A list of which there is nothing is not there. */
  readonly isEmptyUnsaid?: boolean;
  /** No page has more items, whatever is asked for; the total says that there are more. */
  readonly largest?: number;
  /** Where the page begins has to be said. */
  readonly isPlaceAsked?: boolean;
  /** The offset of the list where none is asked for. */
  readonly offset?: number;
  /** The list is the answer itself. */
  readonly isBare?: boolean;
  /** What a write answers with: the thing (201, 200), or nothing (201 with Location, 204). */
  readonly answers?: 'thing' | 'nothing' | 'thing with 200';
  /** What was deleted gets 410 for ever. */
  readonly isSoft?: boolean;
  /** So many requests after a write it is seen; a create says 202, or 201 all the same. */
  readonly delay?: number;
  readonly isSilent?: boolean;
  /** Texts lose case and white space, prices what is behind the second place. */
  readonly isNormalising?: boolean;
  /** Every so many requests one gets 429. */
  readonly limit?: number;
  readonly isSecured?: boolean;
  /** A book goes from shelf to shelf by itself. */
  readonly isGoingOn?: boolean;
  /** The list shows two members of each book. */
  readonly isBrief?: boolean;
  /** The list shows poems where nobody asks for another genre. */
  readonly isOfPoems?: boolean;
  /** New books come first. */
  readonly isNewestFirst?: boolean;
  /** PATCH and PUT say which version of a book they change, and each makes the next one. */
  readonly isVersioned?: boolean;
  readonly hasPatch?: boolean;
  readonly hasPut?: boolean;
  /** A book has a review of each of three readers from the start, and clients say whose they write. */
  readonly hasReviews?: boolean;
}

const error = {
  description: 'x',
  content: {
    'application/json': {
      schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
    },
  },
};

/** What a version adds to a book: the members of what is sent and shown, and of the first one. */
export function versioned({
  isVersioned,
}: Style): Record<'sent' | 'shown' | 'first', JsonObject> & { required: string[] } {
  if (!isVersioned) return { sent: {}, shown: {}, first: {}, required: [] };
  const sent = { version: { type: 'integer', minimum: 1 } };
  return {
    sent,
    shown: { version: { type: 'integer', readOnly: true } },
    first: { version: 1 },
    required: ['version'],
  };
}

const sizes = ({ largest }: Style): JsonObject => ({
  type: 'integer',
  minimum: 1,
  ...(!largest && { maximum: 100, default: 20 }),
});

const neededOf = ({ isEmptyUnsaid }: Style): string[] => [...(isEmptyUnsaid ? [] : ['items']), 'total'];

/** The document of the library. */
export function documentOf(style: Style): JsonObject {
  const { keys = 'number', paging = 'page', isBare = false, answers = 'thing', hasPatch = true, hasPut = true } = style;
  const key: JsonObject =
    keys === 'number' ? { type: 'integer' } : keys === 'uuid' ? { type: 'string', format: 'uuid' } : { type: 'string' };
  const taken: JsonObject = {
    title: { type: 'string', minLength: 1, maxLength: 200 },
    author: { type: 'string' },
    genre: { type: 'string', enum: ['novel', 'essay', 'poem'], default: 'novel' },
    pages: { type: 'integer', minimum: 1, maximum: 5000 },
    price: { type: 'number', minimum: 0 },
    lent: { type: 'boolean', default: false },
    note: { type: 'string' },
  };
  const version = versioned(style);
  const made: JsonObject = {
    id: { ...key, readOnly: true },
    createdAt: { type: 'string', format: 'date-time', readOnly: true },
    shelf: { type: 'string', readOnly: true },
  };
  const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
  const body = (schema: JsonObject) => ({
    requestBody: { required: true, content: { 'application/json': { schema } } },
  });
  const parameter = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
  const refusals = { 400: error, 401: error, 404: error, 409: error, ...(style.isSoft && { 410: error }), 415: error };
  const tag = { ETag: { schema: { type: 'string' } } };
  const changed =
    answers === 'nothing' ? { 204: { description: 'x' } } : { 200: json({ $ref: '#/components/schemas/Book' }) };
  const location = { Location: { schema: { type: 'string' } } };
  const created = {
    [style.delay && !style.isSilent ? 202 : answers === 'thing with 200' ? 200 : 201]:
      answers === 'nothing'
        ? { description: 'x', headers: location }
        : { ...json({ $ref: '#/components/schemas/Book' }), headers: location },
  };
  const pages: Record<string, JsonObject[]> = {
    page: [parameter('page', { type: 'integer', minimum: 1, default: 1 })],
    offset: [
      {
        ...parameter('offset', { type: 'integer', minimum: 0, ...(style.offset && { default: style.offset }) }),
        required: style.isPlaceAsked === true,
      },
    ],
    cursor: [parameter('cursor', { type: 'string' })],
  };
  const book = { name: 'bookId', in: 'path', required: true, schema: key };
  const review = { name: 'reviewId', in: 'path', required: true, schema: { type: 'integer' } };
  const { lastPage } = style;
  const books = { type: 'array', items: { $ref: '#/components/schemas/Book' } };
  const list = lastPage === 'never empty' ? { ...books, minItems: 1 } : books;
  const reviews = { type: 'array', items: { $ref: '#/components/schemas/Review' } };
  const page = {
    type: 'object',
    required: neededOf(style),
    properties: {
      items: list,
      total: { type: 'integer' },
      ...(paging === 'cursor' && { nextCursor: { type: 'string' } }),
      ...(paging === 'page' &&
        !lastPage && {
          hasMore: { type: 'boolean' },
          pageCount: { type: 'integer' },
          isFirst: { type: 'boolean' },
          isLast: { type: 'boolean' },
        }),
      ...(lastPage === 'refused' && { next: { type: ['string', 'null'], format: 'uri-reference' } }),
    },
  };
  const query = [
    ...(paging === 'none' || lastPage ? [] : [parameter('size', sizes(style))]),
    ...(pages[paging] ?? []),
    parameter('genre', {
      type: 'string',
      enum: ['novel', 'essay', 'poem'],
      ...(style.isOfPoems && { default: 'poem' }),
    }),
    parameter('author', { type: 'string' }),
    parameter('q', { type: 'string' }),
    parameter('minPages', { type: 'integer' }),
    parameter('sort', { type: 'string', enum: ['title', '-title', 'pages', '-pages'] }),
  ];
  const match = { name: 'If-Match', in: 'header', schema: { type: 'string' } };
  return {
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    ...(style.isSecured && { security: [{ Key: [] }] }),
    paths: {
      '/books': {
        get: {
          operationId: 'listBooks',
          parameters: query,
          responses: { ...refusals, 200: json(isBare ? list : page) },
        },
        post: {
          operationId: 'createBook',
          parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', format: 'uuid' } }],
          ...body({ $ref: '#/components/schemas/Book' }),
          responses: { ...refusals, ...created },
        },
      },
      '/books/{bookId}': {
        parameters: [book],
        get: {
          operationId: 'readBook',
          responses: {
            ...refusals,
            200: { ...json({ $ref: '#/components/schemas/Book' }), headers: tag },
            304: { description: 'x' },
          },
        },
        ...(hasPut && {
          put: {
            operationId: 'replaceBook',
            parameters: [match],
            ...body({
              type: 'object',
              required: ['title', 'pages', ...version.required],
              properties: { ...made, ...taken, ...version.sent },
            }),
            responses: { ...refusals, ...changed, 412: error },
          },
        }),
        ...(hasPatch && {
          patch: {
            operationId: 'changeBook',
            parameters: [match],
            ...body({
              type: 'object',
              required: version.required,
              minProperties: 1,
              properties: { ...made, ...taken, ...version.sent },
            }),
            responses: { ...refusals, ...changed, 412: error },
          },
        }),
        delete: { operationId: 'deleteBook', responses: { ...refusals, 204: { description: 'x' } } },
      },
      '/books/{bookId}/lend': {
        parameters: [book],
        post: {
          operationId: 'lendBook',
          responses: { ...refusals, 200: json({ $ref: '#/components/schemas/Book' }) },
        },
      },
      '/books/{bookId}/reviews': {
        parameters: [book],
        get: { operationId: 'listReviews', responses: { ...refusals, 200: json(reviews) } },
        post: {
          operationId: 'createReview',
          ...body({ $ref: '#/components/schemas/Review' }),
          responses: { ...refusals, 201: json({ $ref: '#/components/schemas/Review' }) },
        },
      },
      '/books/{bookId}/reviews/{reviewId}': {
        parameters: [book, review],
        get: {
          operationId: 'readReview',
          responses: { ...refusals, 200: json({ $ref: '#/components/schemas/Review' }) },
        },
        delete: { operationId: 'deleteReview', responses: { ...refusals, 204: { description: 'x' } } },
      },
    },
    components: {
      securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
      schemas: {
        Book: {
          type: 'object',
          required: ['title', 'pages'],
          properties: { ...made, ...taken, ...version.shown },
        },
        Review: {
          type: 'object',
          required: style.hasReviews ? ['id', 'text'] : ['text'],
          properties: {
            id: style.hasReviews ? { type: 'integer', enum: [1, 2, 3] } : { type: 'integer', readOnly: true },
            text: { type: 'string', minLength: 1 },
            stars: { type: 'integer', minimum: 1, maximum: 5 },
          },
        },
      },
    },
  };
}
