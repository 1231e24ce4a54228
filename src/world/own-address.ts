import type { Resource } from '../resource/index.js';
import { viewOf } from '../schema/view.js';
import { literal } from '../text/literal.js';
import { child } from '../text/pointer.js';
import { phraseOf } from '../text/words.js';
import { exampleRows } from './example-rows.js';
import type { Ground } from './ground.js';

const known = new WeakMap<Resource, readonly string[]>();

/** The members of a row that are called `url` or the like and lead to the row in the API, and not to what it is about. */
export function ownAddressNames(resource: Resource, ground: Ground): readonly string[] {
  const names = known.get(resource) ?? find(resource, ground);
  known.set(resource, names);
  return names;
}

/** No expression is made of a path that is as long as a document may have it. */
const longestPath = 4096;

const addressNames = /^((api|resource) )?(url|uri|href)$/;

function find(resource: Resource, ground: Ground): readonly string[] {
  const { schema, item } = resource;
  if (item === null || item.length > longestPath) return [];
  const view = viewOf(ground.operations.document);
  const members = view.members(view.certain(schema));
  const hasPage = [...members.keys()].some((name) => /^(html|web|browser) (url|uri|link)$/.test(phraseOf(name)));
  const template = new RegExp(
    `${item
      .split(/\{[^{}]*\}/)
      .map(literal)
      .join('[^/?#]+')}$`,
  );
  const isItem = (value: unknown): boolean => typeof value === 'string' && template.test(value);
  const shown = exampleRows(resource, ground);
  return [...members].flatMap(([name, edges]) => {
    if (!addressNames.test(phraseOf(name))) return [];
    const parts = view.certain(...edges.map(({ to }) => to));
    const isSaid = parts.some(({ schema: { description, example, examples, default: usual } }) => {
      if (/\b(api|resource|self|canonical)\b/i.test(String(description ?? ''))) return true;
      return [example, examples, usual].flat().some(isItem);
    });
    return isSaid ||
      shown.some((row) => isItem(child(row, name))) ||
      (phraseOf(name) === 'url' && (hasPage || isGiven(name, resource, ground)))
      ? [name]
      : [];
  });
}

/** What a row has that has bytes of its own: its `url` is where these are. */
const contentNames =
  /^(width|height|duration|size|bytes|file size|file ?name|mime ?type|media type|content type|thumbnail|thumbnail url|checksum)$/;

/** Whether the server alone says what a member is: clients send others of the row, or of other rows that have such a member. */
function isGiven(name: string, resource: Resource, ground: Ground): boolean {
  const isGivenIn = (one: Resource): boolean | null => {
    const sent = sentNames(one, ground);
    const isOfRow = [...membersOf(one, ground)].some((member) => sent.has(member));
    return isOfRow ? !sent.has(name) : null;
  };
  const members = membersOf(resource, ground);
  if ([...members].some((one) => contentNames.test(phraseOf(one)))) return false;
  const others = ground.resources.all.filter((one) => membersOf(one, ground).has(name));
  return isGivenIn(resource) ?? others.some((one) => isGivenIn(one) === true);
}

function membersOf({ schema }: Resource, { operations }: Ground): ReadonlySet<string> {
  const view = viewOf(operations.document);
  return new Set(view.members(view.certain(schema)).keys());
}

/** What clients send of a row, in any operation. */
function sentNames({ roles }: Resource, { operations }: Ground): ReadonlySet<string> {
  const view = viewOf(operations.document);
  const names = roles.flatMap((role) => {
    const body = role.kind === 'list' ? null : role.body;
    const content = operations
      .compile(role.entry)
      .requestBody?.content.find((one) => one.mediaType === body?.mediaType);
    if (body === null || !content?.schema) return [];
    const members = [...view.members(view.within(content.schema.pointer, body.path))];
    return members.flatMap(([name, edges]) => (view.isHidden('request', ...edges.map(({ to }) => to)) ? [] : [name]));
  });
  return new Set(names);
}
