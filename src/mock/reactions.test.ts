import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const Reaction = object({ emoji: text, count, me: { type: 'boolean' } });
const Comment = object({ id: count, body: text, reactions: { ...list(Reaction), readOnly: true } });

test('who reacts is counted once, and no more where that is taken back', () => {
  const { read, ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Comments', version: '1' },
    components: { schemas: { Comment } },
    paths: {
      '/comments': {
        get: { responses: { 200: answer(list(ref('Comment'))) } },
        post: { requestBody: json(object({ body: text })), responses: { 201: answer(ref('Comment')) } },
      },
      '/comments/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Comment')) } } },
      '/comments/{id}/reactions/{emoji}': {
        parameters: [inPath('id', count), inPath('emoji')],
        put: { responses: { 200: answer(ref('Comment')) } },
        delete: { responses: { 200: answer(ref('Comment')) } },
      },
    },
  });
  const { id } = read('POST', '/comments', { body: 'Hello' });
  for (let tries = 0; tries < 2; tries++)
    expect(read('PUT', `/comments/${id}/reactions/heart`).reactions).toEqual([{ emoji: 'heart', count: 1, me: true }]);
  expect(read('DELETE', `/comments/${id}/reactions/heart`).reactions).toEqual([]);
  type Said = { emoji: string; count: number; me: boolean };
  const others: readonly { id: number; reactions: readonly Said[] }[] = read('GET', '/comments');
  const all = others.flatMap((comment) => comment.reactions.map((reaction) => ({ comment, reaction })));
  const found = all.find(({ reaction }) => !reaction.me && reaction.count > 0);
  if (found === undefined) throw new Error('There is no reaction of others.');
  const path = `/comments/${found.comment.id}/reactions/${found.reaction.emoji}`;
  const now = () => {
    const { reactions }: { reactions: readonly Said[] } = read('GET', `/comments/${found.comment.id}`);
    return reactions.find(({ emoji }) => emoji === found.reaction.emoji);
  };
  ask('PUT', path);
  expect(now()).toEqual({ ...found.reaction, count: found.reaction.count + 1, me: true });
  ask('DELETE', path);
  expect(now()).toEqual(found.reaction);
});
