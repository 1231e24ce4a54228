import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { Shapes } from './shape.js';

const shapeOf = (schemas: Record<string, object>) => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas: schemas as never },
  });
  return new Shapes(document).of(document.at('/components/schemas/A0'), () => '/components/schemas/A0');
};
const to = (at: number) => ({ $ref: `#/components/schemas/A${at}` });
const orNull = (...inner: object[]) => ({ anyOf: [...inner, { type: 'null' }] });

it('has the types of all branches, and of theirs', () => {
  const types = (last: object) => shapeOf({ A0: orNull(to(1)), A1: { oneOf: [to(2)] }, A2: last }).types;
  expect(types({ type: 'string' })).toEqual(new Set(['string', 'null']));
  expect(types({ properties: {} })).toEqual(new Set(['object', 'null']));
  expect(types({})).toBeNull();
  expect(types(to(0))).toBeNull();
});

it('looks for the types and members of thousands of branches that lead to each other', () => {
  const count = 2000;
  const named = (at: number): [string, object] => [
    `A${at}`,
    orNull(to((at * 7 + 1) % count), to((at * 13 + 5) % count)),
  ];
  const shape = shapeOf(Object.fromEntries(Array.from({ length: count }, (_, at) => named(at))));
  expect(shape.types).toBeNull();
  expect(shape.members.size).toBe(0);
});

it('takes the items that say most where a frame for all lists says only that there are some', () => {
  const frame = { type: 'object', properties: { data: { type: 'array', items: { type: 'object' } } } };
  const things = { properties: { data: { type: 'array', items: { properties: { id: { type: 'integer' } } } } } };
  for (const allOf of [
    [frame, things],
    [things, frame],
  ]) {
    expect([...(shapeOf({ A0: { allOf } }).members.get('data')?.item?.members.keys() ?? [])]).toEqual(['id']);
  }
  const both = { allOf: [frame.properties.data, things.properties.data] };
  expect([...(shapeOf({ A0: both }).item?.members.keys() ?? [])]).toEqual(['id']);
});

it('looks at the first thousand branches of a union', () => {
  const branch = (at: number) => ({ type: at < 1000 ? 'object' : 'string', properties: { [`m${at}`]: {} } });
  const shape = shapeOf({ A0: { oneOf: Array.from({ length: 1500 }, (_, at) => branch(at)) } });
  expect(shape.types).toEqual(new Set(['object']));
  expect(shape.members.size).toBe(1000);
});
