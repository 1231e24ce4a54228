import { addAll } from '../../text/many.js';
import { child, parsePointer, pointerOf } from '../../text/pointer.js';
import { resultOf, type Work } from '../../text/slices.js';
import type { JsonObject } from '../../text/value.js';
import { isInPlace, isSchema, keywordNamed, subschemas } from '../keywords.js';
import { keyOf, type Place, type Places } from '../place.js';
import { show } from '../repair.js';
import { contradictionOf } from './contradiction.js';
import { coverOf, overlapOf } from './overlap.js';
import { at, problemsOfKeyword, type SchemaProblem } from './problem.js';

/** What a schema, or one that it leads to, makes necessary: those without pay for none of it. */
export interface Traits {
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  /** `unevaluatedProperties`, `unevaluatedItems`. */
  readonly unevaluated: boolean;
  /** `$dynamicRef`. */
  readonly dynamic: boolean;
}

interface Edge {
  readonly to: Place;
  /** Where the reference stands. */
  readonly where: Pick<SchemaProblem, 'tree' | 'pointer'>;
  readonly inPlace: boolean;
}

/** Schemas that all lead to each other, with what they lead to besides. */
interface Knot {
  readonly traits: Traits;
  /** Those of its own. */
  readonly problems: readonly SchemaProblem[];
  /** What it leads to that has problems, or leads to some. */
  readonly below: ReadonlySet<Knot>;
}

/** One schema as far as its references: what is wrong in it, where it leads. */
interface Survey {
  readonly problems: SchemaProblem[];
  readonly edges: Edge[];
  traits: Traits;
}

/** A schema on the way, with what was found below it so far. */
interface Visit {
  readonly key: string;
  readonly edges: Iterator<Edge>;
  traits: Traits;
  readonly problems: SchemaProblem[];
  readonly below: Set<Knot>;
}

export interface Surveyor {
  /** A schema with all that it leads to. */
  closure(place: Place): Closure;
  /** Where its references lead for the same value. */
  behind(place: Place): Place[];
  /** Where those lead that are for values inside, each with the steps to these, as far as schemas tell. */
  within(place: Place): { readonly steps: string; readonly to: Place }[];
}

export interface Closure {
  /** Works out what follows, schema by schema. */
  surveying(): Work<unknown>;
  readonly problems: readonly SchemaProblem[];
  readonly traits: Traits;
}

const noTraits: Traits = { readOnly: false, writeOnly: false, unevaluated: false, dynamic: false };

/**
 * Reads schemas against the 2020-12 meta-schema, each once, and only those that the one asked for leads to.
 */
