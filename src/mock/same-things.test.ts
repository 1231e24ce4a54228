import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, json, list, object, ref, text } from './library/document.js';

const key = { ...count, readOnly: true };
const Owner = object({ id: key, name: text, pets: { ...list(ref('Pet')), readOnly: true } });
const Pet = object({ id: key, name: text, ownerId: key, visits: { ...list(ref('Visit')), readOnly: true } });
const Visit = object({ id: key, reason: text, petId: key });
const missing = { 404: { description: 'None' } };
const sent = json(object({ name: text }));
const byId = (name: string) => ({ name, in: 'path', required: true, schema: count });

const clinic = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Clinic', version: '1' },
    components: { schemas: { Owner, Pet, Visit } },
    paths: {
      '/owners': {
        get: { responses: { 200: answer(list(ref('Owner'))) } },
        post: { requestBody: sent, responses: { 201: answer(ref('Owner')) } },
      },
      '/owners/{ownerId}': {
        parameters: [byId('ownerId')],
        get: { responses: { 200: answer(ref('Owner')), ...missing } },
      },
      '/owners/{ownerId}/pets': {
        parameters: [byId('ownerId')],
        post: { requestBody: sent, responses: { 201: answer(ref('Pet')), ...missing } },
      },
      '/owners/{ownerId}/pets/{petId}': {
        parameters: [byId('ownerId'), byId('petId')],
        get: { responses: { 200: answer(ref('Pet')), ...missing } },
        put: { requestBody: sent, responses: { 200: answer(ref('Pet')), ...missing } },
      },
      '/owners/{ownerId}/pets/{petId}/visits': {
        parameters: [byId('ownerId'), byId('petId')],
        post: { requestBody: json(object({ reason: text })), responses: { 201: answer(ref('Visit')), ...missing } },
      },
      '/pets': { get: { responses: { 200: answer(list(ref('Pet'))) } } },
      '/pets/{petId}': {
        parameters: [byId('petId')],
        get: { responses: { 200: answer(ref('Pet')), ...missing } },
        delete: { responses: { 204: { description: 'Gone' }, ...missing } },
      },
      '/visits/{visitId}': {
        parameters: [byId('visitId')],
        get: { responses: { 200: answer(ref('Visit')), ...missing } },
      },
      '/visits': { get: { responses: { 200: answer(list(ref('Visit'))) } } },
    },
  });

test('what says itself below which thing it stands is one thing by both of its paths', () => {
  const mock = clinic();
  const owner = mock.read('POST', '/owners', { name: 'Ann' });
  const other = mock.read('POST', '/owners', { name: 'Bob' });
  expect(owner.pets).toEqual([]);
  const pet = mock.read('POST', `/owners/${owner.id}/pets`, { name: 'Rex' });
  expect(pet).toMatchObject({ name: 'Rex', ownerId: owner.id, visits: [] });
  const own = `/owners/${owner.id}/pets/${pet.id}`;
  expect(mock.read('GET', own)).toEqual(pet);
  expect(mock.read('GET', `/pets/${pet.id}`)).toEqual(pet);
  expect(mock.read('GET', '/pets')).toContainEqual(pet);
  expect(mock.read('GET', `/owners/${owner.id}`).pets).toEqual([pet]);
  expect(mock.ask('GET', `/owners/${other.id}/pets/${pet.id}`).status).toBe(404);

  mock.ask('PUT', own, { name: 'Max' });
  const visit = mock.read('POST', `${own}/visits`, { reason: 'Rabies' });
  const now = { ...pet, name: 'Max', visits: [visit] };
  expect(visit.petId).toBe(pet.id);
  expect(mock.read('GET', `/pets/${pet.id}`)).toEqual(now);
  expect(mock.read('GET', `/owners/${owner.id}`).pets).toEqual([now]);
  expect(mock.read('GET', '/visits')).toContainEqual(visit);

  mock.ask('DELETE', `/pets/${pet.id}`);
  expect(mock.ask('GET', own).status).toBe(404);
  expect(mock.read('GET', `/owners/${owner.id}`).pets).toEqual([]);
});

test('from the beginning each thing shows in its lists those that name it, and no others', () => {
  const mock = clinic();
  const [owners, pets, visits] = ['/owners', '/pets', '/visits'].map((path) => mock.read('GET', path) as JsonObject[]);
  for (const owner of owners ?? []) {
    const own = pets?.filter(({ ownerId }) => ownerId === owner.id);
    expect(owner.pets).toEqual(own);
    for (const pet of own ?? []) {
      expect(pet.visits).toEqual(visits?.filter(({ petId }) => petId === pet.id));
      expect(mock.read('GET', `/owners/${owner.id}/pets/${pet.id}`)).toEqual(pet);
    }
  }
  const sizes = owners?.map((owner) => (owner.pets as JsonObject[]).length) ?? [];
  expect([Math.min(...sizes), (sizes[0] ?? 0) > 0, sizes.reduce((sum, one) => sum + one, 0)]).toEqual([0, true, 25]);
});
