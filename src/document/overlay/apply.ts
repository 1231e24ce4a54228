import { CounterproofError, type Problem } from '../../errors.js';
import { child, valueAt } from '../../text/pointer.js';
import { describe, isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { checkParsed } from '../read/plain.js';
import type { Source, Warning } from '../read/source.js';
import { type JsonPathQuery, loadJsonPath } from './json-path.js';
import { type Action, readActions } from './overlay.js';
import { below, type Container, isContainer, Provenance, type Written } from './provenance.js';

/** So many values may overlays bring: enough for any document, too few for copies of copies. */
const maximumAdded = 200_000;

/**
 * Applies overlays to a document, one after the other (Overlay Specification 1.1; what 1.0 says is a part of it).
 * The tree of the document is changed.
 * @returns the document, whose places are those in the file that each value came from
 * @throws CounterproofError OVERLAY_INVALID, with all that is wrong
 */
export async function applyOverlays(document: Source, overlays: readonly Source[]): Promise<Source> {
  if (overlays.length === 0 || document.problems.length > 0) return document;
  const read = overlays.map(readActions);
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) throw new CounterproofError('OVERLAY_INVALID', problems);
  const application = new Application(document, await loadJsonPath());
  for (const { actions } of read) for (const action of actions) application.apply(action);
  application.finish();
  return {
    ...document,
    locate: application.provenance.freeze(document.value),
    warnings: [...document.warnings, ...read.flatMap((one) => one.warnings), ...application.warnings],
  };
}

class Application {
  readonly provenance: Provenance;
  readonly warnings: Warning[] = [];
  readonly #problems: Problem[] = [];
  readonly #root: Json;
  readonly #query: JsonPathQuery;
  #added = 0;

  constructor(document: Source, query: JsonPathQuery) {
    this.provenance = new Provenance(document);
    this.#root = document.value;
    this.#query = query;
  }

