import type { Faker as FakerLibrary } from '@faker-js/faker';

/** What dates are near to, so that the same seed gives the same bytes on any day. */
export const referenceInstant = new Date('2025-01-15T09:30:00.000Z');

type Draw = (faker: FakerLibrary) => string;

/** RFC 3339 without fractions of a second: what servers mostly send. */
const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
const recent = (faker: FakerLibrary): Date => faker.date.recent({ days: 365 });

const words = (faker: FakerLibrary): string => faker.word.noun();

/**
 * A realistic string for each format of JSON Schema 2020-12 (Validation, 7.3), of OpenAPI's registry and of
 * ajv-formats. json-schema-faker draws by these, and makes them longer or shorter where the schema bounds their length.
 */
const known = {
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
} satisfies Record<string, Draw>;

export const formats: Readonly<Record<string, Draw>> = known;

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

/** How to draw what a name asks for: a name's words, after those of what it belongs to (`user: created at`). */
type Row = readonly [name: RegExp, draw: Draw];

const slug = (faker: FakerLibrary): string => `${faker.word.adjective()}-${faker.word.noun()}`.toLowerCase();

/** What a developer expects of a property by its name, where the schema says no more than `string`. First match. */
const strings: readonly Row[] = [
  [/\b(e ?mail)( address)?$/, known.email],
  [/\b(first|given) name$|\bfname$/, (faker) => faker.person.firstName()],
  [/\b(last|family|sur) ?name$|\blname$/, (faker) => faker.person.lastName()],
  [/\b(user ?name|login|handle|nick ?name|screen name)$/, (faker) => faker.internet.username().toLowerCase()],
  [/\b(repo|repository|project)\b[^:]*: full name$/, (faker) => `${slug(faker)}/${slug(faker)}`],
  [
    /\b(full|display|real|author|owner|contact|customer) name$|\b(author|assignee|owner|committer|reviewer)$/,
    (faker) => faker.person.fullName(),
  ],
  [
    /\b(user|owner|author|member|customer|employee|contact|person|people|assignee|profile|committer|creator|actor|sender)s?\b[^:]*: name$/,
    (faker) => faker.person.fullName(),
  ],
  [/\b(company|org|organi[sz]ation|team|vendor|account|enterprise)s?\b[^:]*: name$/, (faker) => faker.company.name()],
  [
    /\b(repo|repository|project|package|branch|tag|label|topic|bucket|workspace|model|tool|server|event)s?\b[^:]*: name$/,
    slug,
  ],
  [/\bfiles?\b[^:]*: name$/, (faker) => faker.system.commonFileName('txt')],
  [/\b(city|cities|towns?)\b[^:]*: name$/, (faker) => faker.location.city()],
  [/\b(country|countries)\b[^:]*: name$/, (faker) => faker.location.country()],
  [/\b(company|organi[sz]ation|vendor|employer)( name)?$/, (faker) => faker.company.name()],
  [/\bjob title$|^occupation$/, (faker) => faker.person.jobTitle()],
  [/\b(phone|mobile|fax|tel)( number)?$/, (faker) => faker.phone.number({ style: 'international' })],
  [
    /\b(avatar|image|photo|picture|icon|logo|thumbnail|screenshot)( ur[il])?$/,
    (faker) => `https://images.example.com/${faker.word.noun()}.png`,
  ],
  [/\b(ur[il]|link|href|website|homepage|webhook|endpoint|callback)s?$/, known.uri],
  [/\b(host ?name|domain|host|subdomain)$/, known.hostname],
  [/\b(ip( address)?|ipv4)$/, known.ipv4],
  [/\bipv6$/, known.ipv6],
  [
    /\b(created|updated|modified|deleted|started|finished|completed|closed|merged|pushed|published|expires?|ended|last \w+)( at| on| time)?$|\b(at|timestamp|date ?time)$/,
    known['date-time'],
  ],
  [/\b(date|day|birthday|dob)$/, known.date],
  [/\btime ?zone$/, (faker) => faker.location.timeZone()],
  [/\b(uuid|guid)$/, known.uuid],
  [/\b(sha|commit|digest|checksum|hash|etag)( id| hash)?$/, (faker) => faker.git.commitSha()],
  [/\b(token|secret|api ?key|access key|credential)s?$/, (faker) => faker.string.alphanumeric(32)],
  [/\bpassword$/, known.password],
  [/\bid$|\bids$/, (faker) => faker.string.alphanumeric({ length: 12, casing: 'lower' })],
  [/\b(slug|branch|tag|label|key|topic)s?$|\bref$/, slug],
  [/\b(repo|repository|project|workspace|package|bucket|dataset|model)( name)?$/, slug],
  [/\bversion$/, (faker) => faker.system.semver()],
  [/\b(file ?name|file)$/, (faker) => faker.system.commonFileName('txt')],
  [/\b(file ?path|path|directory|folder|dir)$/, (faker) => `/${faker.word.noun()}/${faker.word.noun()}.txt`],
  [/\b(mime|media|content) type$/, (faker) => faker.system.mimeType()],
  [/\b(street|address)( line)?( \d)?$/, (faker) => faker.location.streetAddress()],
  [/\b(city|town)$/, (faker) => faker.location.city()],
  [/\b(address|location)\b[^:]*: state$|\b(province|region)$/, (faker) => faker.location.state()],
  [
    /\b(state|status|phase)$/,
    (faker) => faker.helpers.arrayElement(['active', 'pending', 'completed', 'failed', 'archived']),
  ],
  [/\b(zip|postal|post)( ?code)?$/, (faker) => faker.location.zipCode()],
  [/\bcountry code$/, (faker) => faker.location.countryCode()],
  [/\bcountry$/, (faker) => faker.location.country()],
  [/\b(currency)( code)?$/, (faker) => faker.finance.currencyCode()],
  [/\b(locale|language|lang)( code)?$/, (faker) => faker.helpers.arrayElement(['en', 'de', 'fr', 'es', 'ja'])],
  [/\bcolou?r$/, (faker) => faker.color.rgb()],
  [/\buser agent$/, (faker) => faker.internet.userAgent()],
  [/\b(product|item)( name)?$/, (faker) => faker.commerce.productName()],
  [/\b(title|subject|headline)$/, (faker) => capitalized(faker.lorem.words({ min: 2, max: 4 }))],
  [
    /\b(description|summary|message|msg|comment|text|bio|note|notes|reason|content|body|details?|detail)$/,
    (faker) => faker.lorem.sentence({ min: 4, max: 9 }),
  ],
  [/\bname$/, (faker) => faker.commerce.productName()],
];

