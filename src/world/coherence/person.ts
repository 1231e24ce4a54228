import type { Random } from '../../fake/index.js';
import type { JsonObject } from '../../text/value.js';
import { memberNamed } from './member-named.js';
import type { Rule } from './rule.js';

const firstName = /^(first|given) ?name$|^fname$|^forename$/;
const lastName = /^(last|family|sur) ?name$|^lname$/;
const fullName = /^(full |display |real )?name$|^fullname$/;
const userName = /^(user ?name|login|handle|nick ?name|screen ?name)$/;
const address = /^(e ?mail|mail)( address)?$/;

/** Names, user name and e-mail are of one person. */
export const persons: Rule = {
  names: [firstName, lastName, fullName, userName, address],
  fewest: 2,
  apply: asOnePerson,
};

function* asOnePerson(object: JsonObject, random: Random): Generator<JsonObject> {
  const member = (pattern: RegExp) => memberNamed(object, pattern, 'string');
  const [first, last, full] = [member(firstName), member(lastName), member(fullName)];
  const [user, email] = [member(userName), member(address)];
  const isPerson = (first && last) || (email && (full || user)) || (user && full);
  if (!isPerson) return;
  const textOf = (name: string | undefined): string => (name === undefined ? '' : String(object[name]));
  const plain = plainNames(first && last ? `${textOf(first)} ${textOf(last)}` : textOf(full) || textOf(user));
  if (plain.length === 0) return;
  const domain = /@(.+)$/.exec(textOf(email))?.[1] ?? 'example.com';
  const agreed = { ...object };
  if (first && last && full) agreed[full] = `${textOf(first)} ${textOf(last)}`;
  if (email) agreed[email] = `${plain.join('.')}@${domain}`;
  if (user && (first || full)) {
    for (const separator of random.shuffled(['.', '_', '', '-'])) yield { ...agreed, [user]: plain.join(separator) };
  }
  // The user name may be from a list, or have a form of its own.
  yield agreed;
}

/** The first two names without a title, as an address can have them. */
function plainNames(name: string): string[] {
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
