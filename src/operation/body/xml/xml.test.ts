import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import { createSchemas } from '../../../schema/schemas.js';
import type { Json, JsonObject } from '../../../text/value.js';
import { readBody, writeBody } from '../formats.js';
import { BodyBudget, openBodyLimits } from '../limits.js';
import { parseXml } from './parse.js';

const mediaType = 'application/xml';

function withSchemas(components: JsonObject) {
  const document = documentFromObject({
    openapi: '3.2.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: components },
  });
  const schemas = createSchemas(document);
  const contentOf = (name: string) => {
    const schema = schemas.at(`/components/schemas/${name}`, 'response');
    return { mediaType, pointer: '', examples: [], encoding: {}, schema };
  };
  return {
    write: (value: Json, name = 'A') =>
      String(writeBody({ value, mediaType, content: contentOf(name), schemas }).body).replace(/^<\?xml[^\n]*\n/, ''),
    read(text: string, name = 'A') {
      const bytes = new TextEncoder().encode(text);
      const { value, violations } = readBody(contentOf(name), mediaType, bytes, document);
      return { value, faults: violations.map(({ keyword, pointer, message }) => `${pointer} ${keyword}: ${message}`) };
    },
  };
}

const animals = (xml: JsonObject | null, item: JsonObject | null) => ({
  type: 'object',
  xml: { name: 'document' },
  properties: {
    animals: { type: 'array', ...(xml && { xml }), items: { type: 'string', ...(item && { xml: item }) } },
  },
});

describe('XML Objects', () => {
  it.each<[string, JsonObject, Json, string]>([
    [
      'repeats items that are not wrapped',
      animals(null, null),
      { animals: ['a', 'b'] },
      '<document><animals>a</animals><animals>b</animals></document>',
    ],
    [
      'ignores the name of a list that is not wrapped',
      animals({ name: 'aliens' }, { name: 'animal' }),
      { animals: ['a'] },
      '<document><animal>a</animal></document>',
    ],
    [
      'wraps in the name of the items',
      animals({ wrapped: true }, null),
      { animals: ['a', 'b'] },
      '<document><animals><animals>a</animals><animals>b</animals></animals></document>',
    ],
    [
      'wraps in a name of its own',
      animals({ name: 'aliens', nodeType: 'element' }, { name: 'animal' }),
      { animals: ['a'] },
      '<document><aliens><animal>a</animal></aliens></document>',
    ],
    [
      'names items after the wrapper',
      animals({ name: 'aliens', wrapped: true }, null),
      { animals: ['a'] },
      '<document><aliens><aliens>a</aliens></aliens></document>',
    ],
    [
      'keeps an empty list that is wrapped',
      animals({ wrapped: true }, null),
      { animals: [] },
      '<document><animals></animals></document>',
    ],
    [
      'takes the name of a wrapped root',
      { type: 'array', xml: { name: 'aliens', wrapped: true }, items: { type: 'integer', xml: { name: 'n' } } },
      [1, 2],
      '<aliens><n>1</n><n>2</n></aliens>',
    ],
    [
      'has attributes and text',
      {
        type: 'array',
        xml: { nodeType: 'element', name: 'animals' },
        items: {
          type: 'object',
          xml: { name: 'animal' },
          properties: {
            kind: { type: 'string', xml: { nodeType: 'attribute' } },
            name: { type: 'string', xml: { nodeType: 'text' } },
          },
        },
      },
      [
        { kind: 'Cat', name: 'Fluffy' },
        { kind: 'Dog', name: 'Fido' },
      ],
      '<animals><animal kind="Cat">Fluffy</animal><animal kind="Dog">Fido</animal></animals>',
    ],
    [
      'has sections',
      { type: 'object', properties: { content: { type: 'string', xml: { nodeType: 'cdata' } } } },
      { content: '<p>]]></p>' },
      '<A><![CDATA[<p>]]]]><![CDATA[></p>]]></A>',
    ],
    [
      'declares prefixes where they are first used',
      {
        type: 'object',
        xml: { prefix: 'p', namespace: 'urn:a' },
        properties: {
          id: { type: 'integer', xml: { attribute: true, prefix: 'q', namespace: 'urn:b' } },
          name: { type: 'string', xml: { prefix: 'p' } },
          other: { type: 'string', xml: { prefix: 'r' } },
        },
      },
      { id: 1, name: 'n', other: 'o' },
      '<p:A xmlns:p="urn:a" xmlns:q="urn:b" q:id="1"><p:name>n</p:name><r:other xmlns:r="urn:r">o</r:other></p:A>',
    ],
    [
      'has sequences',
      {
        type: 'array',
        xml: { nodeType: 'element', name: 'OneTwo' },
        prefixItems: [
          { type: 'string', xml: { name: 'One' } },
          {
            type: 'object',
            xml: { name: 'Two' },
            properties: {
              unit: { type: 'string', xml: { nodeType: 'attribute' } },
              value: { type: 'number', xml: { nodeType: 'text' } },
            },
          },
          { type: ['boolean', 'null'], xml: { name: 'Three' } },
        ],
      },
      ['Some text', { unit: 'cubits', value: 42 }, null],
      '<OneTwo><One>Some text</One><Two unit="cubits">42</Two>' +
        '<Three xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></Three></OneTwo>',
    ],
    [
      'has text between elements',
      {
        type: 'array',
        xml: { nodeType: 'element', name: 'Report' },
        prefixItems: [
          { type: 'string', xml: { nodeType: 'text' } },
          { type: 'number', xml: { name: 'data' } },
          { type: 'string', xml: { nodeType: 'text' } },
        ],
      },
      ['Before.', 42, 'After.'],
      '<Report>Before.<data>42</data>After.</Report>',
    ],
    [
      'has no element where there is none',
      {
        type: 'object',
        properties: { inner: { type: 'object', xml: { nodeType: 'none' }, properties: { a: { type: 'integer' } } } },
      },
      { inner: { a: 1 } },
      '<A><a>1</a></A>',
    ],
    [
      'leaves out an attribute that is null',
      {
        type: 'object',
        required: ['count'],
        properties: {
          count: { type: ['number', 'null'], xml: { nodeType: 'attribute' } },
        },
      },
      { count: null },
      '<A></A>',
    ],
    [
      'names an element after its branch',
      {
        type: 'array',
        xml: { wrapped: true },
        items: {
          oneOf: [
            { type: 'object', xml: { name: 'cat' }, required: ['c'], properties: { c: { type: 'integer' } } },
            { type: 'object', xml: { name: 'dog' }, required: ['d'], properties: { d: { type: 'integer' } } },
          ],
        },
      },
      [{ d: 1 }, { c: 2 }],
      '<A><dog><d>1</d></dog><cat><c>2</c></cat></A>',
    ],
    [
      'keeps lists in lists apart',
      { type: 'object', properties: { rows: { type: 'array', items: { type: 'array', items: { type: 'integer' } } } } },
      { rows: [[1, 2], [], [3]] },
      '<A><rows><rows>1</rows><rows>2</rows></rows><rows></rows><rows><rows>3</rows></rows></A>',
    ],
    [
      'reads maps by the names that are there',
      { type: 'object', additionalProperties: { type: 'integer' } },
      { one: 1, two: 2 },
      '<A><one>1</one><two>2</two></A>',
    ],
  ])('%s', (_, schema, value, text) => {
    const { write, read } = withSchemas({ A: schema });
    expect(write(value)).toBe(text);
    expect(read(text)).toEqual({ value, faults: [] });
  });

  it('name the root beside a reference, and its items after their component', () => {
    const { write } = withSchemas({
      Pet: { type: 'object', properties: { id: { type: 'integer' } } },
      A: { $ref: '#/components/schemas/Pet', xml: { name: 'Stored' } },
      B: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
    });
    expect(write({ id: 1 })).toBe('<Stored><id>1</id></Stored>');
    expect(write([{ id: 1 }], 'B')).toBe('<B><Pet><id>1</id></Pet></B>');
  });
});

