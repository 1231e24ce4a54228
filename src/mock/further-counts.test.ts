import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const counting = (description: string) => ({ ...count, readOnly: true, description });

const boards = asking({
  openapi: '3.1.0',
  info: { title: 'Boards', version: '1' },
  components: {
    schemas: {
      Board: object({
        id: text,
        title: text,
        cardCount: count,
        open: counting('Number of open cards on the board'),
        most: counting('Maximum number of columns'),
      }),
      Column: object({ id: text, boardId: text, name: text, held: counting('How many cards it holds.') }),
      Card: object({ id: text, columnId: text, title: text, status: { type: 'string', enum: ['open', 'done'] } }),
    },
  },
  paths: {
    '/boards': { get: { responses: { 200: answer(list(ref('Board'))) } } },
    '/boards/{boardId}': { parameters: [inPath('boardId')], get: { responses: { 200: answer(ref('Board')) } } },
    '/boards/{boardId}/columns': {
      parameters: [inPath('boardId')],
      get: { responses: { 200: answer(list(ref('Column'))) } },
      post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Column')) } },
    },
    '/columns/{columnId}': { parameters: [inPath('columnId')], get: { responses: { 200: answer(ref('Column')) } } },
    '/columns/{columnId}/cards': {
      parameters: [inPath('columnId')],
      get: { responses: { 200: answer(list(ref('Card'))) } },
      post: {
        requestBody: json(object({ title: text, status: { type: 'string', enum: ['open', 'done'] } })),
        responses: { 201: answer(ref('Card')) },
      },
    },
    '/cards/{cardId}': {
      parameters: [inPath('cardId')],
      get: { responses: { 200: answer(ref('Card')) } },
      delete: { responses: { 204: { description: 'Gone' } } },
    },
  },
});

interface Board {
  readonly id: string;
  readonly cardCount: number;
  readonly open: number;
  readonly most: number;
}

/** What the lists themselves come to. */
function counted(id: string) {
  const columns: { id: string; held: number }[] = boards.read('GET', `/boards/${id}/columns`);
  const each = columns.map((column) => {
    const cards: JsonObject[] = boards.read('GET', `/columns/${column.id}/cards`);
    expect(column.held).toBe(cards.length);
    return cards;
  });
  const cards = each.flat();
  return { cardCount: cards.length, open: cards.filter(({ status }) => status === 'open').length };
}

test('a row counts what stands two steps below it, and what its description says', () => {
  const all: Board[] = boards.read('GET', '/boards');
  for (const { id, cardCount, open } of all.slice(0, 4)) expect({ cardCount, open }).toEqual(counted(id));
  const [{ id, most }] = all as [Board];
  const column = boards.read('POST', `/boards/${id}/columns`, { name: 'New' });
  const card = boards.read('POST', `/columns/${column.id}/cards`, { title: 'One', status: 'open' });
  boards.read('POST', `/columns/${column.id}/cards`, { title: 'Two', status: 'done' });
  const after: Board = boards.read('GET', `/boards/${id}`);
  expect(after).toMatchObject({ ...counted(id), most });
  boards.ask('DELETE', `/cards/${card.id}`);
  expect(boards.read('GET', `/boards/${id}`)).toMatchObject({ cardCount: after.cardCount - 1, open: after.open - 1 });
});

test('what a resource object says in its attributes is counted as well', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Posts', version: '1' },
    components: {
      schemas: {
        Post: object({
          type: { const: 'posts' },
          id: text,
          attributes: object({ title: text, commentCount: count }),
        }),
        Comment: object({ type: { const: 'comments' }, id: text, attributes: object({ body: text }) }),
      },
    },
    paths: {
      '/posts': { get: { responses: { 200: answer(object({ data: list(ref('Post')) })) } } },
      '/posts/{postId}': {
        parameters: [inPath('postId')],
        get: { responses: { 200: answer(object({ data: ref('Post') })) } },
      },
      '/posts/{postId}/comments': {
        parameters: [inPath('postId')],
        get: { responses: { 200: answer(object({ data: list(ref('Comment')) })) } },
      },
      '/posts/{postId}/comments/{commentId}': {
        parameters: [inPath('postId'), inPath('commentId')],
        get: { responses: { 200: answer(object({ data: ref('Comment') })) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });
  const [{ id, attributes }] = mock.read('GET', '/posts').data;
  const comments = mock.read('GET', `/posts/${id}/comments`).data;
  expect(attributes.commentCount).toBe(comments.length);
  mock.ask('DELETE', `/posts/${id}/comments/${comments[0].id}`);
  expect(mock.read('GET', `/posts/${id}`).data.attributes.commentCount).toBe(comments.length - 1);
});
