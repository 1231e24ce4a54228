import type { OperationEntry, Work } from '../operation/index.js';
import type { EnvelopeRole, Key, Kin, QueryRole } from './list-types.js';

export type { EnvelopeRole, Key, Kin, QueryRole } from './list-types.js';

/** A kind of thing that one can list, create, read, change, remove. Found from paths and schemas; corrected by `resources:`. */
export interface Resource {
  /** Unique in the document: the last word of the collection's path (`pets`, `owners.pets` under a parent). */
  readonly name: string;
  /** Path template of the collection (`/owners/{ownerId}/pets`), also where it has no list operation; null for a singleton. */
  readonly collection: string | null;
  /** Path template of one thing (`/owners/{ownerId}/pets/{petId}`, `/me`); null where things are only listed. */
  readonly item: string | null;
  /** One thing without a key (`/me`, `/owners/{id}/settings`). */
  readonly isSingleton: boolean;
  /** null for a singleton, and where the items of a list have no key. */
  readonly key: Key | null;
  /** The resource that the path is nested under; the path parameters before the own key are the keys of the ancestors. */
  readonly parent: Resource | null;
  /** Path parameters of its own paths before the key, outermost first: which thing of which ancestor. */
  readonly scope: readonly ScopeParameter[];
  /** Pointer of the schema of one thing, as it is read (the item of the list's answer, or the answer of read). */
  readonly schema: string;
  /** Members that name a thing of another resource (`authorId`, `author.id`), as they are found by name and schema. */
  readonly references: readonly Reference[];
  /** Things of others that it shows as such, apart from those that a single member names. */
  readonly relations: readonly Relation[];
  /** Members that have what others are called by a text that is not their key (`category`), which stands `inside` of these. */
  readonly spoken: readonly Relation[];
  /** Lists of it in which so many of other things each are: the lines of an order. */
  readonly lines: readonly Line[];
  /** The same of its things, where these are lines themselves (`/orders/{id}/items`). */
  readonly line: Omit<Line, 'member'> | null;
  /** Members that say how many things stand under it (`comments_count` of a post). */
  readonly counts: readonly Counted[];
  /** Lists below one of its things that show others of them. */
  readonly kin: readonly Kin[];
  /** Lists that it shows and that have a path of their own below its own. */
  readonly embedded: readonly Embedded[];
  /** What shows its things as such a list. */
  readonly embeddedIn: { readonly resource: Resource; readonly embedded: Embedded } | null;
  /** Whose things these are, where its own paths say alone which of them stand here (`/teams/{id}/members/{user_id}`). */
  readonly joins: Resource | null;
  /** The member of what it is nested under that says which thing of another resource it is: `author_id` for `/books/{id}/author`. */
  readonly through: Reference | null;
  /** The values that a member of its things can have alone, in the order of the document; none where it says none. */
  listed(member: readonly string[]): readonly unknown[];
  /** Whether a `format` says of the texts of a member that they write out numbers. */
  writesNumbers(member: readonly string[]): boolean;
  /** What may be done with it, and how. An operation has at most one role. */
  readonly roles: readonly Role[];
  /** Why it is taken for one resource, and for this key: sentences for `counterproof resources`. */
  readonly why: readonly string[];
}

/** A list of a row in whose items so many of another thing are, that each names: `items` with `product_id` and `quantity`. */
export interface Line {
  readonly member: string;
  /** The member of an item that names the thing. */
  readonly key: string;
  readonly resource: Resource;
}

export interface ScopeParameter {
  readonly parameter: string;
  /** null: of no known resource. */
  readonly resource: Resource | null;
  /** The member of the row that repeats it (`ownerId` in a pet), or null. */
  readonly member: readonly string[] | null;
}

/** What in a request names a thing: a parameter of its path, or what a call is sent; `resource`: null where none is known. */
export interface Named extends Pick<ScopeParameter, 'parameter' | 'resource'> {
  /** Absent: its path. */
  readonly naming?: Naming;
}

export interface Reference {
  readonly member: readonly string[];
  readonly resource: Resource;
  /** Whether the member is a list of keys (`tagIds`). */
  readonly isList: boolean;
}

/** Things of another resource that a row shows, or names: JSON:API's `relationships`, or `labels` of an issue. */
export interface Relation {
  readonly name: string;
  /** Where they stand in the row. */
  readonly member: readonly string[];
  readonly isList: boolean;
  /** Where the key stands in each; `[]`: it is the key. */
  readonly inside: readonly string[];
  readonly resource: Resource;
}

