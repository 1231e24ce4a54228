/** How pydantic 2 names one error and words it. `context` is its `ctx`. */
import type { JsonObject } from '../../../../text/value.js';
export interface Worded {
  readonly type: string;
  readonly message: string;
  readonly context?: JsonObject;
}

function withError(type: string, prefix: string, error: string): Worded {
  return { type, message: `${prefix}, ${error}`, context: { error } };
}

/** A validator's own ValueError: FastAPI can only show it as an empty object. */
export function valueError(message: string): Worded {
  return { type: 'value_error', message: `Value error, ${message}`, context: { error: {} } };
}

const wordings: Readonly<Record<string, (text: string) => Worded>> = {
  uuid: (text) => withError('uuid_parsing', 'Input should be a valid UUID', uuidError(text)),
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\d[Tt_ ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)
      ? { type: 'timezone_aware', message: 'Input should have timezone info' }
      : withError('datetime_from_date_parsing', 'Input should be a valid datetime or date', dateError(text)),
  date: (text) => withError('date_from_datetime_parsing', 'Input should be a valid date or datetime', dateError(text)),
  time: (text) => withError('time_parsing', 'Input should be in a valid time format', timeError(text)),
  duration: () => withError('time_delta_parsing', 'Input should be a valid timedelta', 'invalid digit in duration'),
  uri: (text) => withError('url_parsing', 'Input should be a valid URL', urlError(text)),
  email: (text) => {
    const reason = text.includes('@')
      ? text.startsWith('@')
        ? 'There must be something before the @-sign.'
        : 'The part after the @-sign is not valid.'
      : 'An email address must have an @-sign.';
    return {
      type: 'value_error',
      message: `value is not a valid email address: ${reason}`,
      context: { reason },
    };
  },
  ipv4: () => ({ type: 'ip_v4_address', message: 'Input is not a valid IPv4 address' }),
  ipv6: () => ({ type: 'ip_v6_address', message: 'Input is not a valid IPv6 address' }),
  'json-pointer': () => valueError('not a valid JSON Pointer'),
};

/** What pydantic says of a string that is not in a format. */
export function formatWording(format: string, text: string): Worded {
  const wording = Object.hasOwn(wordings, format) ? wordings[format] : undefined;
  return wording ? wording(text) : valueError(`not a valid ${format}`);
}

/** What pydantic says of something that is no string where a format is: by the Python type behind the format. */
export const formatTypeErrors: Readonly<Record<string, Worded>> = {
  uuid: { type: 'uuid_type', message: 'UUID input should be a string, bytes or UUID object' },
  'date-time': { type: 'datetime_type', message: 'Input should be a valid datetime' },
  date: { type: 'date_type', message: 'Input should be a valid date' },
  time: { type: 'time_type', message: 'Input should be a valid time' },
  duration: { type: 'time_delta_type', message: 'Input should be a valid timedelta' },
  uri: { type: 'url_type', message: 'URL input should be a string or URL' },
};

/** The words of Rust's `uuid` crate, which pydantic-core parses with. */
function uuidError(text: string): string {
  const stray = text.search(/[^0-9a-fA-F-]/);
  if (stray >= 0) {
    return `invalid character: found \`${String.fromCodePoint(text.codePointAt(stray) ?? 0)}\` at ${stray + 1}`;
  }
  const groups = text.split('-');
  if (groups.length === 1) return `invalid length: expected length 32 for simple format, found ${text.length}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4, 12];
  const index = groups.findIndex((group, position) => group.length !== lengths[position]);
  return `invalid group length in group ${Math.max(index, 0)}: expected ${lengths[Math.max(index, 0)]}, found ${groups[Math.max(index, 0)]?.length}`;
}

/** The words of Rust's `speedate` crate. */
function dateError(text: string): string {
  if (text.length < 10) return 'input is too short';
  if (!/^\d{4}/.test(text)) return 'invalid character in year';
  if (text[4] !== '-') return 'invalid date separator, expected `-`';
  if (!/^\d\d$/.test(text.slice(5, 7))) return 'invalid character in month';
  if (text[7] !== '-') return 'invalid date separator, expected `-`';
  if (!/^\d\d$/.test(text.slice(8, 10))) return 'invalid character in day';
  const month = Number(text.slice(5, 7));
  if (month < 1 || month > 12) return 'month value is outside expected range of 1-12';
  const day = Number(text.slice(8, 10));
  const last = new Date(Date.UTC(Number(text.slice(0, 4)), month, 0)).getUTCDate();
  if (day < 1 || day > last) return 'day value is outside expected range';
  return 'unexpected extra characters at the end of the input';
}

function timeError(text: string): string {
  if (text.length < 5) return 'input is too short';
  if (!/^\d\d/.test(text)) return 'invalid character in hour';
  if (text[2] !== ':') return 'invalid time separator, expected `:`';
  if (!/^\d\d$/.test(text.slice(3, 5))) return 'invalid character in minute';
  if (Number(text.slice(0, 2)) > 23) return 'hour value is outside expected range of 0-23';
  if (Number(text.slice(3, 5)) > 59) return 'minute value is outside expected range of 0-59';
  if (text[5] === ':' && !/^\d\d$/.test(text.slice(6, 8))) return 'invalid character in second';
  if (text[5] === ':' && Number(text.slice(6, 8)) > 59) return 'second value is outside expected range of 0-59';
  if (text.length === 5 || text.length === 8) return 'invalid timezone, expected a sign or `Z`';
  return 'unexpected extra characters at the end of the input';
}

/** The words of Rust's `url` crate. */
function urlError(text: string): string {
  if (text === '') return 'input is empty';
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text);
  if (!scheme) return 'relative URL without a base';
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/*$/.test(text)) return 'empty host';
  if (/:\/\/[^/?#]*:\d*[^\d/?#]/.test(text)) return 'invalid port number';
  return 'invalid international domain name';
}
