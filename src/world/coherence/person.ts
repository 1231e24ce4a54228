import type { Random } from '../../fake/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { memberNamed } from './member-named.js';
import type { Rule } from './rule.js';

const firstName = /^(first|given) ?name$|^fname$|^forename$/;
const lastName = /^(last|family|sur) ?name$|^lname$/;
const fullName = /^(full |display |real |formatted )?name$|^fullname$|^formatted$/;
const initials = /^initials$/;
const userName = /^(user ?name|login|handle|nick ?name|screen ?name)$/;
const address = /^((user|personal|private|work) )?(e ?mail|mail)( address)?$/;

/** Names, user name and e-mail are of one person. */
export const persons: Rule = {
  names: [firstName, lastName, fullName, userName, address, initials],
  fewest: 2,
  apply: asOnePerson,
};

function* asOnePerson(object: JsonObject, random: Random): Generator<JsonObject> {
  const member = (pattern: RegExp) => memberNamed(object, pattern, 'string');
  const [first, last, full] = [member(firstName), member(lastName), member(fullName)];
  const parted = partedName(object);
  const [user, email] = [member(userName), member(address)];
  const isPerson = (first && last) || (email && (full || user)) || (user && (full || parted));
  if (!isPerson) return;
  const textOf = (name: string | undefined): string => (name === undefined ? '' : scalarText(object[name]));
  const whole = first && last ? `${textOf(first)} ${textOf(last)}` : (parted ?? '');
  const plain = plainNames(whole || textOf(full) || textOf(user));
  if (plain.length === 0) return;
  const domain = /@(.+)$/.exec(textOf(email))?.[1] ?? 'example.com';
  const agreed = { ...object };
  if (whole !== '' && full) agreed[full] = whole;
  Object.assign(agreed, initialsOf(member(initials), whole || textOf(full), plain));
  if (email) agreed[email] = `${plain.join('.')}@${domain}`;
  if (Array.isArray(object.emails)) agreed.emails = ownAddresses(object.emails, plain);
  if (user && (first || full || parted)) {
    for (const separator of random.shuffled(['.', '_', '', '-'])) yield { ...agreed, [user]: plain.join(separator) };
  }
  // The user name may be from a list, or have a form of its own.
  yield agreed;
  // What was sent of a person need not look alike, and the name follows from its parts all the same.
  if (whole !== '' && full) yield { ...object, [full]: whole };
}

/** The first letters of a name, of what stands instead of one where there is none. */
function initialsOf(member: string | undefined, name: string, plain: readonly string[]): JsonObject {
  const words = name.trim() === '' ? plain : name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = ends.map((word) => (word ?? '').charAt(0).toUpperCase());
  return member === undefined ? {} : { [member]: letters.join('') };
}

/** A row whose whole name was that of its parts, and is so again where one of these has changed. */
export function renamed(before: JsonObject, row: JsonObject): JsonObject {
  const [first, last, full] = [firstName, lastName, fullName].map((pattern) => memberNamed(row, pattern, 'string'));
  if (!first || !last || !full || full === first || full === last) return row;
  const isOfParts = before[full] === `${before[first]} ${before[last]}` && row[full] === before[full];
  return isOfParts ? { ...row, [full]: `${row[first]} ${row[last]}` } : row;
}

const kindNames = /^(?:system|type|kind|channel|method)$/;
const phoneKind = /^(?:phone|mobile|fax|sms|telephone|cell|work ?phone|home ?phone)$/i;

/** What is said of a kind of address is one of that kind (ContactPoint of FHIR): a number for `phone`, a mailbox for `email`. */
export const contacts: Rule = { names: [kindNames, /^(?:value|address|contact)$/], fewest: 2, apply: asOfKind };

function* asOfKind(object: JsonObject, random: Random): Generator<JsonObject> {
  const kind = memberNamed(object, kindNames, 'string');
  const value = memberNamed(object, /^(?:value|contact)$/, 'string');
  if (kind === undefined || value === undefined) return;
  const said = scalarText(object[kind]);
  const isMail = scalarText(object[value]).includes('@');
  if (/^e-?mail$/i.test(said) && !isMail)
    yield {
      ...object,
      [value]: `${random.pick(['anna', 'ben', 'carla', 'dan', 'emma', 'finn'])}${random.integer(1, 99)}@example.com`,
    };
  if (phoneKind.test(said) && !/^\+?[\d ()-]{5,}$/.test(scalarText(object[value])))
    yield { ...object, [value]: `+1202555${String(random.integer(0, 9999)).padStart(4, '0')}` };
}

/** First and last name in an object of its own (RFC 7643, 4.1.1); undefined where there is none. */
function partedName({ name }: JsonObject): string | undefined {
  if (!isObject(name)) return undefined;
  const [first, last] = [firstName, lastName].map((pattern) => memberNamed(name, pattern, 'string'));
  return first && last ? `${name[first]} ${name[last]}` : undefined;
}

/** Addresses of one person in the place of some of which each is another's: texts, or objects that have one (RFC 7643, 4.1.2). */
function ownAddresses(emails: readonly Json[], plain: readonly string[]): Json[] {
  const [first = '', last = ''] = plain;
  const locals = [plain.join('.'), plain.join('_'), `${first.charAt(0)}${last || first}`, [last, first].join('.')];
  const own = (address: string, place: number) =>
    address.replace(/^[^@]*(?=@)/, place < locals.length ? (locals[place] as string) : `${plain.join('.')}${place}`);
  return emails.map((email, place) => {
    if (typeof email === 'string') return own(email, place);
    return isObject(email) && typeof email.value === 'string' ? { ...email, value: own(email.value, place) } : email;
  });
}

/** The first two names without a title, as an address can have them; none of what has no letter, and is no name of somebody. */
function plainNames(name: string): string[] {
  if (!/\p{L}/u.test(name)) return [];
  return name
    .replace(/^(Mr|Mrs|Ms|Miss|Dr|Prof)\. /, '')
    .split(/\s+/)
    .slice(0, 2)
    .map((one) =>
      one
        .normalize('NFD')
        .toLowerCase()
        .replaceAll(/[^a-z\d]/g, ''),
    )
    .filter((one) => one !== '');
}
