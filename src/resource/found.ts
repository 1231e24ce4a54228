import type { OperationEntry } from '../operation/index.js';
import { saysNumber } from '../text/plain-number.js';
import type { RowsPlace } from './answer.js';
import { type Below, countsIn } from './counted.js';
import { embeddedOf, type ListBelow } from './embedded.js';
import { envelopeOf } from './envelope.js';
import { kinIn } from './kin.js';
import { lineOf, linesOf } from './lines.js';
import type { Outline } from './outline.js';
import { parametersOf, type Step } from './path.js';
import { queryRolesOf } from './query.js';
import type { Referable, References } from './references.js';
import { isKeyBeside } from './row.js';
import type { RowsOf } from './rows-of.js';
import { type Known, scopeOf } from './scope.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import { spokenOf } from './spoken.js';
import { throughOf } from './through.js';
import type { AnswerPlace, ItemRole, Key, ListRole, Naming, Part, Resource, Role, ScopeParameter } from './types.js';

/** A resource while it is found: what others refer to is filled in step by step, the rest is worked out when it is asked for. */
export class FoundResource implements Resource {
  name = '';
  parent: Resource | null = null;
  scope: readonly ScopeParameter[] = [];
  readonly roles: Role[] = [];
  /** What stands directly under it. */
  readonly below: FoundResource[] = [];
  readonly collection: string | null;
  readonly item: string | null;
  readonly isSingleton: boolean;
  readonly key: Key | null;
  readonly why: readonly string[];
  readonly row: Shape;
  readonly #noun: string;
  /** Lists whose paths are below that of one of its things, filled in as they are found. */
  readonly listsBelow: ListBelow[] = [];
  listsNaming: () => readonly ListBelow[] = () => [];
  joins: Resource | null = null;
  /** What its own list is below of. */
  above: FoundResource | null = null;
  readonly #all: References;
  #embedded: Resource['embedded'] | undefined;
  #references: Resource['references'] | undefined;
  #relations: Resource['relations'] | undefined;
  #counts: Resource['counts'] | undefined;
  #spoken: Resource['spoken'] | undefined;
  #kin: Resource['kin'] | undefined;
  #through: Resource['through'] | undefined;

  /** @param why what is to be said besides of the site itself */
  constructor(site: Site, all: References, why: readonly string[]) {
    this.collection = site.collectionPath;
    this.item = site.item?.path ?? null;
    this.isSingleton = site.isSingleton;
    this.key = site.key;
    this.row = site.row;
    this.#noun = site.noun;
    this.why = [...site.why, ...why];
    this.#all = all;
  }

  get schema(): string {
    return this.row.core.pointer;
  }

  listed(member: readonly string[]): readonly unknown[] {
    const values = this.row.at(member)?.keyword('enum');
    return Array.isArray(values) ? values : [];
  }

  writesNumbers(member: readonly string[]): boolean {
    return saysNumber(this.row.at(member)?.keyword('format'));
  }

  get references(): Resource['references'] {
    this.#references ??= this.#all
      .of(this.row, this.key?.member ?? [], this.asReferable)
      .filter(({ member: [name = ''] }) => !isKeyBeside(this, name));
    return this.#references;
  }

