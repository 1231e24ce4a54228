import { readJson } from '../../text/json.js';
import { numberOf } from '../../text/json-scanner.js';
import { primitiveTypes, wireType } from './shape.js';

/** JSON's own number syntax (RFC 8259, 6): no `+1`, `0x10`, `01`, `.5`, `1_000`, no blanks, no NaN. */
const numberPattern = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * The values that one decoded string can stand for, given the types that can be valid: the likelier first.
 *
 * OpenAPI leaves the form of numbers and booleans to RFC 6570, which has strings only, so the syntax of JSON counts:
 * `1.0` and `1e3` are integers (JSON Schema, 4.2.3), `True`, `yes` and `1` are no booleans, `''` is a string and
 * nothing else. What frameworks accept beyond that (pydantic: `True`, `yes`, ` 5`, `+1`, `1_000`) differs from one to
 * the next, so a client that sends it does not keep the document. Where a string can be valid, it comes first: it is
 * what was sent. What cannot be read as any of the types stays the string, for the schema to refuse.
 */
export function literalReadings(text: string, types: number): unknown[] {
  if ((types & primitiveTypes) === wireType.string) return [text];
  const readings: unknown[] = [];
  if (types & wireType.string) readings.push(text);
  if (types & (wireType.number | wireType.integer) && numberPattern.test(text)) {
    if (types & wireType.number || isInteger(text)) readings.push(numberOf(text));
  }
  if (types & wireType.boolean) {
    if (text === 'true') readings.push(true);
    else if (text === 'false') readings.push(false);
  }
  if (readings.length === 0) readings.push(...structureReadings(text, types), text);
  return readings;
}

/**
 * An object or an array where a style has room for one string only (an array of objects): OpenAPI leaves open how it is
 * written, and clients write JSON.
 */
function structureReadings(text: string, types: number): unknown[] {
  if ((types & primitiveTypes) !== 0 || types === 0 || !/^[[{]/.test(text)) return [];
  const reading = readJson(text);
  return reading.ok ? [reading.value] : [];
}

/** Whether a JSON number is an integer as written: rounding to a double must not make it one. */
function isInteger(literal: string): boolean {
  if (!/[.eE]/.test(literal)) return true;
  const [significand = '', exponent = '0'] = literal.split(/[eE]/);
  const [whole = '', fraction = ''] = significand.replace('-', '').split('.');
  const digits = whole + fraction;
  let significant = digits.length;
  while (digits[significant - 1] === '0') significant -= 1;
  return significant === 0 || whole.length + Number(exponent) >= significant;
}
