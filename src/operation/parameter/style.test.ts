import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createOperations } from '../operations.js';
import { checkRequest } from '../request.js';
import type { Operation, Parameter } from '../types.js';
import { serializeParameter } from './serialize.js';

function operationWith(parameter: JsonObject): Operation {
  const path = parameter.in === 'path' ? `/{${parameter.name}}` : '/';
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Styles', version: '1' },
    paths: { [path]: { get: { parameters: [{ required: parameter.in === 'path', ...parameter }], responses: {} } } },
  });
  const operations = createOperations(document);
  const [entry] = operations.entries;
  if (!entry) throw new Error('no operation');
  return operations.compile(entry);
}

function read(operation: Operation, parameter: Parameter, wire: string) {
  const { in: place, name } = parameter;
  const request = {
    method: 'GET',
    target: place === 'query' ? `/?${wire}` : '/',
    headers: place === 'header' ? { [name.toLowerCase()]: wire } : place === 'cookie' ? { cookie: wire } : {},
    body: null,
  };
  const { values, violations } = checkRequest(operation, request, place === 'path' ? { [name]: wire } : {});
  const key = place === 'header' ? name.toLowerCase() : name;
  return { value: values[place][key], keywords: violations.map(({ keyword, pointer }) => `${keyword} ${pointer}`) };
}

const array = { type: 'array', items: { type: 'string' } };
const object = { type: 'object', additionalProperties: { type: 'integer' } };
const blue = 'blue';
const colors = ['blue', 'black', 'brown'];
const rgb = { R: 100, G: 200, B: 150 };

