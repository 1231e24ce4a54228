import { type Resource, readAt, saidOnce, saidUnique, saysState, saysUnique } from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import type { Ground } from '../ground.js';
import { sentShapeOf } from '../shape.js';
import { holderOf } from './holder.js';

/** Names of members of which no two rows have the same value. */
const uniqueNames =
  /^(e ?mail( address)?|user ?name|login|handle|slug|sku|isbn|iban|vin|barcode|(serial|registration|passport|vat) (number|no)|license plate)$/;

/** What many rows have alike, whatever is said of a conflict. */
const sharedNames = /\b(status|state|phase|type|kind|version|revision|date|time|at|on)$/;

const taken = '(?:is |was |has |been |are )*(?:already|exists?|taken|in use|not unique|duplicated?|must be unique)';

const known = new WeakMap<Resource, ((name: string) => boolean) | null>();

/**
 * Whether no two rows may be alike in a member: by its name, or since the document says so of a conflict ("name already taken"), or of
 * what writes a row, or of the member ("must be unique"); null where no operation that writes a row says so or declares 409: then none
 * of them is refused.
 */
function tellingIn(resource: Resource, ground: Ground): ((name: string) => boolean) | null {
  let telling = known.get(resource);
  if (telling !== undefined) return telling;
  const writing = resource.roles
    .filter(({ kind }) => kind !== 'list' && kind !== 'read')
    .map(({ entry }) => ground.operations.compile(entry));
  const conflicts = writing
    .flatMap(({ responses }) => responses.filter(({ key }) => key === '409'))
    .map(({ description }) => description.toLowerCase());
  const said = writing.flatMap(saidUnique).filter(({ status }) => status === null);
  const view = viewOf(ground.operations.document);
  // What is sent may be described otherwise than what is shown.
  const described = new Set(
    [resource.schema, ...sentPointers(resource, ground)].flatMap((pointer) =>
      [...view.members(view.certain(pointer))].flatMap(([name, edges]) =>
        view.certain(...edges.map(({ to }) => to)).some(({ schema: { description } }) => saysUnique(description))
          ? [name]
          : [],
      ),
    ),
  );
  const isSaid = (name: string): boolean => described.has(name) || said.some(({ names }) => names(name));
  telling =
    conflicts.length + said.length + described.size === 0
      ? null
      : remembering(
          (name) => isTelling(phraseOf(name), conflicts) || (isSaid(name) && !sharedNames.test(phraseOf(name))),
        );
  known.set(resource, telling);
  return telling;
}

/** Where each operation that writes a row says what of it is sent. */
function sentPointers({ roles }: Resource, ground: Ground): string[] {
  return roles.flatMap((role) =>
    role.kind === 'list' || role.kind === 'read' ? [] : (sentShapeOf(role, ground)?.schema.pointer ?? []),
  );
}

function isTelling(words: string, conflicts: readonly string[]): boolean {
  if (conflicts.length === 0) return false;
  if (uniqueNames.test(words)) return true;
  if (sharedNames.test(words) || !/^[a-z\d ]+$/.test(words)) return false;
  const called = words.replaceAll(' ', '[ _-]?');
  // Codes join their words: `name_taken`.
  const another = `\\banother(?: [\\w-]+){1,3}? (?:has|uses|with) (?:this|that|the)`;
  return new RegExp(
    `\\b${called}['"\`]?[ _]${taken}|\\b(?:same|duplicate) ['"\`]?${called}\\b|${another} ['"\`]?${called}\\b`,
  ).test(conflicts.join('\n'));
}

/** What a row has that no other row may have, each as a text. */
export function uniqueTexts(resource: Resource, row: Json, ground: Ground): string[] {
  const isUnique = isObject(row) ? tellingIn(resource, ground) : null;
  if (!isObject(row)) return [];
  const pairs = pairTexts(resource, row, ground);
  if (isUnique === null) return pairs;
  const held = row[holderOf(resource, ground)?.name ?? ''];
  const own = Object.entries(isObject(held) ? { ...held, ...row } : row)
    .filter(([name, value]) => typeof value === 'string' && value !== '' && isUnique(name))
    .filter(([name]) => readAt(row, resource.key?.member ?? []) !== row[name])
    // By what names another thing others may name it too.
    .filter(([name]) => !resource.references.some(({ member }) => member.length === 1 && member[0] === name))
    .map(([name, value]) => `${name} ${scalarText(value).toLowerCase()}`);
  return [...own, ...pairs];
}

const knownPairs = new WeakMap<Resource, readonly (readonly string[])[] | null>();

/**
 * The members by which there is one thing for several others together, or for one of what it stands under; null where the document says
 * nothing of that.
 */
function pairIn(resource: Resource, { operations }: Ground): readonly (readonly string[])[] | null {
  const before = knownPairs.get(resource);
  if (before !== undefined) return before;
  const makes = resource.roles.filter(({ kind }) => kind === 'create').map(({ entry }) => operations.compile(entry));
  const said = makes.map((operation) => saidOnce(operation, resource.name)).find((one) => one !== null);
  const words = said === undefined ? '' : ` ${phraseOf(said)} `;
  const single = resource.references.filter(({ isList, member }) => !isList && member.length === 1);
  const isNamed = ({ member, resource: to }: Resource['references'][number]): boolean => {
    const own = phraseOf(member[0] ?? '').replace(/ (?:id|uuid|key|slug|name)$/, '');
    const others = phraseOf(to.name.split('.').at(-1) ?? '');
    return (
      [own, others, others.replace(/s$/, '')].some((one) => words.includes(` ${one} `)) ||
      /^(?:user|author|reviewer|customer|member)$/.test(own)
    );
  };
  const named = words === '' ? [] : single.filter(isNamed).map(({ member }) => member);
  const isBelow = resource.scope.some(({ member }) => !member || !named.some((one) => one[0] === member[0]));
  const pair = named.length >= (isBelow ? 1 : 2) ? named : null;
  knownPairs.set(resource, pair);
  return pair;
}

/** What is over holds nobody off from the next one. */
const over =
  /^(?:cancell?ed|deleted|removed|withdrawn|rejected|declined|expired|ended|closed|left|inactive|returned)$/i;

/** By which others a row is the only one, as a text; none where it is one of many. */
function pairTexts(resource: Resource, row: JsonObject, ground: Ground): string[] {
  const pair = pairIn(resource, ground);
  const values = pair?.map((member) => readAt(row, member) ?? null) ?? [];
  const isOver = Object.keys(row).some((name) => saysState(name) && over.test(String(row[name])));
  if (pair === null || isOver || values.some((value) => value === null || typeof value === 'object')) return [];
  return [`${pair.join('+')} ${values.map((value) => scalarText(value)).join(' ')}`];
}

/** Which member has such a text. */
export function memberOfText(text: string): string {
  return text.slice(0, text.indexOf(' '));
}