/** What a number is about, where the schema gives it no bounds. `step`: the least difference, for non-integers. */
export interface Magnitude {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

const epochSeconds = Math.floor(referenceInstant.getTime() / 1000);
const year = 365 * 24 * 3600;

const numbers: readonly (readonly [name: RegExp, magnitude: Magnitude])[] = [
  [/\b(id|number)$/, { minimum: 1, maximum: 99_999, step: 1 }],
  [/\b(page)$/, { minimum: 1, maximum: 10, step: 1 }],
  [/\bport$/, { minimum: 1024, maximum: 49_151, step: 1 }],
  [/\byear$/, { minimum: 2000, maximum: 2030, step: 1 }],
  [/\bage$/, { minimum: 18, maximum: 90, step: 1 }],
  [/\b(latitude|lat)$/, { minimum: -90, maximum: 90, step: 0.0001 }],
  [/\b(longitude|lng|lon)$/, { minimum: -180, maximum: 180, step: 0.0001 }],
  [/\b(percent|percentage|progress)$/, { minimum: 0, maximum: 100, step: 0.1 }],
  [/\b(ratio|rate|probability|confidence|opacity|score|temperature)$/, { minimum: 0, maximum: 1, step: 0.01 }],
  [/\b(price|amount|cost|balance|fee|budget)$/, { minimum: 1, maximum: 500, step: 0.01 }],
  [
    /\b(created|updated|modified|started|finished|expires?|timestamp)( at)?$|\bat$/,
    { minimum: epochSeconds - year, maximum: epochSeconds, step: 1 },
  ],
];

const anyNumber: Magnitude = { minimum: 0, maximum: 1000, step: 0.01 };

/** How to draw a string by the name of its property and of what that belongs to; null where they tell nothing. */
export const stringNamed = byName((words) => strings.find(([name]) => name.test(words))?.[1] ?? null);

/** What a number is about, by the name of its property and of what that belongs to. */
export const magnitudeNamed = byName((words) => numbers.find(([name]) => name.test(words))?.[1] ?? anyNumber);

/** Documents repeat their names; maps make up new ones, so what is kept is bounded. */
const maximumNames = 5000;

function byName<T>(find: (words: string) => T): (name: string, owner: string) => T {
  const known = new Map<string, T>();
  return (name, owner) => {
    const key = `${owner}: ${name}`;
    let found = known.get(key);
    if (found === undefined) {
      found = find(`${wordsOf(owner)}: ${wordsOf(name)}`);
      if (known.size >= maximumNames) known.clear();
      known.set(key, found);
    }
    return found;
  };
}

/** `createdAt`, `created_at` and `CREATED-AT` are `created at`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[\s_.\-/:$@]+/g, ' ')
    .trim()
    .toLowerCase();
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