/** A member of a row that says how many things of another resource stand under it, or name it. */
export interface Counted {
  /** Where the number stands in the row. */
  readonly member: readonly string[];
  readonly resource: Resource;
  /** What those are alone that it counts, the value as a text; null: it counts all. */
  readonly only: { readonly member: readonly string[]; readonly value: string } | null;
  /** The member by which those name the row that it counts; null: they stand under it. */
  readonly by: readonly string[] | null;
  /** What shows those that it counts, where they are of the row's own kind. */
  readonly kin?: Kin | undefined;
  /** What stands between, where they stand under what stands under the row: the cards of the columns of a board. */
  readonly through?: { readonly resource: Resource; readonly by: readonly string[] | null } | undefined;
}

/** Things that a row shows in a list, and that a path below that of the row lists: `comments` of a post, and `/posts/{id}/comments`. */
export interface Embedded {
  /** Where the list stands in the row. */
  readonly member: readonly string[];
  /** Where in each of its items the thing stands. */
  readonly inside: readonly string[];
  /** Whether its items are the keys of the things. */
  readonly isOfKeys: boolean;
  readonly list: ListRole;
}

/** An operation that shows, or changes, which things a row is related to (JSON:API 1.1, 9.4): `POST /articles/{id}/relationships/tags`. */
export interface RelationRole extends RoleOf {
  readonly kind: 'relation';
  readonly relation: Relation;
  readonly change: 'read' | 'add' | 'replace' | 'remove';
  /** Where what it names stands in the body. */
  readonly body: ItemRole['body'];
}

/** Where several rows stand in the body that they are sent in, and where each in its item. */
export interface ManyBody {
  readonly mediaType: string;
  readonly path: readonly string[];
  readonly inside: readonly string[];
}

/** An operation that makes several rows at once: an array, or `{ "items": […] }`, posted to a collection. */
export interface ManyRole extends RoleOf {
  readonly kind: 'create-many';
  readonly many: ManyBody;
}

/** Which rows a body changes, and how. */
export interface ManyChanges {
  readonly mediaType: string;
  /** Where the list of their keys stands; null: each of those that are sent says its own, or the query says which. */
  readonly keys: readonly string[] | null;
  /** Whether the query says which, by filters of a list: `PATCH /todos?done=eq.false`. */
  readonly isDescribed: boolean;
  /** Where what all of them are to be stands, or the list of what each is to be. */
  readonly path: readonly string[];
  /** What is done with them, as an action is called; null: they are changed as is sent. */
  readonly verb: string | null;
}

/** An operation that changes several rows at once: `{ "ids": [1, 2], "ticket": { "status": "solved" } }`, `/messages/mark_all_read`. */
export interface ChangesRole extends RoleOf {
  readonly kind: 'change-many';
  readonly changes: ManyChanges;
}

export type SeveralRole = ManyRole | ChangesRole;

/** What an operation does with a resource. */
export type Role = ListRole | ItemRole;

interface RoleOf {
  readonly entry: OperationEntry;
  /** The path of the operation, with what stands for several segments spelled out. */
  readonly path: string;
  readonly resource: Resource;
  /** The path parameter of this operation that names the row: its key, where it has one. null on a collection and a singleton. */
  readonly keyParameter: string | null;
  /** The other path parameters: those of the resource's own paths, or of an operation that stands elsewhere (`/users/{userId}/posts`). */
  readonly scope: readonly ScopeParameter[];
  /** The key of `responses` and the media type whose answer shows rows, and where in it they stand; null: no row is shown. */
  readonly answer: AnswerPlace | null;
}

export interface AnswerPlace {
  /** `200`, `2XX`, `default`. */
  readonly response: string;
  readonly mediaType: string;
  /** Where the list or the row stands in the body: `[]`, `['data']`, `['result', 'items']`. */
  readonly path: readonly string[];
  /** Where in each item of the list its row stands: `['node']` in the edges of a connection; `[]`: items are rows. */
  readonly inside: readonly string[];
  /** Whether the list is an object that has its rows by their keys, and no array. */
  readonly isKeyed: boolean;
  /** Whether one row is shown as a list of it alone (`{ "Invoices": [{…}] }` of `/Invoices/{id}`). */
  readonly isInList?: boolean;
}

/**
 * What in a request says which row is meant: a parameter, or a member of its body; by `equals` of a row, where not by its key.
 * `beside`: what has to hold of it besides, a parameter and the member that equals it.
 */
export interface Naming {
  readonly in: 'query' | 'body' | 'path';
  readonly member: readonly string[];
  readonly equals?: string;
  readonly beside?: readonly (readonly [parameter: string, member: string])[];
}

