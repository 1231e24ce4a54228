import { describe, inTable, isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Placed, Report } from './report.js';

/** The styles that a parameter may have in each place, the usual one first (OpenAPI 3.2, 4.12.2.2). */
const styles: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
};

/** A style that none of its place has says nothing, unless it is one in other letters: the usual one is read. */
export function checkStyle(report: Report, { value, segments }: Placed<JsonObject>, called: string): void {
  const all = inTable(styles, String(value.in));
  if (value.style === undefined || all === undefined || all.includes(String(value.style))) return;
  const found = describe(value.style);
  const meant = all.find((each) => each.toLowerCase() === String(value.style).toLowerCase());
  report.add([...segments, 'style'], {
    id: 'parameter-style',
    message: `${called} has a style that none in ${value.in} has, and is read in the style ${meant ?? all[0]}`,
    expected: all.join(', '),
    found,
  });
  if (meant !== undefined) value.style = meant;
}

/** What says that an item is an Example Object, and not an example (4.19). */
const members = ['value', 'dataValue', 'serializedValue', 'externalValue', '$ref'];

/** A list of examples, as a schema has: what else has examples has them by name. */
export function checkExamples(report: Report, { value, segments }: Placed<JsonObject>): void {
  const { examples } = value;
  if (!Array.isArray(examples)) return;
  report.add([...segments, 'examples'], {
    id: 'examples-listed',
    message: '"examples" is a list, as in a schema, and was read as examples with the names 1, 2 and so on',
    expected: 'an object of Example Objects by name',
    found: 'a list',
  });
  const named = (item: Json): Json =>
    isObject(item) && members.some((member) => Object.hasOwn(item, member)) ? item : { value: item };
  value.examples = Object.fromEntries(examples.map((item, index) => [`${index + 1}`, named(item)]));
}
