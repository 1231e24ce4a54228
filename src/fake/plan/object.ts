import type { JsonSchema } from '../../schema/index.js';
import { typeMetaAt } from '../../schema/kubernetes.js';
import { type Json, setMember } from '../../text/value.js';
import { draw, fakerFor, type Plan } from '../draw.js';
import { outcomeSaid } from '../meaning/outcome.js';
import { plainWord } from '../meaning/phrases.js';
import { Conflict, isConflict } from '../needs/conflict.js';
import { demanded, objectAt } from '../needs/gather.js';
import { Needs } from '../needs/needs.js';
import { insteadOf, pointerTo, type Site } from '../needs/site.js';
import type { Random } from '../random.js';
import { sampleOf } from '../text/pattern.js';
import { labelled } from './labelled.js';
import { contradictionBelow, isHidden, orderOf } from './members.js';
import { isOutcome, saysError } from './outcome.js';
import {
  type Ancestors,
  below,
  type Optionals,
  type Run,
  recurrences,
  type Situation,
  type Spot,
  usualLevels,
} from './run.js';

/** Members that only hold what something is: what stands in them belongs to what they belong to. */
const holders =
  /^(data|items?|results?|values?|records?|rows?|entry|entries|list|nodes?|edges?|attributes|properties)$/i;
/** What propertyNames need not say. */
const anyName: JsonSchema = { type: 'string' };
/** More members than this are not made up for one object. */
const maximumMembers = 10_000;
/** A member that can hold others is worth its place where about so many of them may be there. */
const fewestInside = 4;
/** More required members than this are not looked at where the search would not come to their end. */
const maximumChecked = 1000;

/** Decides which members an object has, and plans each. */
export function planObject(situation: Situation): Plan | Conflict {
  const { needs, facts, spot } = situation;
  const { members } = facts;
  const { declared } = needs;
  if (members.minimum > maximumMembers) {
    return new Conflict(
      members.minimumAt,
      `minProperties ${members.minimum} is more than is made up, ${maximumMembers}`,
    );
  }
  if (facts.required.size > Math.max(maximumChecked, situation.run.budget.steps)) {
    const [requiredAt = ''] = facts.required.values();
    return new Conflict(requiredAt, `${facts.required.size} required members are more than are made up in one search`);
  }
  const object = new PlannedObject(situation);

  // Contradictions between schemas are found before anything is planned in vain.
  const contradiction = contradictionBelow(situation);
  if (contradiction) return contradiction;
  // 1. What has to be there.
  const { required, optional, all } = orderOf(declared, facts);
  for (const name of required) {
    const conflict = object.isHidden(name) ? null : object.add(name);
    if (conflict) return conflict;
  }
  // 2. What may be there.
  for (const name of optional) {
    if (object.wants(name)) object.add(name);
  }
  // 3. As many as there have to be.
  const more = object.size < members.minimum ? spot.random.child('more members').shuffled(optional) : [];
  for (const name of more) {
    if (object.size < members.minimum && !object.isHidden(name)) object.add(name);
  }
  if (object.size === 0) object.addAny(optional);
  for (const name of object.shownStrangers) object.add(name);
  object.addStrangers(declared.length === 0 && situation.shown === undefined);
  if (object.size < members.minimum) {
    return new Conflict(
      members.minimumAt,
      `minProperties is ${members.minimum}, but only ${object.size} members can be there`,
    );
  }
  return object.plan(all);
}

class PlannedObject {
  readonly #plans = new Map<string, Plan>();
  readonly #situation: Situation;
  readonly #ancestors: Ancestors;
  /** What each member that can hold others may grow to. */
  readonly #share: number;

  constructor(situation: Situation) {
    const { needs, spot } = situation;
    this.#situation = situation;
    this.#ancestors = { schemas: needs.schemas, outer: spot.ancestors };
    const left = Math.max(0, spot.allowance - needs.declared.length);
    this.#share = left === 0 ? 0 : left / Math.max(1, needs.composites);
  }

  get size(): number {
    return this.#plans.size;
  }