/** `GET` of a collection, and its variants (`P/search`, `/pet/findByStatus`). */
export interface ListRole extends RoleOf {
  readonly kind: 'list';
  readonly query: readonly QueryRole[];
  /** The same of members of its body (`POST /pets/search`, `QUERY /pets`), or of a parameter that is the whole query. */
  readonly sent: readonly QueryRole[];
  readonly envelope: readonly EnvelopeRole[];
  /** Which rows alone its answer has the number of, in the place of a list; null: all. Absent where it lists them. */
  readonly counts?: Counted['only'] | undefined;
}

/**
 * create: POST on the collection. upsert: PUT on an item that need not exist. replace: PUT. merge: PATCH by RFC 7396 (or
 * JSON of no known kind), patch: PATCH by RFC 6902. delete. delete-many: on the collection, or by a list of keys.
 * action: POST (or PUT) below an item that answers with the row (`/orders/{id}/cancel`). exists: HEAD. Where a path says by a verb what is
 * done (`POST /users.create`), that says it, whatever the method.
 * What names one thing and has no `keyParameter` (`PUT /pet`) names it by the key in the body.
 */
export interface ItemRole extends RoleOf {
  readonly kind:
    | 'create'
    | 'upsert'
    | 'read'
    | 'replace'
    | 'merge'
    | 'patch'
    | 'delete'
    | 'delete-many'
    | 'action'
    | 'exists';
  /** Where the row stands in the request's body (`[]`, `['pet']`); null without one. */
  readonly body: {
    readonly mediaType: string;
    readonly path: readonly string[];
    /** Whether it is one of a list that stands there, inside of whose items it stands. */
    readonly isInList?: boolean;
    readonly inside?: readonly string[];
  } | null;
  /** Where a call is told which row is meant; null: the path names the row, or the key in the body. */
  readonly naming: Naming | null;
  /** What is done, where the end of the path does not say it. */
  readonly verb?: string;
  /** What is done with one of the things in a list of the row; null: it is the row itself that something is done with. */
  readonly part?: Part | null;
  /** Whether it is about the one that asks (`/users/me`): the first that there is. */
  readonly isSelf?: boolean;
}

/** One of the things, or of the values, that a row shows in a list, and that no list of its own shows. */
export interface Part {
  readonly member: string;
  readonly change: 'read' | 'add' | 'merge' | 'replace' | 'remove';
  /** The path parameter that names the thing, or is the value; null where a thing is added, or the body has the values. */
  readonly parameter: string | null;
  /** The member of a thing that equals the parameter; null where a thing is added, and of values. */
  readonly key: string | null;
  /** Where the values stand in the body, of a list of texts or of keys (`tags`); null where it has none. */
  readonly values: readonly string[] | null;
  /** Whether the answer shows the thing by itself, or all values, and not the row. */
  readonly isShown: boolean;
}

/**
 * What an operation is about that is in none of a resource's roles: which others a row is related to; several rows at once; how many there
 * are (`/pets/count`), as a list whose answer has their number in its place; what is done with the one that asks (`/users/me`), or says
 * who that is (`POST /users/login`), with something that a row lists, or what another path calls otherwise.
 */
export type Beside =
  | { readonly as: 'relation'; readonly role: RelationRole }
  | { readonly as: 'many'; readonly role: ManyRole }
  | { readonly as: 'changes'; readonly role: ChangesRole }
  | { readonly as: 'count'; readonly role: ListRole }
  | { readonly as: 'self' | 'called' | 'part'; readonly role: ItemRole };

/** What was found in a document. */
export interface Resources {
  readonly all: readonly Resource[];
  /** By operation id; undefined where the operation is about no resource. */
  roleOf(operationId: string): Role | undefined;
  /** The same for what is in none of a resource's roles. */
  besideOf(operationId: string): Beside | undefined;
  readonly besides: readonly Beside[];
  /** By the name of the resource. */
  find(name: string): Resource | undefined;
  /** What each path parameter of an operation names, in the order of its path, also where the operation has no role; last what a call names. */
  named(entry: OperationEntry): readonly Named[];
  /** Members of a JSON body that name a thing of a resource, with their paths from its root: one through a list means each of its items. */
  sent(entry: OperationEntry): readonly Reference[];
  /** The same, piece by piece: where schemas know each other much is to be looked through. It is known from then on. */
  sending(entry: OperationEntry): Work<readonly Reference[]>;
  /** Operations that are about no resource, each with the reason as a sentence. */
  readonly unplaced: readonly { readonly entry: OperationEntry; readonly reason: string }[];
}
