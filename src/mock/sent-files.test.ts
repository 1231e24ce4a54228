import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, list, object, ref, text } from './library/document.js';

const octets = { type: 'string', format: 'binary' };
const bytesOf = (...mediaTypes: string[]) => ({
  description: 'The bytes',
  content: Object.fromEntries(mediaTypes.map((each) => [each, { schema: octets }])),
});
const sending = (mediaType: string, schema: Parameters<typeof answer>[0] = octets) => ({
  content: { [mediaType]: { schema } },
});
const gone = { 204: { description: 'Gone' }, 404: { description: 'None' } };
const shown = { 200: answer(ref('File')), 404: { description: 'None' } };
const named = { parameters: [inPath('id')] };
const userNamed = { parameters: [inPath('user', count)] };

const files = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Files', version: '1' },
    components: {
      schemas: {
        File: object({ id: text, name: text, size: { ...count, minimum: 0 }, mimeType: text }),
        Folder: object({ id: text, title: text }),
        User: object({ id: count, name: text }),
      },
    },
    paths: {
      '/folders': { get: { responses: { 200: answer(list(ref('Folder'))) } } },
      '/folders/{folder}': { parameters: [inPath('folder')], get: { responses: { 200: answer(ref('Folder')) } } },
      '/folders/{folder}/files': {
        parameters: [inPath('folder')],
        get: { responses: { 200: answer(list(ref('File'))) } },
        post: {
          requestBody: sending('multipart/form-data', object({ file: octets })),
          responses: { 201: answer(ref('File')) },
        },
      },
      '/files/{id}': { ...named, get: { responses: shown }, delete: { responses: gone } },
      '/files/{id}/content': {
        ...named,
        get: { responses: { 200: bytesOf('application/octet-stream'), 404: { description: 'None' } } },
        put: { requestBody: sending('application/octet-stream'), responses: shown },
      },
      '/files/{id}/thumbnail': { ...named, get: { responses: { 200: bytesOf('image/*') } } },
      '/files/{id}/copy': { ...named, post: { responses: { 201: answer(ref('File')) } } },
      '/users': { get: { responses: { 200: answer(list(ref('User'))) } } },
      '/users/{user}': { ...userNamed, get: { responses: { 200: answer(ref('User')) } } },
      '/users/{user}/avatar': {
        ...userNamed,
        get: { responses: { 200: bytesOf('image/png', 'image/jpeg'), 404: { description: 'None' } } },
        put: { requestBody: sending('image/*'), responses: { 204: { description: 'Set' } } },
        delete: { responses: gone },
      },
    },
  });

const form = (name: string, type: string, bytes: string) => {
  const text = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${bytes}\r\n--b--\r\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
};
const formType = 'multipart/form-data; boundary=b';
const sentBytes = 'bytes \0\xff\x80 of a file';
const inBytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const received = ({ body }: { readonly body: string | Uint8Array }): string =>
  typeof body === 'string' ? body : String.fromCharCode(...body);

test('a file that was sent is what is fetched, and goes with its thing', () => {
  const mock = files();
  const [{ id: folder }] = mock.read('GET', '/folders');
  const made = mock.readBytes('POST', `/folders/${folder}/files`, form('a.txt', 'text/plain', sentBytes), formType);
  expect(made).toMatchObject({ name: 'a.txt', mimeType: 'text/plain', size: sentBytes.length });
  const fetch = (id: string, end = 'content') => mock.ask('GET', `/files/${id}/${end}`);
  expect(received(fetch(made.id))).toBe(sentBytes);
  expect(fetch(made.id).headers['Content-Type'] ?? fetch(made.id).headers['content-type']).toBe(
    'application/octet-stream',
  );
  expect(received(fetch(made.id, 'thumbnail'))).not.toBe(sentBytes);
  const copy = mock.read('POST', `/files/${made.id}/copy`);
  const second = mock.readBytes('PUT', `/files/${made.id}/content`, inBytes('short'), 'application/octet-stream');
  expect(second).toMatchObject({ name: 'a.txt', size: 5 });
  expect([received(fetch(made.id)), received(fetch(copy.id))]).toEqual(['short', sentBytes]);
  mock.restart();
  expect(received(fetch(copy.id))).toBe(sentBytes);
  expect(mock.ask('DELETE', `/files/${made.id}`).status).toBe(204);
  expect(['content', 'thumbnail'].map((end) => fetch(made.id, end).status)).toEqual([404, 404]);
});

test('a picture that was put is shown there as what it is, until it is deleted', () => {
  const mock = files();
  const [{ id }, { id: other }] = mock.read('GET', '/users');
  const path = `/users/${id}/avatar`;
  const before = received(mock.ask('GET', `/users/${other}/avatar`));
  const put = (type: string) => mock.askBytes('PUT', path, inBytes(sentBytes), type).status;
  expect(put('image/jpeg')).toBe(204);
  const got = mock.ask('GET', path);
  expect(received(got)).toBe(sentBytes);
  expect(got.headers['Content-Type'] ?? got.headers['content-type']).toBe('image/jpeg');
  expect(received(mock.ask('GET', `/users/${other}/avatar`))).toBe(before);
  // What the answer may not be is not shown.
  expect(put('image/webp')).toBe(204);
  expect(received(mock.ask('GET', path))).not.toBe(sentBytes);
  expect(mock.ask('DELETE', path).status).toBe(204);
  expect(mock.ask('GET', path).status).toBe(404);
});
