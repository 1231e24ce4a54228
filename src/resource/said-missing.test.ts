import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { refusesMissing } from './said-missing.js';

function statuses(status: string, words: string, member = 'roomCode', noun = 'rooms', path = '/lessons', said = '') {
  const { entries, ...operations } = { ...create(path, status, words) };
  const [entry] = entries;
  if (entry === undefined) throw new Error('Failed to find the operation.');
  return refusesMissing(operations.compile(entry), { member, noun, descriptions: [said] });
}

function create(path: string, status: string, description: string) {
  const parameters = path.includes('{') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
  const post = { parameters, responses: { 201: { description: 'Made' }, [status]: { description } } };
  const root = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { [path]: { post } } };
  const all = createOperations(documentFromObject(root));
  return { entries: all.entries, compile: all.compile.bind(all) };
}

it.each([
  ['422', 'roomCode names no room, or fewer seats than are taken'],
  ['404', 'No such room'],
  ['404', 'Room not found'],
  ['400', 'Unknown room or teacher'],
  ['409', 'The room code does not exist.'],
  ['422', 'Teacher, room or course was not found'],
])('takes from %s "%s" that what is named has to be there', (status, words) => {
  expect(statuses(status, words)).toEqual([status]);
});

it.each([
  ['409', 'No seat is free'],
  ['409', 'A lesson without a room cannot be planned'],
  ['400', 'Lessons with no room cannot be published'],
  ['409', 'The room is in use'],
  ['422', 'Unknown teacher'],
  ['500', 'Room not found'],
])('takes from %s "%s" nothing of the kind', (status, words) => {
  expect(statuses(status, words)).toBeNull();
});

it('takes it from what is said of the member where a refusal is declared, and from no 404 of a path', () => {
  const ofMember = (said: string, path?: string) => statuses('404', 'x', 'animalId', 'animals', path, said);
  expect(ofMember('Id of an existing animal')).toEqual(['404']);
  expect(ofMember('Id of the animal')).toBeNull();
  expect(ofMember('Id of an existing animal', '/lessons/{id}')).toBeNull();
  expect(statuses('404', 'Room not found', 'roomCode', 'rooms', '/lessons/{id}')).toBeNull();
});
