import { type Content, headerOf, type Operation, pathOf } from '../operation/index.js';
import type { ItemRole, ListRole, RelationRole, Resource, SeveralRole } from '../resource/index.js';
import type { Schema } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { Asker } from './asker.js';
import { atHome } from './at-home.js';
import { After, BaseWorld, type Now } from './base.js';
import { Bodies } from './body.js';
import { type Calling, callOf } from './calling.js';
import { Counts } from './counts.js';
import { withEffects } from './effects.js';
import { EmbeddedLists } from './embedded.js';
import { showsMisfit, type WorldAnswer, type WorldRequest, withSpelling } from './exchange.js';
import { Expanded, expandsIn } from './expanded.js';
import { type Ground, isOnlyShown, type Scope, scopeFor } from './ground.js';
import { Joined } from './joined.js';
import { keptBy } from './kept-by.js';
import type { Change } from './kept-row.js';
import { Kindred } from './kindred.js';
import { binOf } from './list/bin.js';
import { withDefaults, withoutIdle } from './list/defaults.js';
import { distinctRows } from './list/distinct.js';
import { envelopeOf } from './list/envelope.js';
import { type Asked, matchingRows } from './list/matching.js';
import { overTime } from './list/over-time.js';
import { mostItems, type Page, pageOf, rangeIn, takesRange } from './list/page.js';
import { sentBy, withSent } from './list/sent.js';
import { showingOf } from './list/shown.js';
import { locationsOf, originOf, placeAt } from './location.js';
import type { MadeRows } from './made-rows.js';
import { withMirrored } from './mirrored.js';
import { missingNamed, missingParent } from './missing-parent.js';
import { Related } from './related.js';
import { asItIs, type Row } from './row.js';
import { Rows } from './rows.js';
import { heardAround, placeOf, scopesAsked } from './scopes.js';
import { type Shown, settled } from './settled.js';
import { Told } from './told.js';
import type { Call, ItemOutcome } from './write/call.js';
import { isOfSeveral, performMany } from './write/change-many.js';
import { withEmbedded } from './write/embed.js';
import { perform, performRelation } from './write/item.js';
import { insideOf } from './write/part.js';
import { related } from './write/relate.js';
import { tagOf } from './write/tag.js';

const nothing: readonly never[] = [];