  /** @throws CounterproofError OVERLAY_INVALID, where something was wrong */
  finish(): void {
    const locate = this.provenance.freeze(this.#root);
    const misfits = this.#problems.length > 0 ? [] : checkParsed(this.#root);
    const problems = [
      ...this.#problems,
      ...misfits.map(({ segments, ...misfit }) => ({ ...misfit, location: locate(segments) })),
    ];
    if (problems.length > 0) throw new CounterproofError('OVERLAY_INVALID', problems);
  }

  apply(action: Action): void {
    const { target, change, written } = action;
    const targets = this.#select(target, below(written, 'target'));
    if (targets === null) return;
    if (targets.length === 0) {
      const message = `The action matches nothing: ${target} selects no part of the document`;
      this.warnings.push({ id: 'overlay-unmatched', message, location: locationOf(below(written, 'target')) });
      return;
    }
    if (change.kind === 'remove') {
      this.#remove(targets, written);
      return;
    }
    const [value, from] =
      change.kind === 'update' ? [change.value, change.written] : this.#copied(change.from, written);
    if (value === undefined) return;
    const kinds = new Set(targets.map((segments) => kindOf(valueAt(this.#root, segments))));
    if (kinds.size > 1) {
      const place = below(written, 'target');
      this.#refuse(place, `${target} selects ${[...kinds].join(' and ')} at once`, 'all of one kind');
      return;
    }
    for (const segments of targets) this.#put(segments, value, from);
  }

  #select(path: string, written: Written): readonly (readonly string[])[] | null {
    const found = this.#query(path, this.#root);
    if (typeof found !== 'string') return found;
    this.#problems.push({
      message: `Not a JSONPath query: ${found}`,
      expected: 'a query as in RFC 9535, such as $.paths.*.get',
      found: describe(path),
      location: locationOf(written),
    });
    return null;
  }

  /** What an action copies, as it is before it is put anywhere. */
  #copied(path: string, written: Written): readonly [Json | undefined, Written] {
    const found = this.#select(path, below(written, 'copy'));
    const [segments = []] = found ?? [];
    if (found === null) return [undefined, written];
    if (found.length !== 1) {
      this.#refuse(below(written, 'copy'), `${path} selects ${found.length} parts of the document`, 'exactly one');
      return [undefined, written];
    }
    const from = this.provenance.of(this.#root, segments);
    const value = valueAt(this.#root, segments);
    return [value === undefined ? undefined : this.#clone(value, from), from];
  }

  #remove(targets: readonly (readonly string[])[], written: Written): void {
    const removals = new Map<Container, { readonly keys: Set<string>; readonly written: Written }>();
    for (const segments of targets) {
      const parent = valueAt(this.#root, segments.slice(0, -1));
      const key = segments.at(-1);
      if (key === undefined || !isContainer(parent)) {
        this.#refuse(written, 'The action removes the whole document', 'a part of it');
        continue;
      }
      const removal = removals.get(parent);
      if (removal !== undefined) removal.keys.add(key);
      else {
        const place = this.provenance.of(this.#root, segments.slice(0, -1));
        removals.set(parent, { keys: new Set([key]), written: place });
      }
    }
    for (const [parent, { keys, written: place }] of removals) {
      if (Array.isArray(parent)) this.provenance.removeItems(parent, keys, place);
      else {
        for (const key of keys) {
          delete parent[key];
          this.provenance.forget(parent, key);
        }
      }
    }
  }

  #put(segments: readonly string[], value: Json, from: Written): void {
    const own = valueAt(this.#root, segments);
    const parent = valueAt(this.#root, segments.slice(0, -1));
    const key = segments.at(-1);
    if (isObject(own) && isObject(value)) this.#merge(own, value, from);
    else if (Array.isArray(own)) this.#append(own, value, from);
    else if (!isContainer(own) && !isContainer(value) && key !== undefined && isContainer(parent)) {
      this.#set(parent, key, value, from);
    } else this.#incompatible(own, value, from);
  }

  #merge(own: JsonObject, update: JsonObject, from: Written): void {
    for (const [key, value] of Object.entries(update)) {
      const member = child(own, key);
      const place = this.provenance.member(update, key, from);
      if (member === undefined || member === null || (!isContainer(member) && !isContainer(value))) {
        this.#set(own, key, value, place);
      } else if (Array.isArray(member) && Array.isArray(value)) this.#append(member, value, place);
      else if (isObject(member) && isObject(value)) this.#merge(member, value, place);
      // A name without a value mirrors the structure alone, as in the example "Structured Overlay" of the specification.
      else if (value !== null) this.#incompatible(member, value, place);
    }
  }

  /** A list is concatenated; anything else becomes one more item. */
  #append(list: Json[], value: Json, from: Written): void {
    const items = Array.isArray(value)
      ? value.map((item, index) => [item, this.provenance.member(value, String(index), from)] as const)
      : [[value, from] as const];
    for (const [item, place] of items) this.#set(list, String(list.length), item, place);
  }

  #set(container: Container, key: string, value: Json, from: Written): void {
    const copy = this.#clone(value, from);
    setMember(container, Array.isArray(container) ? Number(key) : key, copy);
    this.provenance.note(container, key, from);
  }

  /** A copy of its own, whose members know where they were written. */
  #clone(value: Json, from: Written): Json {
    this.#added += 1;
    if (this.#added > maximumAdded) {
      throw new CounterproofError('OVERLAY_INVALID', {
        message: `Overlays bring more than ${maximumAdded} values into the document`,
        location: locationOf(from),
      });
    }
    if (!isContainer(value)) return value;
    const copy: Container = Array.isArray(value) ? [] : {};
    this.provenance.copyNotes(value, copy);
    for (const [key, member] of Object.entries(value)) {
      const place = this.provenance.member(value, key, from);
      setMember(copy, Array.isArray(copy) ? Number(key) : key, this.#clone(member, place));
    }
    return copy;
  }

  #incompatible(own: Json | undefined, value: Json, from: Written): void {
    this.#refuse(from, 'The update does not fit what it is merged with', describe(own), describe(value));
  }

  #refuse(written: Written, message: string, expected: string, found?: string): void {
    this.#problems.push({ message, expected, ...(found !== undefined && { found }), location: locationOf(written) });
  }
}

function kindOf(value: Json | undefined): string {
  return Array.isArray(value) ? 'lists' : isObject(value) ? 'objects' : 'primitive values';
}

function locationOf({ source, segments }: Written) {
  return source.locate(segments);
}