  /** As others name it; undefined for one thing that stands alone. */
  get asReferable(): Referable | undefined {
    return this.isSingleton ? undefined : { resource: this, noun: this.#noun, row: this.row };
  }

  get relations(): Resource['relations'] {
    this.#relations ??= this.#all.relationsOf(this.row);
    return this.#relations;
  }

  get spoken(): Resource['spoken'] {
    this.#spoken ??= spokenOf(this, this.#all);
    return this.#spoken;
  }

  get lines(): Resource['lines'] {
    return linesOf(this.row, this.#all);
  }

  get line(): Resource['line'] {
    return this.above === null
      ? null
      : lineOf(
          this.row,
          this.references.filter((one) => one.resource !== this.above),
        );
  }

  get counts(): Resource['counts'] {
    this.#counts ??= countsIn(this.row, this.#countable, this);
    return this.#counts;
  }

  /** What stands under its rows, or names them. */
  get #countable(): readonly Below[] {
    const further = (resource: Resource) => () => (resource instanceof FoundResource ? resource.#countable : []);
    return [
      // What there is one of, and is called so, says how many there are of all things.
      ...(this.isSingleton && /stat|count|summary|overview|dashboard/i.test(this.#noun) ? this.#all.all : [])
        .filter(({ resource }) => resource.key !== null && resource.scope.length === 0)
        .map(({ resource, row }) => ({ resource, row, by: null })),
      ...this.below.map((resource) => ({ resource, row: resource.row, by: null, further: further(resource) })),
      ...Array.from(this.key === null ? [] : this.#all.naming(this), ([{ resource, row }, { member }]) => ({
        ...{ resource, row, by: member, further: further(resource) },
        // What names another one of its kind is below that one.
        called: resource === this ? ['children', 'child', 'replies'] : [],
      })),
      ...this.kin.map((kin) => ({ resource: this, row: this.row, by: null, kin })),
    ];
  }

  get kin(): Resource['kin'] {
    this.#kin ??= kinIn(this, this.roles);
    return this.#kin;
  }

  get through(): Resource['through'] {
    if (this.#through === undefined) this.#through = throughOf(this);
    return this.#through;
  }

  get embedded(): Resource['embedded'] {
    this.#embedded ??= embeddedOf(this.row, this.#noun, [...this.listsBelow, ...this.listsNaming()]);
    return this.#embedded;
  }

  get embeddedIn(): Resource['embeddedIn'] {
    const embedded = this.above?.embedded.find(({ list }) => list.resource === this);
    return this.above && embedded ? { resource: this.above, embedded } : null;
  }
}

/** What every role has. */
export class FoundRole {
  readonly entry: OperationEntry;
  readonly path: string;
  readonly resource: FoundResource;
  readonly keyParameter: string | null;
  readonly #steps: readonly Step[];
  readonly #known: Known;
  #scope: readonly ScopeParameter[] | undefined;

  /** @param steps those of the path before the key */
  constructor(outline: Outline, resource: FoundResource, path: RolePath, known: Known) {
    this.entry = outline.entry;
    this.path = outline.path;
    this.resource = resource;
    this.keyParameter = path.keyParameter;
    this.#steps = path.steps;
    this.#known = known;
    const isOwn = this.path === resource.collection || this.path === resource.item;
    // The paths of a collection and of its items may call what they stand under by different names.
    const isNamedAlike = resource.scope.every(({ parameter }, index) => parametersOf(path.steps)[index] === parameter);
    if (isOwn && isNamedAlike) this.#scope = resource.scope;
  }

  get scope(): readonly ScopeParameter[] {
    this.#scope ??= scopeOf(this.#steps, this.resource.row, this.#known, this.resource);
    return this.#scope;
  }
}

/** The path of an operation as its role has it. */
export interface RolePath {
  readonly keyParameter: string | null;
  /** Without the key. */
  readonly steps: readonly Step[];
}

export class FoundList extends FoundRole implements ListRole {
  readonly kind = 'list';
  counts: ListRole['counts'];
  readonly answer: AnswerPlace | null;
  readonly #outline: Outline;
  #query: ListRole['query'] | undefined;
  #sent: ListRole['query'] | undefined;
  #envelope: ListRole['envelope'] | undefined;

  constructor(outline: Outline, resource: FoundResource, path: RolePath, known: Known, rows: RowsPlace) {
    super(outline, resource, path, known);
    this.#outline = outline;
    const { answer } = outline;
    const { path: at, inside, isKeyed } = rows;
    this.answer = answer && { response: answer.response, mediaType: answer.mediaType, path: at, inside, isKeyed };
  }

  get query(): ListRole['query'] {
    this.#query ??= queryRolesOf(this.#outline.query, this.resource.row, this.resource);
    return this.#query;
  }

  get sent(): ListRole['sent'] {
    this.#sent ??= queryRolesOf(this.#outline.sent, this.resource.row, this.resource);
    return this.#sent;
  }

  get envelope(): ListRole['envelope'] {
    const { answer, headers } = this.#outline;
    const asked = [...this.query, ...this.sent];
    this.#envelope ??= answer
      ? envelopeOf(answer.shape, this.answer?.path ?? [], headers, asked, this.#outline.query)
      : [];
    return this.#envelope;
  }
}

/** What an operation does with one row. */
interface FoundRows {
  readonly kind: ItemRole['kind'];
  readonly rows: RowsOf;
  readonly naming?: Naming | null;
  readonly part?: Part | null;
  readonly isSelf?: boolean;
}

export class FoundItemRole extends FoundRole implements ItemRole {
  readonly kind: ItemRole['kind'];
  readonly naming: ItemRole['naming'];
  readonly part: Part | null;
  readonly isSelf: boolean;
  readonly #rows: RowsOf;

  constructor(
    outline: Outline,
    resource: FoundResource,
    path: RolePath,
    known: Known,
    { kind, rows, naming, part = null, isSelf = false }: FoundRows,
  ) {
    super(outline, resource, path, known);
    this.kind = kind;
    this.naming = naming ?? null;
    this.part = part;
    this.isSelf = isSelf;
    this.#rows = rows;
  }

  get answer(): ItemRole['answer'] {
    return this.#rows.answer;
  }

  /** Whether it takes anything of a row but its key. */
  get sendsRow(): boolean {
    return this.#rows.saysRow;
  }

  get body(): ItemRole['body'] {
    return this.#rows.body;
  }
}
