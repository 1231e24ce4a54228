import type { Faker as FakerLibrary } from '@faker-js/faker';

type Draw = (faker: FakerLibrary) => string;

/** RFC 3339 without fractions of a second: what servers mostly send. */
const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
const recent = (faker: FakerLibrary): Date => faker.date.recent({ days: 365 });

const words = (faker: FakerLibrary): string => faker.word.noun();

/**
 * A realistic string for each format of JSON Schema 2020-12 (Validation, 7.3), of OpenAPI's registry and of
 * ajv-formats. A format that is not here is left to json-schema-faker.
 */
export const formats: Readonly<Record<string, Draw>> = {
  'date-time': (faker) => instant(recent(faker)),
  'iso-date-time': (faker) => instant(recent(faker)),
  date: (faker) => recent(faker).toISOString().slice(0, 10),
  time: (faker) => instant(recent(faker)).slice(11),
  'iso-time': (faker) => instant(recent(faker)).slice(11),
  duration: (faker) => faker.helpers.arrayElement(['PT15M', 'PT1H', 'P1D', 'P7D', 'P1M', 'PT36H', 'P2W', 'PT90S']),
  'http-date': (faker) => recent(faker).toUTCString(),
  email: (faker) => faker.internet.exampleEmail().toLowerCase(),
  'idn-email': (faker) => faker.internet.exampleEmail().toLowerCase(),
  hostname: (faker) => `${faker.internet.domainWord()}.example.com`,
  'idn-hostname': (faker) => `${faker.internet.domainWord()}.example.com`,
  ipv4: (faker) => `192.0.2.${faker.number.int({ min: 1, max: 254 })}`,
  ipv6: (faker) => `2001:db8::${faker.number.int({ min: 1, max: 0xffff }).toString(16)}`,
  ip: (faker) => `192.0.2.${faker.number.int({ min: 1, max: 254 })}`,
  mac: (faker) => faker.internet.mac(),
  uri: (faker) => `https://${faker.internet.domainWord()}.example.com/${words(faker)}`,
  url: (faker) => `https://${faker.internet.domainWord()}.example.com/${words(faker)}`,
  iri: (faker) => `https://${faker.internet.domainWord()}.example.com/${words(faker)}`,
  'uri-reference': (faker) => `/${words(faker)}/${faker.number.int({ min: 1, max: 999 })}`,
  'iri-reference': (faker) => `/${words(faker)}/${faker.number.int({ min: 1, max: 999 })}`,
  'uri-template': (faker) => `https://api.example.com/${words(faker)}{/id}`,
  uuid: (faker) => faker.string.uuid(),
  'json-pointer': (faker) => `/${words(faker)}/${faker.number.int({ min: 0, max: 9 })}`,
  'json-pointer-uri-fragment': (faker) => `#/${words(faker)}/${faker.number.int({ min: 0, max: 9 })}`,
  'relative-json-pointer': (faker) => `${faker.number.int({ min: 0, max: 3 })}/${words(faker)}`,
  regex: (faker) => `^${words(faker)}-[0-9]+$`,
  byte: (faker) => btoa(faker.lorem.words(3)),
  binary: (faker) => faker.lorem.words(3),
  password: (faker) => faker.internet.password({ length: 16 }),
  color: (faker) => faker.color.rgb(),
  'unix-time': (faker) => String(Math.floor(recent(faker).getTime() / 1000)),
};

const filler = (count: number): string => 'a'.repeat(Math.max(0, count));

/** A plain string of a format with about a number of characters: for bounds that no realistic one keeps. */
export const formatsOfLength: Readonly<Record<string, (length: number) => string>> = {
  email: (length) => `${filler(length - 5) || 'a'}@b.co`,
  'idn-email': (length) => `${filler(length - 5) || 'a'}@b.co`,
  hostname: (length) => hostOf(length),
  'idn-hostname': (length) => hostOf(length),
  uri: (length) => (length < 12 ? `a:${filler(length - 2)}` : `http://a.co/${filler(length - 12)}`),
  iri: (length) => (length < 12 ? `a:${filler(length - 2)}` : `http://a.co/${filler(length - 12)}`),
  url: (length) => (length < 12 ? 'http://a.co' : `http://a.co/${filler(length - 12)}`),
  'uri-reference': filler,
  'iri-reference': filler,
  'uri-template': filler,
  'json-pointer': (length) => (length === 0 ? '' : `/${filler(length - 1)}`),
  'json-pointer-uri-fragment': (length) => (length < 2 ? '#' : `#/${filler(length - 2)}`),
  'relative-json-pointer': (length) => (length < 2 ? '0' : `0/${filler(length - 2)}`),
  regex: filler,
  byte: (length) => filler(Math.ceil(length / 4) * 4),
  binary: filler,
  password: filler,
  duration: (length) => `P${'1'.repeat(Math.max(1, length - 2))}D`,
  'date-time': (length) => (length < 22 ? '2025-01-15T09:30:00Z' : `2025-01-15T09:30:00.${'0'.repeat(length - 21)}Z`),
  time: (length) => (length < 11 ? '09:30:00Z' : `09:30:00.${'0'.repeat(length - 10)}Z`),
};

/** Labels of a host name have 63 characters at most (RFC 1035, 2.3.4). */
function hostOf(length: number): string {
  const name = filler(length).replaceAll(/(.{60})(?=..)/g, '$1.');
  return name.slice(0, Math.max(1, length));
}
