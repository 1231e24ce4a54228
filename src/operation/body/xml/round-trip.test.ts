import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import { createSchemas } from '../../../schema/schemas.js';
import type { Json, JsonObject } from '../../../text/value.js';
import { BodyBudget, openBodyLimits } from '../limits.js';
import { parseXml } from './parse.js';
import { draftXml } from './read.js';
import { writeXml } from './write.js';

/** A schema, and a value of it that XML has room for. */
type Pair = readonly [JsonObject, Json];

const character = fc.oneof(fc.constantFrom(...'<>&"\' \t\n\r]]>ä€😀'), fc.string({ unit: 'grapheme', maxLength: 1 }));
const text = fc.array(character, { minLength: 1, maxLength: 6 }).map((all) => `a${all.join('')}`);
const scalar: fc.Arbitrary<Pair> = fc.oneof(
  text.map((value): Pair => [{ type: 'string' }, value]),
  fc.integer().map((value): Pair => [{ type: 'integer' }, value]),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value): Pair => [{ type: 'number' }, Object.is(value, -0) ? 0 : value]),
  fc.boolean().map((value): Pair => [{ type: 'boolean' }, value]),
  fc.constant<Pair>([{ type: ['string', 'null'] }, null]),
);
const looks: fc.Arbitrary<JsonObject> = fc.record(
  {
    name: fc.stringMatching(/^x[a-z]{0,3}$/),
    namespace: fc.constantFrom('urn:a', 'urn:b'),
    prefix: fc.constantFrom('p', 'q', 'xsi'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

/** Members of one object must not have the same name in XML, and items that are not wrapped are members of it by their own name. */
function apart([schema, value]: Pair, index: number): Pair {
  const named = (it: JsonObject): JsonObject => {
    const xml = it.xml as JsonObject | undefined;
    return xml?.name === undefined ? it : { ...it, xml: { ...xml, name: `${xml.name}${index}` } };
  };
  const own = named(schema);
  return [schema.type === 'array' ? { ...own, items: named(schema.items as JsonObject) } : own, value];
}

const member: fc.Memo<Pair> = fc.memo((depth) =>
  fc.oneof(
    fc.tuple(scalar, looks).map(([[schema, value], xml]): Pair => [{ ...schema, xml }, value]),
    fc
      .tuple(scalar, looks)
      .map(
        ([[schema, value], xml]): Pair => [
          { ...schema, xml: { ...xml, ...(value === null ? {} : { attribute: true }) } },
          value,
        ],
      ),
    ...(depth > 1 ? [list(depth - 1), object(depth - 1)] : []),
  ),
);

const list: fc.Memo<Pair> = fc.memo((depth) =>
  fc.tuple(member(depth), looks, fc.integer({ min: 0, max: 3 })).map(([[items, value], xml, length]): Pair => {
    const { attribute: _, ...own } = (items.xml ?? {}) as JsonObject;
    const isWrapped = length === 0 || items.type === 'array';
    const list = Array.from({ length }, () => value);
    return [
      { type: 'array', xml: { ...xml, ...(isWrapped && { wrapped: true }) }, items: { ...items, xml: own } },
      list,
    ];
  }),
);

const object: fc.Memo<Pair> = fc.memo((depth) =>
  fc.tuple(fc.array(member(depth), { maxLength: 4 }), looks).map(([members, xml]): Pair => {
    const pairs = members.map((pair, index) => [`m${index}`, ...apart(pair, index)] as const);
    const properties = Object.fromEntries(pairs.map(([name, schema]) => [name, schema]));
    return [{ type: 'object', properties, xml }, Object.fromEntries(pairs.map(([name, , value]) => [name, value]))];
  }),
);

it('is read as it was written, whatever its XML Objects say', () => {
  fc.assert(
    fc.property(fc.oneof(object(3), list(3)), ([schema, value]) => {
      const info = { title: '', version: '' };
      const document = documentFromObject({
        openapi: '3.2.0',
        info,
        paths: {},
        components: { schemas: { A: schema } },
      });
      const compiled = createSchemas(document).at('/components/schemas/A', 'response');
      const written = writeXml(value, compiled.pointer, 'response', createSchemas(document));
      const reading = parseXml(written, new BodyBudget(openBodyLimits));
      const read = reading.ok === true ? draftXml(reading.root, compiled, document) : expect.fail(written);
      expect([read.draft.settle(compiled, 'body', ''), read.violations], written).toEqual([[], []]);
      expect(read.draft.value, written).toEqual(value);
    }),
    { numRuns: 100 },
  );
});