/** The rows of a document's resources: those that follow from document and seed, and what happened to them. */
export class World {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  /** What was made of them. */
  readonly made: MadeRows;
  /** The same rows, for whoever changes them by hand. */
  readonly rows: Rows;
  readonly #bodies: Bodies;
  readonly #related: Related;
  readonly #joined: Joined;
  readonly #asker: Asker;
  readonly #kindred: Kindred;
  readonly #embedded: EmbeddedLists;
  readonly #counts: Counts;
  /** What rows say of what stands under them, how much that is, and what they name. */
  readonly #showings: readonly Pick<Counts, 'of'>[];

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#base = new BaseWorld(ground);
    this.made = this.#base.made;
    this.rows = new Rows(ground, this.#base);
    this.#bodies = new Bodies(ground);
    this.#related = new Related(ground, this.#base);
    this.#asker = new Asker(ground, this.#base, this.#related);
    this.#kindred = new Kindred(ground, this.#base, this.#asker);
    this.#joined = new Joined(ground, this.#base, this.#related, this.#kindred);
    this.#embedded = new EmbeddedLists(ground, this.#base, this.#related);
    this.#counts = new Counts(ground, this.#base, this.#kindred);
    const told = new Told(ground, this.#base, this.#counts);
    this.#showings = [this.#embedded, this.#counts, told, this.#kindred, new Expanded(ground, this.#related)];
  }

  get resourceNames(): readonly string[] {
    return this.#ground.resources.all.map(({ name }) => name);
  }

  /** What a request is answered with, and changes; null where it is about no resource. Pure. */
  answer(whole: WorldRequest): WorldAnswer | null {
    const ground = this.#ground;
    const { resources, operations } = ground;
    const asked = withSpelling(whole, operations);
    const beside = resources.besideOf(asked.operation.id);
    const role = resources.roleOf(asked.operation.id) ?? beside?.role;
    if (role === undefined || isOnlyShown(role.resource, ground)) return missingNamed(asked, ground, this.#base);
    const { resource } = role;
    const placed = placeOf(role, asked.values);
    if (placed === null) return null;
    const around = this.#related.around(role, placed.around, asked.values.path, asked);
    const orphan = asked.overlooksParents ? null : missingParent(role, asked, this.#ground, this.#base);
    if (orphan !== null) return orphan;
    const { values, seed } = asked;
    const known = this.#asker.placed(role, placed.scope, { state: asked.state, seed });
    const from = scopesAsked(role, known, { ground, base: this.#base, state: asked.state, seed }).map(
      ({ scope, isOnlyAdded }) => {
        const base = this.#base.now(resource, scope, { state: asked.state, seed });
        return { scope, base, state: asked.state.collection(base.name), isOnlyAdded };
      },
    );
    const [first] = from;
    if (first === undefined) return null;
    const { base, state, scope } = first;
    const now = { state: asked.state, seed, expand: expandsIn(values.query, resource) };
    const showing = this.#showing(resource, scope, now);
    const at = { ground, related: this.#related, asker: this.#asker, base, state, scope, around, now, showing };
    const call = callOf(role, asked, at);
    if (role.kind === 'list') return this.#list(role, call, from, asked, showing === null);
    if (isOfSeveral(role)) return this.#many(role, call);
    const outcome = this.#performed(role, call, first.scope, asked);
    if (outcome?.kind !== 'done') return outcome ?? { kind: 'skipped' };
    if (
      (resource.isSingleton || resource.key === null) &&
      outcome.changes.length === 0 &&
      state === undefined &&
      showsMisfit(role, asked)
    )
      return null;
    const { row: own, key, changes, isCreated } = outcome;
    const row = own && this.#after(own, changes, resource, at);
    const tag = outcome.tag === null || row === null ? null : tagOf(row);
    const headers = [
      ...(tag === null ? [] : [{ name: 'ETag', values: [tag] }]),
      ...(isCreated ? [{ name: 'Location', values: locationsOf(role, asked, row?.value ?? null, key) }] : []),
    ];
    return {
      kind: 'shown',
      at: row && placeAt(role, values.path, row.value, key),
      changes,
      isCreated,
      isOfState: state !== undefined || changes.length > 0,
      headers,
      body: (content, schema) => {
        if (role.kind === 'relation' || role.part?.isShown)
          return row && this.#bodies.alone(insideOf(role, row.value, asked), content, schema, seed);
        const included = this.#related.beside(resource, scope, row === null ? [] : [row], content, asked);
        return this.#bodies.item(role, row, content, schema, seed, base.name, included);
      },
    };
  }

  /** A row as it is shown after what a request has changed. */
  #after(own: Row, changes: readonly Change[], resource: Resource, { scope, now, showing }: Calling): Row {
    const isSame = changes.length === 0;
    const shown = isSame ? showing : this.#showing(resource, scope, new After(now, changes));
    return shown?.(own) ?? own;
  }

  /** How rows of a resource are shown: with what stands under each now, and how much that is; null: as they stand there. */
  #showing(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const own = resource.joins && scopeFor(resource.joins, resource, scope);
    if (resource.joins && own) {
      const show = this.#showing(resource.joins, own, now) ?? asItIs;
      return (row) => show(this.#related.itself(resource, scope, row, now) ?? row);
    }
    const shows: ((row: Row) => Row)[] = [];
    for (const each of this.#showings) {
      const show = each.of(resource, scope, now);
      if (show !== null) shows.push(show);
    }
    return shows.length === 0 ? null : (row) => shows.reduce((one, show) => show(one), row);
  }

  #many(role: SeveralRole, call: Omit<Call<ItemRole>, 'role'>): WorldAnswer {
    const outcome = performMany(role, call) ?? ({ kind: 'skipped' } as const);
    if (outcome.kind !== 'done') return outcome;
    const rows = outcome.rows.map(call.shown);
    return {
      kind: 'shown',
      changes: outcome.changes,
      isCreated: false,
      isOfState: true,
      headers: [],
      body: (content, schema) => this.#bodies.made(role, rows, content, schema, call.seed),
    };
  }

  #performed(role: ItemRole | RelationRole, call: Call<ItemRole>, scope: Scope, asked: WorldRequest): ItemOutcome {
    const isRelation = role.kind === 'relation';
    if (role.resource.through !== null) {
      const named = this.#related.through(role.resource, scope, asked);
      // A thing that names none is no reason for a status that nobody has declared.
      if (named === null)
        return asked.operation.responses.some(({ key }) => /^(?:404|4XX|default)$/.test(key))
          ? { kind: 'refused', status: 404, detail: `${pathOf(asked.request.target)} names none` }
          : null;
      const row = this.#showing(named.resource, named.scope, asked)?.(named.row) ?? named.row;
      return { kind: 'done', row, changes: [], isCreated: false, tag: null };
    }
    const own = call.role;
    const source = own.kind === 'create' ? this.#related.madeOf(own, call.values.path, asked)?.value : undefined;
    const joined = isRelation ? undefined : this.#joined.outcome(own, call, scope, asked);
    if (joined !== undefined) return joined;
    const outcome = isRelation
      ? this.#relate(role, call, scope, asked)
      : perform(source === undefined ? call : { ...call, source });
    if (outcome?.kind !== 'done') return outcome;
    const kept = own.kind === 'delete' ? keptBy(outcome, call, scope, this.#counts, asked) : null;
    if (kept !== null) return kept;
    const embedded = withEmbedded(outcome, call, this.#embedded, scope, asked, isRelation);
    if (embedded?.kind !== 'done') return embedded;
    const told = this.#kindred.told(embedded, own, scope, asked);
    const mirrored = withMirrored(told, call, scope, this.#base, asked);
    return withEffects(mirrored, call, scope, this.#base, asked);
  }

  #relate(role: RelationRole, call: Call<ItemRole>, scope: Scope, { state, seed }: WorldRequest): ItemOutcome {
    const rowOf = (key: string) =>
      this.#related.named(role.relation, { resource: role.resource, scope }, key, { state, seed });
    return performRelation(role, call, (row) =>
      related(role, row, call.values.body as Json | undefined, rowOf, this.#ground),
    );
  }

  /** An answer that is not of the world, with what follows from the rest of it and of the request. */
  settled(operation: Operation, shown: Shown, value: Json, schema: Schema | null): Json {
    return settled(this.#ground.resources, operation, shown, value, schema);
  }

  #list(
    declared: ListRole,
    call: Omit<Call<ListRole>, 'role'>,
    from: readonly (Asked['from'][number] & { readonly scope: Scope })[],
    asked: WorldRequest,
    isShownAlone: boolean,
  ): WorldAnswer {
    const role = withSent(declared);
    const { base, operation, request } = call;
    const isCount = declared.counts !== undefined;
    const own = declared.counts ? [{ ...declared.counts, parameter: '' }] : [];
    const around = [...heardAround(role.resource, call.around, base, this.#ground), ...own];
    const sent = sentBy(declared, call.values, withDefaults(operation, call.values.query));
    const query = withoutIdle(role, operation, sent, base);
    const now = { state: asked.state, seed: call.seed };
    const [{ scope = [] } = {}] = from;
    const listed = isCount ? asItIs : showingOf(role, this.#ground, call.seed);
    const home = atHome(role, around, base, this.#ground);
    const showing = (row: Row): Row => call.shown(listed(home(row)));
    const among = this.#related.listed(role, call.values.path, now);
    const bin = binOf(role, from);
    const places =
      bin ??
      (among !== null
        ? null
        : from.length > 1
          ? this.#joined.all(role, now)
          : (this.#joined.listed({ role, scope, around: call.around, now, shown: call.shown }) ??
            overTime(role, base, query, this.#ground)));
    const isClosed = this.#ground.isClosed || places !== null;
    const where = { role, operation, around, from, showing, isShownAlone, among, listed: places, isClosed };
    const matching = (by: typeof query) =>
      distinctRows(matchingRows({ ...where, query: by }), role, this.#ground, call.seed, (row) =>
        call.shown(home(row)),
      );
    const rows = matching(query);
    const range = takesRange(role, operation) ? rangeIn(headerOf(request, 'range')) : null;
    const isOfState = from.some(({ state }) => state !== undefined);
    const shown = { kind: 'shown', changes: nothing, isCreated: false, isOfState } as const;
    if (isCount)
      return { ...shown, headers: [], body: (...at) => this.#bodies.count(role, rows.size, ...at, call.seed) };
    const most = mostItems(role, operation, this.#ground);
    const isAsItIs = call.shown === asItIs && home === asItIs;
    const paged = (found: Page): Page =>
      isAsItIs ? found : { ...found, rows: found.rows.map((row) => call.shown(home(row))) };
    const page = paged(pageOf(role, query, rows, most, range));
    const saying = (of: Page) =>
      envelopeOf(role, query, of, { target: () => request.target, origin: () => originOf(request) });
    const said = saying(page);
    const body = (of: Page, about: typeof said, content: Content, schema: Schema | null) => {
      // Of rows under several things each is shown with what is related to it where it stands.
      const included = this.#related.beside(role.resource, scope, of.rows, content, asked);
      const said = included.length === 0 ? about : [...about, ...included];
      return this.#bodies.list(role, of, said, content, schema, { seed: call.seed, path: call.values.path });
    };
    return {
      kind: 'shown',
      changes: nothing,
      isCreated: false,
      isOfState,
      isPart: range !== null,
      headers: said.flatMap(({ at, values: all }) => ('header' in at ? [{ name: at.header, values: all }] : [])),
      body: (content, schema) => {
        const own = body(page, said, content, schema);
        if (own !== null || page.rows.length > 0) return own;
        // A list that may not be empty shows what there is where nothing is asked for.
        const whole = paged(pageOf(role, {}, matching({}), most));
        const told = { ...whole, total: whole.rows.length };
        return told.total === 0 ? null : body(told, saying(told), content, schema);
      },
    };
  }
}