/** OpenAPI 3.2, 4.12.6: Style Examples. Where 3.1.0 and 3.1.1 part, the other spelling is in `alsoReadTable`. */
const styleTable: [string, string, boolean, JsonObject, Json, string][] = [
  ['path', 'matrix', false, { type: 'string' }, '', ';color'],
  ['path', 'matrix', true, { type: 'string' }, '', ';color'],
  ['path', 'matrix', false, { type: 'string' }, blue, ';color=blue'],
  ['path', 'matrix', true, { type: 'string' }, blue, ';color=blue'],
  ['path', 'matrix', false, array, colors, ';color=blue,black,brown'],
  ['path', 'matrix', true, array, colors, ';color=blue;color=black;color=brown'],
  ['path', 'matrix', false, object, rgb, ';color=R,100,G,200,B,150'],
  ['path', 'matrix', true, object, rgb, ';R=100;G=200;B=150'],
  ['path', 'label', false, { type: 'string' }, blue, '.blue'],
  ['path', 'label', true, { type: 'string' }, blue, '.blue'],
  ['path', 'label', false, array, colors, '.blue,black,brown'],
  ['path', 'label', true, array, colors, '.blue.black.brown'],
  ['path', 'label', false, object, rgb, '.R,100,G,200,B,150'],
  ['path', 'label', true, object, rgb, '.R=100.G=200.B=150'],
  ...(['query', 'cookie'] as const).flatMap((place): typeof styleTable => [
    [place, 'form', false, { type: 'string' }, '', 'color='],
    [place, 'form', true, { type: 'string' }, '', 'color='],
    [place, 'form', false, { type: 'string' }, blue, 'color=blue'],
    [place, 'form', true, { type: 'string' }, blue, 'color=blue'],
    [place, 'form', false, array, colors, 'color=blue,black,brown'],
    [place, 'form', false, object, rgb, 'color=R,100,G,200,B,150'],
  ]),
  ['query', 'form', true, array, colors, 'color=blue&color=black&color=brown'],
  ['query', 'form', true, object, rgb, 'R=100&G=200&B=150'],
  ['cookie', 'form', true, array, colors, 'color=blue; color=black; color=brown'],
  ['cookie', 'form', true, object, rgb, 'R=100; G=200; B=150'],
  ['cookie', 'cookie', false, array, colors, 'color=blue,black,brown'],
  ['cookie', 'cookie', true, array, colors, 'color=blue; color=black; color=brown'],
  ['cookie', 'cookie', true, object, rgb, 'R=100; G=200; B=150'],
  ['cookie', 'cookie', true, { type: 'string' }, 'Hello%2C world!', 'color=Hello%2C world!'],
  ...(['path', 'header'] as const).flatMap((place): typeof styleTable => [
    [place, 'simple', false, { type: 'string' }, blue, 'blue'],
    [place, 'simple', true, { type: 'string' }, blue, 'blue'],
    [place, 'simple', false, array, colors, 'blue,black,brown'],
    [place, 'simple', true, array, colors, 'blue,black,brown'],
    [place, 'simple', false, object, rgb, 'R,100,G,200,B,150'],
    [place, 'simple', true, object, rgb, 'R=100,G=200,B=150'],
  ]),
  ['query', 'spaceDelimited', false, array, colors, 'color=blue%20black%20brown'],
  ['query', 'spaceDelimited', false, object, rgb, 'color=R%20100%20G%20200%20B%20150'],
  ['query', 'pipeDelimited', false, array, colors, 'color=blue%7Cblack%7Cbrown'],
  ['query', 'pipeDelimited', false, object, rgb, 'color=R%7C100%7CG%7C200%7CB%7C150'],
  ['query', 'deepObject', true, object, rgb, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
];

describe('the style examples of OpenAPI 3.1, 4.8.12', () => {
  it.each(styleTable)(
    '%s, %s, explode %s, %j: reads and writes %j as %s',
    (place, style, explode, schema, value, wire) => {
      const operation = operationWith({ name: 'color', in: place, style, explode, schema });
      const parameter = operation.parameters[0] as Parameter;
      expect(read(operation, parameter, wire)).toEqual({ value, keywords: [] });
      expect(serializeParameter(parameter, value)).toBe(wire);
    },
  );

  it.each([
    ['path', 'label', false, array, colors, '.blue.black.brown'],
    ['path', 'label', false, object, rgb, '.R.100.G.200.B.150'],
    ['query', 'spaceDelimited', false, array, colors, 'color=blue+black+brown'],
    ['query', 'pipeDelimited', false, array, colors, 'color=blue|black|brown'],
    ['query', 'pipeDelimited', false, object, rgb, 'color=R|100|G|200|B|150'],
    ['query', 'deepObject', true, object, rgb, 'color[R]=100&color[G]=200&color[B]=150'],
    // Documents leave `explode` out here, whose default is then false.
    ['query', 'deepObject', false, object, rgb, 'color[R]=100&color[G]=200&color[B]=150'],
    // Not in the table, and generally understood as `form`.
    ['query', 'pipeDelimited', true, array, colors, 'color=blue&color=black&color=brown'],
    ['path', 'matrix', false, { type: 'string' }, '', ';color='],
    // In the table, and not written: clients take a segment of one dot out of the path.
    ['path', 'label', false, { type: 'string' }, '', '.'],
    ['path', 'label', true, { type: 'string' }, '', '.'],
    // RFC 6570 writes nothing for an empty list; for items that cannot be empty strings, this is one.
    ['query', 'form', false, { type: 'array', items: { type: 'integer' } }, [], 'color='],
    ['query', 'form', false, array, [''], 'color='],
    ['query', 'form', false, object, {}, 'color='],
  ] satisfies typeof styleTable)(
    '%s, %s, explode %s, %j: also reads %j from %s',
    (place, style, explode, schema, value, wire) => {
      const operation = operationWith({ name: 'color', in: place, style, explode, schema });
      expect(read(operation, operation.parameters[0] as Parameter, wire)).toEqual({ value, keywords: [] });
    },
  );
});

/** RFC 6570, 3.2.3 to 3.2.9, with the values of its section 3.2 that OpenAPI's styles can carry. */
describe('the examples of RFC 6570', () => {
  it.each([
    ['path', 'simple', false, { type: 'string' }, 'Hello World!', 'Hello%20World%21'],
    ['path', 'simple', false, { type: 'string' }, '50%', '50%25'],
    ['path', 'simple', false, { type: 'string' }, '/foo/bar', '%2Ffoo%2Fbar'],
    ['path', 'label', true, array, ['example', 'com'], '.example.com'],
    ['path', 'label', true, object, { semi: 1, dot: 2, comma: 3 }, '.semi=1.dot=2.comma=3'],
    ['path', 'matrix', true, { type: 'string' }, '', ';color'],
    ['path', 'matrix', true, array, ['', 'a'], ';color;color=a'],
    ['query', 'form', true, { type: 'string' }, '', 'color='],
    ['query', 'form', false, array, ['red', 'a,b'], 'color=red,a%2Cb'],
    ['query', 'form', false, { type: 'object' }, { semi: ';', dot: '.', comma: ',' }, 'color=semi,%3B,dot,.,comma,%2C'],
    ['query', 'form', true, { type: 'object' }, { semi: ';', dot: '.', comma: ',' }, 'semi=%3B&dot=.&comma=%2C'],
  ] satisfies typeof styleTable)('%s, %s, explode %s, %j: %j is %s', (place, style, explode, schema, value, wire) => {
    const operation = operationWith({ name: 'color', in: place, style, explode, schema });
    const parameter = operation.parameters[0] as Parameter;
    expect(serializeParameter(parameter, value)).toBe(wire);
    expect(read(operation, parameter, wire)).toEqual({ value, keywords: [] });
  });
});

describe('what does not follow the style', () => {
  it.each([
    ['path', 'matrix', false, { type: 'string' }, 'blue', 'style /color'],
    ['path', 'matrix', false, { type: 'string' }, ';colour=blue', 'style /color'],
    ['path', 'matrix', true, array, ';color=a;colour=b', 'style /color'],
    ['path', 'matrix', false, array, ';color=a;color=b', 'style /color'],
    ['path', 'label', false, { type: 'string' }, 'blue', 'style /color'],
    ['path', 'label', true, object, '.R=1.G', 'style /color'],
    ['path', 'simple', false, object, 'R,100,G', 'style /color'],
    ['path', 'simple', true, object, 'R,100', 'style /color'],
    ['query', 'form', false, object, 'color=R,100,G', 'style /color'],
    ['query', 'deepObject', true, object, 'color=blue', 'style /color'],
    ['query', 'deepObject', true, object, 'color[R]=1&color[R][x]=1', 'style /color'],
    ['query', 'deepObject', true, object, `color${'[a]'.repeat(33)}=1`, 'style /color'],
    ['query', 'form', true, { type: 'string' }, 'color=%', 'encoding /color'],
    ['query', 'form', true, { type: 'string' }, 'color=%zz', 'encoding /color'],
    ['query', 'form', true, { type: 'string' }, 'color=%C3', 'encoding /color'],
    ['query', 'form', true, { type: 'string' }, 'color=%C0%80', 'encoding /color'],
    ['query', 'form', true, { type: 'string' }, 'color=%ED%A0%80', 'encoding /color'],
    ['query', 'form', true, array, 'color=a&color=%ff', 'encoding /color'],
    ['query', 'form', false, array, 'color=a,%ff', 'encoding /color'],
    ['query', 'form', true, object, 'R=%ff', 'encoding /color'],
    ['query', 'deepObject', true, object, 'color[R]=%ff', 'encoding /color'],
    ['path', 'simple', false, { type: 'string' }, '%e4', 'encoding /color'],
  ] as [string, string, boolean, JsonObject, string, string][])(
    '%s, %s, explode %s, %j: %s is a violation: %s',
    (place, style, explode, schema, wire, violation) => {
      const operation = operationWith({ name: 'color', in: place, style, explode, schema });
      const reading = read(operation, operation.parameters[0] as Parameter, wire);
      expect(reading).toEqual({ value: undefined, keywords: [violation] });
    },
  );
});

describe('what cannot be written', () => {
  it.each([
    ['query', 'form', true, array, []],
    ['query', 'form', true, object, {}],
    ['query', 'form', true, array, [['a']]],
    ['query', 'form', true, { type: 'string' }, null],
    ['query', 'form', true, { type: 'number' }, Number.NaN],
    ['query', 'form', true, { type: 'string' }, '\uD800'],
    ['query', 'spaceDelimited', false, array, ['a b']],
    ['query', 'pipeDelimited', false, array, ['a|b']],
    ['query', 'pipeDelimited', false, { type: 'string' }, 'a'],
    ['query', 'deepObject', true, object, { 'a]': 1 }],
    ['path', 'simple', false, { type: 'string' }, ''],
    ['path', 'simple', false, { type: 'string' }, '..'],
    ['path', 'label', false, { type: 'string' }, ''],
    ['header', 'simple', false, array, ['a,b']],
    ['header', 'simple', false, { type: 'string' }, 'a\r\nb'],
    ['header', 'simple', false, { type: 'string' }, ' a'],
    ['header', 'simple', false, { type: 'string' }, 'ä'],
  ] as [string, string, boolean, JsonObject, unknown][])(
    '%s, %s, explode %s: %j of %j',
    (place, style, explode, schema, value) => {
      const operation = operationWith({ name: 'color', in: place, style, explode, schema });
      expect(serializeParameter(operation.parameters[0] as Parameter, value)).toBeNull();
    },
  );
});