  /** Adds a member, with the members that its presence demands; none of them where that cannot be. */
  add(name: string, alongside: readonly string[] = []): Conflict | null {
    if (this.#plans.has(name) || alongside.includes(name)) return null;
    if (this.#plans.size >= this.#situation.facts.members.maximum) {
      return new Conflict(
        this.#situation.facts.members.maximumAt,
        `No further member is allowed, so ${quote(name)} is not`,
      );
    }
    const plan = this.#planMember(name);
    if (isConflict(plan)) return plan;
    for (const other of this.#situation.needs.dependents.get(name) ?? []) {
      const conflict = this.add(other, [...alongside, name]);
      if (conflict) return conflict;
    }
    this.#plans.set(name, plan);
    return null;
  }

  #planMember(name: string): Plan | Conflict {
    const required = this.#situation.facts.required.get(name);
    if (!this.#situation.needs.nameSites.every((site) => this.#situation.run.accepts(site, name))) {
      return new Conflict(required ?? '', `The name ${quote(name)} is not one that propertyNames allows`);
    }
    const needs = this.#situation.needs.member(name);
    const forbidden = needs.demands.find(({ site }) => site.value === false);
    if (required !== undefined && forbidden !== undefined) {
      const message = `The member ${quote(name)} is required, but no value is allowed for it`;
      return new Conflict(required, message, undefined, [pointerTo(forbidden.site)]);
    }
    const { spot, needs: own } = this.#situation;
    const said = typeMetaAt(this.#situation.facts.parts, name);
    const owner = own.component ?? (holders.test(spot.name) ? spot.owner : spot.name);
    return this.#situation.run.plan(
      needs,
      below(spot, name, {
        name,
        owner,
        isItem: false,
        isListed: spot.isListed,
        siblings: own.declared,
        row: said === undefined ? spot.row : 0,
        shown: said === undefined ? memberOf(this.#situation.shown, name) : [said],
        told: isOutcome(this.#situation) ? outcomeSaid(name) : [],
        ancestors: this.#ancestors,
        allowance: this.#share,
      }),
    );
  }

  isHidden(name: string): boolean {
    return isHidden(this.#situation, name);
  }

  /** Whether a member that may be left out shall be there. */
  wants(name: string): boolean {
    const { run, spot } = this.#situation;
    const optionals = optionalsFor(run, spot);
    if (optionals === 'none') return false;
    // Of very many members only those are looked at that may be there.
    const luck = spot.random.child(`has ${name}`).next();
    const most = spot.allowance / this.#situation.needs.declared.length;
    if (optionals === 'some' && luck >= most && !this.#isShown) return false;
    const needs = this.#situation.needs.member(name);
    if (isConflict(needs.facts) || this.isHidden(name)) return false;
    // An object that is shown is shown as it is.
    if (optionals === 'some' && this.#isShown) return memberOf(this.#situation.shown, name).length > 0;
    if (optionals === 'some' && saysError(name, this.#situation)) return false;
    if (spot.level + 1 + needs.depth > usualLevels) return false;
    const again = recurrences(needs.schemas, this.#ancestors);
    if (optionals === 'all') return again <= 1;
    const room = needs.isComposite ? this.#share / fewestInside : most;
    const usual = again > 1 ? 0.3 / again : (run.optional ?? (again > 0 ? 0.3 : (chances[spot.level] ?? 0.25)));
    return luck < Math.min(usual, most, room);
  }

  /** One member, where chance would leave an object empty. */
  addAny(names: readonly string[]): void {
    const { run, spot, needs } = this.#situation;
    if (run.optional !== null || optionalsFor(run, spot) === 'none' || spot.level >= usualLevels) return;
    for (const name of names) {
      const member = needs.member(name);
      const isFar = spot.level + 1 + member.depth > usualLevels || recurrences(member.schemas, this.#ancestors) > 0;
      if (!isFar && !isConflict(member.facts) && !this.isHidden(name) && this.add(name) === null) return;
    }
  }

  get #isShown(): boolean {
    return this.#situation.shown !== undefined && this.#situation.spot.row === 0;
  }

  /** Members that the author shows and no schema declares. */
  get shownStrangers(): readonly string[] {
    const { run, spot, needs, shown } = this.#situation;
    // Of an object of which no member is declared nothing else would be shown in further rows.
    const isMap = shown !== undefined && needs.declared.length === 0;
    if (!(this.#isShown || isMap) || optionalsFor(run, spot) === 'none') return [];
    return Object.keys(objectAt(shown)).filter(
      (name) => !needs.isDeclared(name) && !isConflict(needs.member(name).facts),
    );
  }

  /** Adds members that no schema declares by name: as many as are needed, and a few where the object is a map. */
  addStrangers(isMap: boolean): void {
    const { run, needs, facts, spot } = this.#situation;
    const patterns = needs.namePatterns;
    if (run.optionals === 'all' && spot.level < usualLevels) this.#addByPattern(patterns);
    if (!isMap && this.size >= facts.members.minimum) return;
    // What a server adds to an object of which nothing is said, a client need not send.
    const open = facts.parts.some(
      ({ schema }) =>
        typeof schema.additionalProperties === 'object' ||
        ([schema.type].flat().includes('object') && run.direction === 'response'),
    );
    const inviting = isMap && (open || patterns.length > 0);
    const random = spot.random.child('strangers');
    const few =
      run.lean || run.optionals === 'none' || run.demand === 'empty' || spot.level >= usualLevels
        ? 0
        : random.integer(1, 3);
    const wanted = Math.max(facts.members.minimum, inviting ? Math.min(few, facts.members.maximum) : 0);
    const attempts = wanted * 4 + 20;
    for (let attempt = 0; this.size < wanted && attempt < attempts; attempt++) {
      const name = this.#inventName(patterns, random.child(attempt), attempt);
      if (name !== null && !this.#plans.has(name) && !isConflict(this.#situation.needs.member(name).facts))
        this.add(name);
    }
  }

  /** A member for each pattern of `patternProperties`: where all that is optional is wanted, these are. */
  #addByPattern(patterns: readonly string[]): void {
    for (const [index, pattern] of patterns.entries()) {
      const name = sampleOf(pattern, this.#situation.spot.random.child(`pattern ${index}`), {
        minimum: 0,
        maximum: 40,
      });
      if (name !== null && !isConflict(this.#situation.needs.member(name).facts)) this.add(name);
    }
  }

  #inventName(patterns: readonly string[], random: Random, attempt: number): string | null {
    if (this.#situation.needs.nameSites.length > 0) {
      const string = demanded(insteadOf(this.#situation.needs.nameSites[0] as Site, anyName));
      const needs = Needs.of(this.#situation.run.sites, [string, ...this.#situation.needs.nameSites.map(demanded)]);
      const plan = this.#situation.run.plan(needs, {
        ...this.#situation.spot,
        name: '',
        ancestors: null,
        hint: null,
        random,
      });
      return isConflict(plan) ? null : String(draw(plan, random));
    }
    const pattern = patterns[attempt % (patterns.length + 1)];
    if (pattern !== undefined) return sampleOf(pattern, random, { minimum: 0, maximum: 40 });
    return attempt < 20 ? random.pick(keys) : `${plainWord(fakerFor(random))}${attempt}`;
  }

  /** The members in the order of the document, then those that it does not name. */
  plan(order: readonly string[]): Plan {
    const plans = labelled(this.#plans, this.#situation.spot.random);
    const known = order.filter((name) => plans.has(name));
    const names = known.length === this.size ? known : [...new Set([...known, ...plans.keys()])];
    const properties: Record<string, Plan> = {};
    for (const name of names) setMember(properties, name, plans.get(name));
    return { type: 'object', properties, required: names };
  }
}

/** What an object that is shown has under a name, if anything. */
function memberOf(shown: Json | undefined, name: string): readonly Json[] {
  const members = objectAt(shown);
  return Object.hasOwn(members, name) ? [members[name] as Json] : [];
}

/** Where a value was not valid, all optional members are tried, and none. */
function optionalsFor(run: Run, spot: Spot): Optionals {
  const tries = spot.hint?.tries ?? 0;
  if (run.lean || tries % 3 === 2) return 'none';
  return tries % 3 === 1 && tries > 1 ? 'all' : run.optionals;
}

/** How likely an optional member is, by level. */
const chances = [1, 1, 1, 1, 0.6, 0.5, 0.4];

/** What the keys of maps and the members of objects are called of which nothing is said. */
const keys =
  'source region team tier channel campaign stage priority category segment reference note color language owner env'.split(
    ' ',
  );

function quote(name: string): string {
  return JSON.stringify(name);
}
