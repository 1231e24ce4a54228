import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const moment = { type: 'string', format: 'date-time' };
const done = { 204: { description: 'Done' }, 404: { description: 'None' } };
const message = {
  200: answer(object({ ok: { type: 'boolean' }, message: ref('Message') })),
  404: { description: 'None' },
};
const made = { 201: answer(object({ ok: { type: 'boolean' }, message: ref('Message') })) };
const messages = { 200: answer(object({ ok: { type: 'boolean' }, messages: list(ref('Message')) })) };
const posting = { requestBody: json(object({ text })), responses: made };
const ofChannel = { parameters: [inPath('channel_id')] };
const ofMessage = { parameters: [inPath('message_id')] };

const chat = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Chat', version: '1' },
    components: {
      schemas: {
        Channel: object({ id: text, name: text, unread_count: count, last_read_message_id: text }),
        Reaction: object({ emoji: text, count: { ...count, minimum: 1 }, users: list(text) }),
        Message: object({
          id: text,
          channel_id: { ...text, readOnly: true },
          text,
          parent_id: { type: ['string', 'null'], readOnly: true },
          reply_count: { ...count, readOnly: true },
          reactions: { ...list(ref('Reaction')), readOnly: true },
          edited_at: { ...moment, type: ['string', 'null'], readOnly: true },
          sent_at: { ...moment, readOnly: true },
        }),
      },
    },
    paths: {
      '/channels': { get: { responses: { 200: answer(object({ channels: list(ref('Channel')) })) } } },
      '/channels/{channel_id}': {
        ...ofChannel,
        get: { responses: { 200: answer(object({ channel: ref('Channel') })) } },
      },
      '/channels/{channel_id}/read': {
        ...ofChannel,
        put: { requestBody: json(object({ message_id: text })), responses: done },
      },
      '/channels/{channel_id}/messages': { ...ofChannel, get: { responses: messages }, post: posting },
      '/messages/{message_id}': { ...ofMessage, get: { responses: message } },
      '/messages/{message_id}/replies': { ...ofMessage, get: { responses: messages }, post: posting },
      '/messages/{message_id}/reactions/{emoji}': {
        parameters: [inPath('message_id'), inPath('emoji')],
        put: { responses: message },
        delete: { responses: done },
      },
    },
  });

test('what was read is unread no more, and up to which message is said', () => {
  const mock = chat();
  const [{ id }] = mock.read('GET', '/channels').channels;
  const sent = mock.read('POST', `/channels/${id}/messages`, { text: 'New' }).message;
  expect(sent.parent_id).toBeNull();
  expect(mock.ask('PUT', `/channels/${id}/read`, { message_id: sent.id }).status).toBe(204);
  const read = { unread_count: 0, last_read_message_id: sent.id };
  expect(mock.read('GET', `/channels/${id}`).channel).toMatchObject(read);
});

test('a reply stands below its message and in its channel, and says when it was sent', () => {
  const mock = chat();
  const [{ id: channel }] = mock.read('GET', '/channels').channels;
  const first = mock.read('POST', `/channels/${channel}/messages`, { text: 'New' }).message;
  const reply = mock.read('POST', `/messages/${first.id}/replies`, { text: 'Yes' }).message;
  expect(reply).toMatchObject({ parent_id: first.id, channel_id: channel, reply_count: 0 });
  expect(reply.sent_at > first.sent_at).toBe(true);
  expect(mock.read('GET', `/messages/${first.id}/replies`).messages).toEqual([reply]);
  expect(mock.read('GET', `/messages/${first.id}`).message.reply_count).toBe(1);
});

test('a reaction is there once it was put, once, and edits nothing', () => {
  const mock = chat();
  const [{ id: channel }] = mock.read('GET', '/channels').channels;
  const { id, edited_at } = mock.read('POST', `/channels/${channel}/messages`, { text: 'New' }).message;
  const path = `/messages/${id}/reactions/tada`;
  const react = () => mock.read('PUT', path).message;
  const first = react();
  expect(first.reactions.map((one: { emoji: string }) => one.emoji)).toEqual(['tada']);
  expect(first.reactions[0].count).toBe(first.reactions[0].users.length);
  expect(react().reactions).toEqual(first.reactions);
  expect(react().edited_at).toBe(edited_at);
  expect([mock.ask('DELETE', path).status, mock.ask('DELETE', path).status]).toEqual([204, 404]);
  expect(mock.read('GET', `/messages/${id}`).message.reactions).toEqual([]);
});