export function createSurveyor(places: Places): Surveyor {
  const surveys = new Map<string, Survey>();
  const knots = new Map<string, Knot>();
  const circles = new Map<string, 'open' | 'closed'>();

  function survey(place: Place): Survey {
    const key = keyOf(place);
    let result = surveys.get(key);
    if (!result) {
      result = { problems: [], edges: [], traits: noTraits };
      surveys.set(key, result);
      surveySchema(place, true, result);
    }
    return result;
  }

  function surveySchema(place: Place, inPlace: boolean, into: Survey): void {
    const { value, repairs = [] } = place;
    for (const { steps, isRead, ...repair } of repairs)
      into.problems.push({ ...at(place, ...steps), ...repair, warning: isRead ? 'schema-read-as' : 'schema-left-out' });
    if (!isSchema(value)) {
      const expected = 'a schema (an object or a boolean)';
      into.problems.push({ ...at(place), message: 'This is not a schema', expected, found: show(value) });
      return;
    }
    if (typeof value === 'boolean') return;
    for (const [name, held] of Object.entries(value)) addAll(into.problems, problemsOfKeyword(place, name, held));
    const contradiction = contradictionOf(value);
    if (contradiction !== null) {
      const { keyword, message } = contradiction;
      into.problems.push({ ...at(place, keyword), message, warning: 'schema-contradiction' });
    }
    const overlap = overlapOf(places, place, value);
    if (overlap !== null) {
      into.problems.push({ ...at(place, 'oneOf'), message: overlap, warning: 'discriminator-overlap' });
    }
    const cover = coverOf(places, place, value);
    if (cover !== null) into.problems.push({ ...at(place, 'oneOf'), message: cover, warning: 'schema-read-as' });
    into.traits = merge(into.traits, {
      readOnly: value.readOnly === true,
      writeOnly: value.writeOnly === true,
      unevaluated: 'unevaluatedProperties' in value || 'unevaluatedItems' in value,
      dynamic: typeof value.$dynamicRef === 'string',
    });
    surveyReferences(place, value, inPlace, into);
    for (const { keyword, steps, value: schema } of subschemas(value, (name) => keywordNamed(name)?.holds)) {
      const inner = places.inside(place, steps, schema);
      const stays = inPlace && isInPlace(keyword);
      if (inner.resource !== place.resource) {
        into.edges.push({ to: inner, where: at(inner), inPlace: stays });
      } else {
        surveySchema(inner, stays, into);
      }
    }
  }

  function surveyReferences(place: Place, value: JsonObject, inPlace: boolean, into: Survey): void {
    for (const keyword of ['$ref', '$dynamicRef'] as const) {
      const reference = child(value, keyword);
      if (typeof reference !== 'string') continue;
      const to = places.target(place, keyword);
      const where = at(place, keyword);
      const { isOwn } = place.tree;
      if (!to) {
        into.problems.push({
          ...where,
          message: `The reference ${JSON.stringify(reference)} leads nowhere${isOwn ? ': anything is valid there' : ''}`,
          expected: 'a schema that is in this document',
          ...(isOwn && { warning: 'reference-dangling' as const }),
        });
      } else if (!isSchema(to.value)) {
        into.problems.push({
          ...where,
          message: `The reference ${JSON.stringify(reference)} does not lead to a schema`,
          expected: 'a schema (an object or a boolean)',
          found: show(to.value),
        });
      } else {
        into.edges.push({ to, where, inPlace });
      }
    }
  }

  /**
   * A reference that leads back to itself without going into a member or an item would never end. The
   * problem is laid to the schema that closes the circle, so that whoever comes by later finds it there.
   */
  function findEndless(place: Place): void {
    const key = keyOf(place);
    if (circles.has(key)) return;
    circles.set(key, 'open');
    const { edges, problems } = survey(place);
    for (const { to, where, inPlace } of edges) {
      if (!inPlace) continue;
      if (circles.get(keyOf(to)) === 'open') {
        const isOwn = where.tree === '' && /\/\$(?:ref|dynamicRef)$/.test(where.pointer);
        if (isOwn) places.endless.add(where.pointer);
        problems.push({
          ...where,
          message: `The reference leads back to itself without end${isOwn ? ': it is left out' : ''}`,
          expected: 'a reference that goes into a member or an item before it comes back',
          ...(isOwn && { warning: 'reference-circular' as const }),
        });
      } else {
        findEndless(to);
      }
    }
    circles.set(key, 'closed');
  }

  /** The problems of a schema and of all that it leads to. Large documents are one knot for the most part, which is one step. */
  function problemsBelow(start: Place): readonly SchemaProblem[] {
    const found = new Map<string, SchemaProblem>();
    // A Set grows while it is iterated, so this is a queue.
    const open = new Set([resultOf(surveying(start))]);
    for (const { problems, below } of open) {
      for (const problem of problems) found.set(`${problem.pointer} ${problem.message}`, problem);
      for (const knot of below) open.add(knot);
    }
    return [...found.values()];
  }

  /**
   * What is known of a schema with all that it leads to, each looked at once: those that lead to each other have it together
   * (Tarjan's strongly connected components).
   */
  function* surveying(start: Place): Work<Knot> {
    const order = new Map<string, number>();
    const low = new Map<string, number>();
    const stack: string[] = [];
    const path: Visit[] = [];
    const enter = (place: Place): void => {
      const key = keyOf(place);
      order.set(key, order.size);
      low.set(key, order.size - 1);
      stack.push(key);
      findEndless(place);
      const { edges, traits, problems } = survey(place);
      path.push({ key, edges: edges[Symbol.iterator](), traits, problems: [...problems], below: new Set() });
    };
    if (!knots.has(keyOf(start))) enter(start);
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const edge = at.edges.next();
      if (edge.done) {
        leave(at);
        continue;
      }
      const to = keyOf(edge.value.to);
      const known = knots.get(to);
      if (known) lead(at, known);
      else if (!order.has(to)) {
        yield null;
        enter(edge.value.to);
      } else low.set(at.key, Math.min(low.get(at.key) as number, order.get(to) as number));
    }

    function lead(at: Visit, knot: Knot): void {
      at.traits = merge(at.traits, knot.traits);
      if (knot.problems.length > 0 || knot.below.size > 0) at.below.add(knot);
    }

    function leave(at: Visit): void {
      path.pop();
      const outer = path.at(-1);
      const isWhole = low.get(at.key) === order.get(at.key);
      if (outer) low.set(outer.key, Math.min(low.get(outer.key) as number, low.get(at.key) as number));
      if (isWhole) {
        const { traits, problems, below } = at;
        const knot: Knot = { traits, problems, below };
        for (const key of stack.splice(stack.lastIndexOf(at.key))) knots.set(key, knot);
        if (outer) lead(outer, knot);
      } else if (outer) {
        outer.traits = merge(outer.traits, at.traits);
        for (const problem of at.problems) outer.problems.push(problem);
        for (const knot of at.below) outer.below.add(knot);
      }
    }

    return knots.get(keyOf(start)) as Knot;
  }

  function closure(start: Place): Closure {
    return {
      get problems() {
        return problemsBelow(start);
      },
      get traits() {
        return resultOf(surveying(start)).traits;
      },
      surveying: () => surveying(start),
    };
  }

  return {
    closure,
    behind: (place) => survey(place).edges.flatMap(({ to, inPlace }) => (inPlace ? [to] : [])),
    within: (place) =>
      survey(place).edges.flatMap(({ to, where, inPlace }) =>
        inPlace ? [] : [{ steps: stepsInside(where.pointer.slice(place.path.length)), to }],
      ),
  };
}

/** Of the steps from a schema to a reference inside of it, those that go into the value. */
function stepsInside(pointer: string): string {
  const tokens = parsePointer(pointer);
  const steps: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const keyword = String(tokens[at]);
    const holds = keywordNamed(keyword)?.holds;
    const isNamed = holds === 'map' || holds === 'list';
    if (!isInPlace(keyword)) steps.push(keyword, ...(isNamed ? [String(tokens[at + 1])] : []));
    if (isNamed) at += 1;
  }
  return pointerOf(...steps);
}

function merge(left: Traits, right: Traits): Traits {
  const merged = {
    readOnly: left.readOnly || right.readOnly,
    writeOnly: left.writeOnly || right.writeOnly,
    unevaluated: left.unevaluated || right.unevaluated,
    dynamic: left.dynamic || right.dynamic,
  };
  return merged.readOnly || merged.writeOnly || merged.unevaluated || merged.dynamic ? merged : noTraits;
}
