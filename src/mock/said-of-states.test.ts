import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const date = { type: ['string', 'null'], format: 'date-time' };
const flag = { type: 'boolean' };
const maybe = { type: ['string', 'null'] };
const done = { responses: { 204: { description: 'Done' } } };
const id = inPath('id', count);

/** Things that are listed, made, changed, and that something is done with by some actions. */
const acting = (thing: JsonObject, sent: JsonObject, actions: Readonly<Record<string, JsonObject>>) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { schemas: { Thing: thing } },
    paths: {
      '/things': {
        get: { responses: { 200: answer(list(ref('Thing'))) } },
        post: { requestBody: json(object(sent)), responses: { 201: answer(ref('Thing')) } },
      },
      '/things/{id}': {
        parameters: [id],
        get: { responses: { 200: answer(ref('Thing')) } },
        patch: { requestBody: json(object(sent, [])), responses: { 200: answer(ref('Thing')) } },
      },
      ...Object.fromEntries(
        Object.entries(actions).map(([name, operations]) => [
          `/things/{id}/${name}`,
          { parameters: [id], ...operations },
        ]),
      ),
    },
  });

const shown = { responses: { 200: answer(ref('Thing')) } };

test('what whoever asks has done is said by an action, and counted once', () => {
  const Post = object({
    ...{ id: count, text, like_count: count, likes: count, followersCount: count, bookmarks: count },
    ...{ viewer_has_liked: flag, isFollowing: flag, bookmarked_by_me: flag, viewer_is_muted: flag },
  });
  const mock = acting(
    Post,
    { text },
    {
      like: { put: shown, delete: shown },
      follow: { put: done, delete: done },
      bookmark: { post: done, delete: done },
    },
  );
  const made = mock.read('POST', '/things', { text: 'Hello' });
  expect(made).toMatchObject({ viewer_has_liked: false, isFollowing: false, bookmarked_by_me: false, like_count: 0 });
  const at = `/things/${made.id}`;
  expect(mock.read('PUT', `${at}/like`)).toMatchObject({ viewer_has_liked: true, like_count: 1, likes: 1 });
  expect(mock.read('PUT', `${at}/like`)).toMatchObject({ like_count: 1 });
  expect(mock.ask('PUT', `${at}/follow`).status).toBe(204);
  mock.ask('POST', `${at}/bookmark`);
  expect(mock.read('GET', at)).toMatchObject({ isFollowing: true, followersCount: 1, bookmarks: 1 });
  expect(mock.read('GET', at)).toMatchObject({ bookmarked_by_me: true, viewer_is_muted: false, text: 'Hello' });
  expect(mock.read('DELETE', `${at}/like`)).toMatchObject({ viewer_has_liked: false, like_count: 0 });
  mock.ask('DELETE', `${at}/follow`);
  mock.ask('DELETE', `${at}/follow`);
  expect(mock.read('GET', at)).toMatchObject({ isFollowing: false, followersCount: 0 });
});

test('who has decided, when, and why something was refused is said where it was', () => {
  const Leave = object({
    ...{ id: count, reason: maybe, status: { enum: ['pending', 'approved', 'rejected'] } },
    ...{ reviewedAt: date, reviewedBy: { type: ['integer', 'null'] }, rejectionReason: maybe },
  });
  const reject = { requestBody: json(object({ reason: text })), ...shown };
  const mock = acting(Leave, { reason: text }, { approve: { post: shown }, reject: { post: reject } });
  type Row = { readonly [name in 'status' | 'reviewedAt' | 'rejectionReason' | 'reviewedBy']: string | null };
  const rows: Row[] = mock.read('GET', '/things');
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['pending', 'approved', 'rejected']));
  for (const { status, reviewedAt, reviewedBy, rejectionReason } of rows) {
    expect(reviewedAt !== null).toBe(status !== 'pending');
    if (status === 'pending') expect(reviewedBy).toBeNull();
    if (status !== 'rejected') expect(rejectionReason).toBeNull();
  }
  const made = mock.read('POST', '/things', { reason: 'Holiday' });
  expect(made).toMatchObject({ status: 'pending', reviewedAt: null, reviewedBy: null, rejectionReason: null });
  const rejected = mock.read('POST', `/things/${made.id}/reject`, { reason: 'Too busy' });
  expect(rejected).toMatchObject({ status: 'rejected', reason: 'Holiday', rejectionReason: 'Too busy' });
  expect(rejected.reviewedAt).toMatch(/^20/);
});

test('what is taken back is as it was at the beginning, and what is laid aside says since when only then', () => {
  const Page = object({ id: count, title: text, status: { enum: ['draft', 'published'] }, published_at: date });
  const pages = acting(Page, { title: text }, { publish: { post: shown }, unpublish: { post: shown } });
  const made = pages.read('POST', '/things', { title: 'About' });
  expect(pages.read('POST', `/things/${made.id}/publish`)).toMatchObject({ status: 'published' });
  expect(pages.read('POST', `/things/${made.id}/unpublish`)).toMatchObject({ status: 'draft', published_at: null });
  const Card = object({ id: count, status: { enum: ['active', 'frozen'] }, frozen_at: date });
  const cards = acting(Card, {}, { freeze: { post: shown }, unfreeze: { post: shown } });
  for (const { status, frozen_at } of cards.read('GET', '/things') as { status: string; frozen_at: string | null }[])
    expect(frozen_at !== null).toBe(status === 'frozen');
});

test('an action that is called as what goes on says that it does', () => {
  const Job = object({ id: count, name: text, state: { enum: ['PENDING', 'RUNNING', 'IN_REVIEW', 'DONE'] } });
  const mock = acting(
    Job,
    { name: text },
    { run: { post: shown }, submit: { post: shown }, complete: { post: shown } },
  );
  const at = `/things/${mock.read('POST', '/things', { name: 'A' }).id}`;
  expect(mock.read('POST', `${at}/run`).state).toBe('RUNNING');
  expect(mock.read('POST', `${at}/complete`).state).toBe('DONE');
});

test('what a client changes of a thing was edited', () => {
  const Comment = object({ id: count, body: text, edited: flag, isPinned: flag });
  const mock = acting(Comment, { body: text }, { pin: { post: done } });
  const made = mock.read('POST', '/things', { body: 'Hi' });
  expect(made.edited).toBe(false);
  mock.ask('POST', `/things/${made.id}/pin`);
  expect(mock.read('GET', `/things/${made.id}`)).toMatchObject({ isPinned: true, edited: false });
  expect(mock.read('PATCH', `/things/${made.id}`, { body: 'Hello' })).toMatchObject({ edited: true });
});