describe('an XML body', () => {
  const { read } = withSchemas({
    A: {
      type: 'object',
      required: ['id', 'tags'],
      xml: { name: 'pet' },
      properties: {
        id: { type: 'integer', xml: { attribute: true } },
        tags: { type: 'array', items: { type: 'string', xml: { name: 'tag' } } },
        price: { type: 'number', maximum: 10 },
        sold: { type: 'boolean', xml: { namespace: 'urn:shop' } },
        names: { type: 'array', xml: { wrapped: true }, items: { type: 'string', xml: { name: 'name' } } },
      },
    },
  });

  it.each<[string, string, string[]]>([
    ['<pet id="1"><tag>a</tag></pet>', 'keeps it', []],
    ['<pet id=" +1 "><price>\n 1.50 </price></pet>', 'may have blanks around numbers, and no items', []],
    ['<pet id="1"><sold xmlns="urn:shop">1</sold></pet>', 'may say true as XML does', []],
    ['<pet id="1" other="x" xml:lang="en"><!-- c --><?p i?><more><a/></more></pet>', 'may hold more', []],
    ['<pet><id>1</id></pet>', 'has an element for an attribute', ["/id required: 'id' is required"]],
    ['<pet id="x"/>', 'is no number', ['/id type: must be an integer, not a string']],
    ['<pet id="1"><price>11</price></pet>', 'is too much', ['/price maximum: must be 10 or less']],
    [
      '<pet id="1"><price>1</price><price>2</price></pet>',
      'is there twice',
      ['/price type: must be a number, not an array'],
    ],
    [
      '<pet id="1"><names><nom>a</nom></names></pet>',
      'has another name',
      ['/names/0 style: expected <name>, found <nom>'],
    ],
    ['<dog id="1"/>', 'has another root', [' style: expected <pet>, found <dog>']],
    ['<pet id="1">text</pet>', 'has text', [' style: expected elements in <pet>, found text']],
    ['<pet id="1"', 'ends early', [' syntax: body is not XML: at line 1, column 12: unexpected end']],
    ['', 'is empty', [' syntax: body is not XML: at line 1, column 1: document must contain a root element']],
  ])('%s %s', (text, _, faults) => expect(read(text).faults).toEqual(faults));

  it('is bounded, loads nothing, and expands no entities', () => {
    const parse = (text: string) => parseXml(text, new BodyBudget(openBodyLimits));
    expect(() => parse('<a>'.repeat(257))).toThrow('at most 256 levels');
    expect(parse('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')).toEqual({ ok: 'unread' });
    expect(parse('<a>&nbsp;</a>')).toMatchObject({ ok: false, line: 1, found: 'undefined entity' });
  });
});
