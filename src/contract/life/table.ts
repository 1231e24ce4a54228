import type { Concern } from '../types.js';

/** A rule over several requests: a thing and what becomes of it, or a list asked for in several ways. */
export interface LifeCheck {
  readonly id: LifeCheckId;
  /** "holds when …", for help and docs. */
  readonly summary: string;
  readonly concern: Concern;
}

const rules = {
  'create-stored':
    'what was created, alone or with others, can be read by the key that the answer gave, and each key leads to its own thing; nothing is made of what names nothing, where the document says that this is refused (`No such room`)',
  'location-leads':
    '`Location` of a create leads to what was created, and what a thing says is its own address (`_links.self`) to that thing; that of a 202, to where one can ask how it goes',
  'values-kept':
    'what was created or replaced is shown with the values that were sent, but for `readOnly` and `writeOnly` members; what servers normalise (case, white space, rounding, forms of dates) is information',
  'keys-differ':
    'two creates give two keys, and nothing gets, by a create or a change, what the document says of 409 is taken',
  'retried-once': 'a create that is sent again with the same `Idempotency-Key` makes no second thing',
  'read-only-kept': 'a client cannot set what is `readOnly`',
  'default-applied':
    'what is left out is as if its documented default had been sent: query parameters of lists, members of new things',
  listed:
    'the list shows what was created, once and under one key, as reading it does, and no longer when it has been deleted',
  'change-kept':
    'a member that was changed, or a thing that was replaced, has the new values when it is read again, and another time of its last change; what an action says that it has done, was told, or is called by (`close`), is so, and none is taken, nor is the thing changed, where the document says that it cannot be (`Only a pending booking can be confirmed`)',
  'others-kept':
    'a change leaves the other members as they were, and other things too; what is restored is what it was',
  'key-stays': 'a thing has the same key after a change',
  replaced:
    'PUT leaves nothing of what it did not send and an answer need not show, where it says that it replaces, or PATCH is there for changing one member and PUT needs more than that, and answers 201 for what was not there alone, where 200 or 204 is declared too (RFC 9110, 9.3.4)',
  'deleted-gone':
    'what was deleted, alone or with others, is gone: 404 or 410, also to a second DELETE, which may say 2xx again, and to a change or a replacement, unless PUT is said to make things; nothing else is, and nothing of which the document says that it is refused as long as others depend on it',
  'read-again-same': 'reading a thing twice shows the same',
  'under-parent-only': 'a thing is under its own parent only',
  validators:
    'an `ETag` changes with the thing; If-None-Match gets 304, a stale If-Match and `If-None-Match: *` for what is there 412, where these are declared, and a stale `version` that each change has to say a refusal',
  'owner-only': 'a second user (`--auth2`) can neither read, list, change nor delete what the first one has made',
  'page-size': 'a list shows no more items than were asked for',
  'pages-whole': 'pages have no item in common, and together are the whole list',
  'total-right':
    'the total of a list is the same on each page, and that of the items; so is what it says of how many pages there are, which one this is, whether it is the first or the last, and whether more follow (in `Link` too, where that is said to lead there); a create raises it, and what else says how many there are (`/things/count`, `comments_count`, `orders` of `/stats`), which a delete lowers',
  'items-once': 'a list shows nothing twice',
  'filter-holds':
    'each item satisfies the filter that was sent, and what satisfies it is there, a bound itself as the document says (`inclusive`, `exclusive`); a search finds a thing by what it says of itself',
  sorted:
    'a list is in the order that was asked for, over all pages, or in the one that the document says (newest first)',
  workflow: 'each step of a workflow (`--workflow`) meets its criteria of success',
} as const;
export type LifeCheckId = keyof typeof rules;

const concerns: Partial<Record<LifeCheckId, Concern>> = { 'owner-only': 'authentication', workflow: 'contract' };

/** Every rule over a sequence of requests. */
export const lifeChecks: readonly LifeCheck[] = (Object.keys(rules) as LifeCheckId[]).map((id) => ({
  id,
  summary: rules[id],
  concern: concerns[id] ?? 'data',
}));
