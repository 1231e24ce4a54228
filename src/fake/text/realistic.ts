import type { Faker as FakerLibrary } from '@faker-js/faker';
import { plainWord as words } from '../meaning/phrases.js';
import { anyMoment, instantIn, textOf } from '../meaning/time.js';

/** What dates are near to where no other present is set, so that the same seed gives the same bytes on any day. */
export const referenceInstant = new Date('2025-01-15T09:30:00.000Z');

type Draw = (faker: FakerLibrary) => string;

const recent = (faker: FakerLibrary): Date => instantIn(faker, anyMoment);

const host = (faker: FakerLibrary): string => `${words(faker)}.example.com`;

/** What is a number in a text, as JSON has none of 64 bits that all can read (ProtoJSON). */
const digits = (faker: FakerLibrary): string => String(faker.number.int({ min: 1, max: 999 }));

/**
 * A realistic string for each format of JSON Schema 2020-12 (Validation, 7.3), of OpenAPI's registry and of
 * ajv-formats. json-schema-faker draws by these, and makes them longer or shorter where the schema bounds their length.
 */
export const formats = {
  'date-time': (faker) => textOf(recent(faker)),
  'iso-date-time': (faker) => textOf(recent(faker)),
  date: (faker) => recent(faker).toISOString().slice(0, 10),
  time: (faker) => textOf(recent(faker)).slice(11),
  'iso-time': (faker) => textOf(recent(faker)).slice(11),
  duration: (faker) => faker.helpers.arrayElement(['PT15M', 'PT1H', 'P1D', 'P7D', 'P1M', 'PT36H', 'P2W', 'PT90S']),
  'http-date': (faker) => recent(faker).toUTCString(),
  'date-time-rfc-2822': (faker) => recent(faker).toUTCString().replace('GMT', '+0000'),
  email: (faker) => faker.internet.exampleEmail().toLowerCase(),
  'idn-email': (faker) => faker.internet.exampleEmail().toLowerCase(),
  hostname: (faker) => host(faker),
  'idn-hostname': (faker) => host(faker),
  ipv4: (faker) => `192.0.2.${faker.number.int({ min: 1, max: 254 })}`,
  ipv6: (faker) => `2001:db8::${faker.number.int({ min: 1, max: 0xffff }).toString(16)}`,
  ip: (faker) => `192.0.2.${faker.number.int({ min: 1, max: 254 })}`,
  mac: (faker) => faker.internet.mac(),
  uri: (faker) => `https://${host(faker)}/${words(faker)}`,
  url: (faker) => `https://${host(faker)}/${words(faker)}`,
  iri: (faker) => `https://${host(faker)}/${words(faker)}`,
  'uri-reference': (faker) => `/${words(faker)}/${faker.number.int({ min: 1, max: 999 })}`,
  'iri-reference': (faker) => `/${words(faker)}/${faker.number.int({ min: 1, max: 999 })}`,
  'uri-template': (faker) => `https://api.example.com/${words(faker)}{/id}`,
  uuid: (faker) => faker.string.uuid(),
  'json-pointer': (faker) => `/${words(faker)}/${faker.number.int({ min: 0, max: 9 })}`,
  'json-pointer-uri-fragment': (faker) => `#/${words(faker)}/${faker.number.int({ min: 0, max: 9 })}`,
  'relative-json-pointer': (faker) => `${faker.number.int({ min: 0, max: 3 })}/${words(faker)}`,
  regex: (faker) => `^${words(faker)}-[0-9]+$`,
  byte: (faker) => btoa(`${words(faker)} ${words(faker)}`),
  binary: (faker) => `${words(faker)} ${words(faker)}`,
  password: (faker) => faker.internet.password({ length: 16 }),
  color: (faker) => faker.color.rgb(),
  // What frameworks say of texts in forms and queries that are to be read as another type.
  integer: digits,
  int: digits,
  float: (faker) => faker.commerce.price({ min: 1, max: 999 }),
  double: (faker) => faker.commerce.price({ min: 1, max: 999 }),
  boolean: (faker) => String(faker.datatype.boolean()),
  int32: digits,
  int64: digits,
  uint32: digits,
  uint64: digits,
  bigint: digits,
  numeric: digits,
  number: digits,
  decimal: (faker) => faker.commerce.price({ min: 1, max: 999 }),
  'unix-time': (faker) => String(Math.floor(recent(faker).getTime() / 1000)),
} satisfies Record<string, Draw>;

/** The formats of a moment, each with how it is written. */
export const momentFormats: Readonly<Record<string, (instant: Date) => string>> = {
  'date-time': (instant) => textOf(instant),
  'iso-date-time': (instant) => textOf(instant),
  date: (instant) => textOf(instant, { isDay: true }),
  'http-date': (instant) => instant.toUTCString(),
  'date-time-rfc-2822': (instant) => instant.toUTCString().replace('GMT', '+0000'),
  'unix-time': (instant) => String(instant.getTime() / 1000),
};

/** Formats that allow so much that the name of a member tells more. */
export const looseFormats: ReadonlySet<string> = new Set(['uri', 'url', 'iri', 'uri-reference', 'iri-reference']);

const filler = (count: number): string => 'a'.repeat(Math.max(0, count));
const email = (length: number): string => `${filler(length - 5) || 'a'}@b.co`;
const uri = (length: number): string =>
  length < 12 ? `a:${filler(length - 2)}` : `http://a.co/${filler(length - 12)}`;
/** Labels of a host name have 63 characters at most (RFC 1035, 2.3.4). */
const hostname = (length: number): string =>
  filler(length)
    .replaceAll(/(.{60})(?=..)/g, '$1.')
    .slice(0, Math.max(1, length));

/**
 * A plain string of about a number of characters, for the formats that json-schema-faker breaks where it cuts a string or
 * adds letters to it.
 */
export const formatsOfLength: Readonly<Record<string, (length: number) => string>> = {
  email,
  'idn-email': email,
  hostname,
  'idn-hostname': hostname,
  uri,
  iri: uri,
  byte: (length) => filler(Math.ceil(length / 4) * 4),
  duration: (length) => `P${'1'.repeat(Math.max(1, length - 2))}D`,
  'date-time': (length) => (length < 22 ? '2025-01-15T09:30:00Z' : `2025-01-15T09:30:00.${'0'.repeat(length - 21)}Z`),
  time: (length) => (length < 11 ? '09:30:00Z' : `09:30:00.${'0'.repeat(length - 10)}Z`),
};
