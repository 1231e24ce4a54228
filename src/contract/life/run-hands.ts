import type { Operation, OperationEntry } from '../../operation/index.js';
import { type Beside, type ItemRole, type Resource, type Role, withSent } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { stepRequest } from '../derive/step-request.js';
import { systemClock } from '../run/clock.js';
import type { RunState } from '../run/state.js';
import type { Thing } from '../things/harvest.js';
import { make } from '../things/make.js';
import { keysOf } from '../things/membership.js';
import type { Queried } from '../things/queried.js';
import { leadsTo } from '../things/ready.js';
import { sentBody } from '../things/sent-body.js';
import { holdsFor, noteStep, referringBody, sendStep } from '../things/step.js';
import type { Exchange } from '../types.js';
import type { Asked, Hands, Made, Outcome } from './hands.js';
import { sentRow } from './members.js';
import type { LifeCheckId } from './table.js';
import { startOf } from './walk.js';

type Values = Readonly<Record<string, Json>>;

/** How long is waited before something is looked at again, in milliseconds, at most. */
const longestPause = 500;

/** How long is waited before each further look where nobody has said how long, in milliseconds. */
const pausesUnasked = [150, 450, 1_400];
/** So often a run waits for time to pass. */
const mostPauses = 12;

/** After so many waits in vain the target is wrong, and not late. */
const mostWaitsInVain = 3;

/** The requests of one resource's sequences, in a run. */
export class RunHands implements Hands {
  readonly #state: RunState;
  readonly #resource: Pick<Resource, 'name'>;
  readonly #isSpent: () => boolean;
  readonly #wanted: ReadonlySet<string>;

  /** @param isSpent whether nothing more may be sent for sequences */
  constructor(state: RunState, resource: Pick<Resource, 'name'>, isSpent: () => boolean) {
    this.#state = state;
    this.#isSpent = isSpent;
    this.#resource = resource;
    this.#wanted = new Set(state.lifeChecks.map(({ id }) => id));
  }

