import type { JsonObject } from '../text/value.js';

/** What Prism shows for a format, whatever else the schema says. */
const byFormat: Readonly<Record<string, string>> = {
  email: 'user@example.com',
  'idn-email': 'пользователь@пример.ру',
  'date-time': '2019-08-24T14:15:22Z',
  date: '2019-08-24',
  time: '14:15:22Z',
  ipv4: '192.168.0.1',
  ipv6: '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
  hostname: 'example.com',
  'idn-hostname': 'пример.ру',
  iri: 'http://пример.ру',
  'iri-reference': '../словарь',
  uri: 'http://example.com',
  'uri-reference': '../dictionary',
  'uri-template': 'http://example.com/{endpoint}',
  'json-pointer': '/json/pointer',
  'relative-json-pointer': '1/relative/json/pointer',
  regex: '/regex/',
};

/** @param name of the property that it is for */
export function stringSample({ format, minLength, maxLength }: JsonObject, name = ''): string {
  const least = typeof minLength === 'number' ? minLength : 0;
  const fixed = typeof format === 'string' && Object.hasOwn(byFormat, format) ? byFormat[format] : undefined;
  if (fixed !== undefined) return fixed;
  if (format === 'uuid') return uuidOf(name === '' ? 'id' : name);
  if (format === 'password') {
    const word = 'pa$$word';
    return least > word.length
      ? `${word}_${lengthened('qwerty!@#$%^123456', least - word.length)}`.slice(0, least)
      : word;
  }
  const text = lengthened('string', least);
  return typeof maxLength === 'number' && maxLength > 0 ? text.slice(0, maxLength) : text;
}

const maximumLength = 100_000;

function lengthened(text: string, least: number): string {
  const length = Math.min(least, maximumLength);
  return length > text.length ? text.repeat(Math.ceil(length / text.length)).slice(0, length) : text;
}

/** A UUID that follows from a name, by the hash and the small generator (jsf32) that Prism uses. */
function uuidOf(name: string): string {
  let hash = 0;
  for (const unit of name.split('')) hash = (Math.imul(hash, 31) + unit.charCodeAt(0)) | 0;
  let [a, b, c, d] = [hash, hash, hash, hash] as [number, number, number, number];
  const random = () => {
    const t = (a - ((b << 27) | (b >>> 5))) | 0;
    a = b ^ ((c << 17) | (c >>> 15));
    b = (c + d) | 0;
    c = (d + t) | 0;
    d = (a + t) | 0;
    return (d >>> 0) / 4_294_967_296;
  };
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = ((random() * 16) % 16) | 0;
    return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}