  get isPatient(): boolean {
    return (this.#state.options.settle ?? 0) > 0;
  }

  get target(): string {
    return this.#state.options.target;
  }

  get hasSecondUser(): boolean {
    return this.#state.options.secondUser !== undefined;
  }

  isWanted(check: LifeCheckId): boolean {
    return this.#wanted.has(check);
  }

  async pause(milliseconds: number): Promise<boolean> {
    const state = this.#state;
    const { clock = systemClock, signal, budget } = state.options;
    if (budget !== undefined || state.pauses >= mostPauses || state.stopReason !== null) return false;
    state.pauses += 1;
    await clock.pause(milliseconds, signal);
    return true;
  }

  /** Whether the operation is one that the run was asked for. */
  isAsked({ id }: OperationEntry): boolean {
    return this.#state.tallyOf(id) !== undefined;
  }

  operation(entry: OperationEntry): Operation {
    return this.#state.options.operations.compile(entry);
  }

  async send({ title, mayBeMissing, mayBeRefused, ...asked }: Asked): Promise<Exchange | null> {
    if (!this.isAsked(asked.entry) || this.#isSpent()) return null;
    const isOpen = mayBeMissing || mayBeRefused || asked.as !== undefined;
    const name = `${this.#resource.name}: ${title}`;
    const role = this.#state.things.resources.roleOf(asked.entry.id);
    const list = role?.kind === 'list' ? withSent(role) : null;
    const query = list && { ...startOf(this.operation(asked.entry), list), ...asked.query };
    const step = { ...asked, ...(query && { query }), name, title };
    const sent = await sendStep(this.#state, { ...step, expectation: isOpen ? 'survived' : 'accepted' });
    return sent?.exchange ?? null;
  }

  async make(resource: Resource, name: string, scope?: Values, isFull = false): Promise<Made | string> {
    if (this.#isSpent()) return 'the budget was spent';
    const made = await make(this.#state, resource, { name, isFull, isJudged: true, ...(scope && { scope }) });
    if (typeof made === 'string') return made;
    const { exchange, body } = made.sent;
    const role = this.#state.things.resources.roleOf(exchange.operation.id);
    return { thing: made.thing, exchange, sent: role ? sentRow(role, body) : null };
  }

  async fresh(role: Pick<Role, 'entry' | 'resource' | 'keyParameter' | 'scope'>, beside: Thing): Promise<Json | null> {
    const { operations, seed = 1, fixtures, values } = this.#state.options;
    const derivation = { seed, ...(fixtures && { fixtures }), ...(values && { values }) };
    const attempts = this.#state.things.attemptsOf(role.resource);
    const wanted = { path: this.pathTo(role, beside), bodiesBefore: attempts.names++, isFull: true };
    const body = stepRequest(this.operation(role.entry), operations, derivation, wanted)?.body ?? null;
    return referringBody(this.#state, { entry: role.entry, path: wanted.path }, body);
  }

  madeBy(exchange: Exchange, role: Role): Made | null {
    const thing = this.#state.things
      .toldBy(exchange)
      .find((told) => told.resource === role.resource && told.origin === 'made');
    if (thing === undefined) return null;
    const body = sentBody(exchange.operation, exchange.request)?.value;
    return { thing, exchange, sent: sentRow(role, body) };
  }

  renamed(thing: Thing, key: Json): Thing {
    this.forgotten(thing);
    return this.claimed({ ...thing, key });
  }

  claimed(thing: Thing): Thing {
    return this.#state.things.claim(thing);
  }

  forgotten(thing: Thing): void {
    this.#state.things.forget(this.#state.things.lost.end(thing));
  }

  mayRemoveMany(resource: Resource): boolean {
    const { things, options } = this.#state;
    const isForeign = things.known(resource).some(({ origin }) => origin !== 'made');
    return options.allowDeletes === true || (things.isListed(resource) && !isForeign);
  }

  beside(resource: Resource): readonly Beside[] {
    return this.#state.things.resources.besides.filter(({ role }) => role.resource === resource);
  }

  below({ item }: Resource): readonly OperationEntry[] {
    const isBelow = ({ path }: OperationEntry) =>
      path.startsWith(`${item}/`) && /^[^/{}]+$/.test(path.slice(`${item}/`.length));
    return item === null ? [] : this.#state.options.operations.entries.filter(isBelow);
  }

  keysOf(resource: Resource): Resource | null {
    return keysOf(this.#state.things.resources, resource);
  }

  queried({ entry }: Pick<Role, 'entry'>): readonly Queried[] {
    return this.#state.things.queried(entry);
  }

  isKnown(resource: Resource, key: Json): boolean {
    return this.#state.things.known(resource).some((thing) => scalarText(thing.key) === scalarText(key));
  }

  hasEnded(thing: Pick<Thing, 'resource' | 'scope' | 'key'>): boolean {
    return this.#state.things.lost.hasEnded(thing);
  }

  leadsTo(entry: OperationEntry): readonly ItemRole[] {
    return leadsTo(this.#state.things, entry);
  }

  get singletons(): readonly Resource[] {
    return this.#state.things.resources.all.filter(({ isSingleton, scope }) => isSingleton && scope.length === 0);
  }

  pathTo({ entry, keyParameter, scope }: Pick<Role, 'entry' | 'keyParameter' | 'scope'>, thing: Thing): Values {
    const isCalled = this.#state.things.resources.named(entry).at(-1)?.naming !== undefined;
    if (keyParameter !== null || isCalled) return this.#state.things.pathTo(entry, thing);
    const above = thing.resource.scope.map(({ parameter }) => thing.scope[parameter]);
    const values = scope.flatMap(({ parameter }, index) => {
      const value = thing.scope[parameter] ?? above[index] ?? thing.under[parameter];
      return value === undefined ? [] : [[parameter, value] as const];
    });
    const { things } = this.#state;
    return { ...things.whole(entry, Object.fromEntries(values)), ...things.queriedFor(entry, thing) };
  }

  pathOf({ request }: Exchange): Values {
    return this.#state.things.pathValues(request) ?? {};
  }

  async hold(check: LifeCheckId, look: () => Promise<Outcome | null>): Promise<boolean | null> {
    const state = this.#state;
    if (!this.isWanted(check) || state.stopReason !== null || this.#isSpent()) return null;
    const { settle = 0 } = state.options;
    const first = await look();
    if (first === null) return null;
    const last = isBroken(first) ? await this.#lookAgain(check, first, look) : first;
    const hasSettled = isBroken(first) && !isBroken(last);
    const { exchange, said } = hasSettled && settle === 0 ? first : last;
    if (said === null) {
      holdsFor(state, exchange, check);
      return true;
    }
    const severity = hasSettled ? 'information' : (said.severity ?? 'violation');
    const hint = hasSettled ? ' (but not a little later: does the target need its time? --settle 5s)' : '';
    const pointer = said.pointer ?? exchange.operation.pointer;
    const concern = state.lifeChecks.find(({ id }) => id === check)?.concern ?? 'data';
    noteStep(state, exchange, { concern, ...said, check, severity, pointer, message: `${said.message}${hint}` });
    return severity !== 'violation';
  }

  /** What is broken is looked at once more, and then for as long as the target may need its time. */
  async #lookAgain(check: LifeCheckId, first: Outcome, look: () => Promise<Outcome | null>): Promise<Outcome> {
    const state = this.#state;
    const { settle = 0, clock = systemClock, signal, repeats = 1, budget } = state.options;
    const until = clock.now() + settle;
    let last = first;
    let mayChange = false;
    for (let attempt = 0; isBroken(last) && (attempt < repeats || clock.now() < until); attempt++) {
      if (state.stopReason !== null) return last;
      if (settle > 0) await clock.pause(Math.min(settle / 8, longestPause), signal);
      const again = await look();
      // What was judged without a further request does not change; what nothing can be told of by now may be told of later.
      mayChange ||= again?.exchange !== first.exchange;
      last = again ?? last;
    }
    const mayBeLate = settle === 0 && budget === undefined && mayChange;
    // What is wrong in one thing may still be late in another.
    const isKnown = state.waitsInVain.length >= mostWaitsInVain && state.waitsInVain.includes(check);
    if (!mayBeLate || !isBroken(last) || isKnown) return last;
    for (const pause of pausesUnasked) {
      if (state.stopReason !== null) return last;
      await clock.pause(pause, signal);
      last = (await look()) ?? last;
      if (!isBroken(last)) return last;
    }
    state.waitsInVain.push(check);
    return last;
  }
}

function isBroken({ said }: Outcome): boolean {
  return said !== null && (said.severity ?? 'violation') === 'violation';
}
