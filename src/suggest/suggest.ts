import { parsePointer } from '../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import type { Evidence, Misfit, Parameter, Seen, Undeclared } from './evidence.js';
import { type Dialect, emptyShape, isPrivate, type Shape, schemaOf } from './infer.js';

/** A change of a document (Overlay Specification 1.0, Action Object), and why it is made. */
interface Action {
  readonly target: string;
  readonly change: { readonly update: Json } | { readonly remove: true };
  readonly why: string;
  /** Whether a client that was written for the document as it is may stumble over it. */
  readonly breaks: boolean;
  readonly seen: Seen;
}

/**
 * An overlay that makes a document true of what was seen, each action with its evidence, the harmless ones first.
 * @returns null where there is nothing to suggest
 */
export function suggestOverlay(evidence: Evidence): JsonObject | null {
  const writer = new Writer(evidence);
  const actions = writer.actions();
  if (actions.length === 0) return null;
  const { document } = evidence.operations;
  return {
    overlay: '1.0.0',
    info: { title: `What was seen of ${document.name}, and is not in it`, version: '1.0.0' },
    actions: actions
      .toSorted((a, b) => Number(a.breaks) - Number(b.breaks))
      .map(({ target, change, why, breaks, seen: { count, first } }) => ({
        target,
        description: `${why}: seen ${count === 1 ? 'once' : `${count} times`}, first in ${first}`,
        ...change,
        'x-counterproof': { breaking: breaks, seen: count },
      })),
  };
}

/** Keywords whose limit follows what was seen; the others that a value breaks are taken away. */
const lower = new Set(['minimum', 'minLength', 'minItems', 'minProperties']);
const upper = new Set(['maximum', 'maxLength', 'maxItems', 'maxProperties']);
const removable = new Set(['pattern', 'format', 'multipleOf', 'uniqueItems', 'exclusiveMinimum', 'exclusiveMaximum']);

class Writer {
  readonly #evidence: Evidence;
  readonly #dialect: Dialect;
  readonly #isTwo: boolean;
  /** The file that an overlay applies to. */
  readonly #file: string;

  constructor(evidence: Evidence) {
    const { document } = evidence.operations;
    this.#evidence = evidence;
    this.#isTwo = document.declaredVersion.startsWith('2');
    this.#dialect = this.#isTwo || document.declaredVersion.startsWith('3.0') ? 'old' : 'new';
    this.#file = document.locate('').file;
  }

  actions(): Action[] {
    const { undeclared, misfits, parameters, servers } = this.#evidence;
    const bySchema = new Map<string, Misfit[]>();
    for (const misfit of misfits.values()) {
      const { schemaPointer } = misfit.violation;
      bySchema.set(schemaPointer, [...(bySchema.get(schemaPointer) ?? []), misfit]);
    }
    // OpenAPI 2.0 has no list of servers.
    const places = this.#isTwo ? [] : [...servers];
    return [
      ...places.map(([url, seen]): Action => {
        const why = 'No server of the document is where the answers came from';
        return { target: '$', change: { update: { servers: [{ url }] } }, why, breaks: false, seen };
      }),
      ...[...undeclared.values()].flatMap((one) => this.#answer(one)),
      ...[...parameters.values()].flatMap((one) => {
        const target = this.#targetOf(one.operation.pointer);
        const schema = parameterSchema(one, this.#dialect);
        const parameter = { name: one.name, in: 'query', ...(this.#isTwo ? schema : { schema }) };
        const why = `The query parameter ${one.name} is sent, and not declared`;
        if (target === null) return [];
        return [{ target, change: { update: { parameters: [parameter] } }, why, breaks: false, seen: one }];
      }),
      ...[...bySchema].flatMap(([pointer, own]) => this.#wider(pointer, own)),
    ];
  }

  /** Where the file of the document has a part, as a JSONPath; null where that is another file. */
  #targetOf(pointer: string): string | null {
    const { document } = this.#evidence.operations;
    const location = document.locate(pointer);
    return location.file === this.#file ? pathOf(location.pointer) : null;
  }

  #answer({ operation, status, response, bodies, ...seen }: Undeclared): Action[] {
    const content: JsonObject = {};
    for (const [type, shape] of bodies) {
      if (type !== '') setMember(content, type, shape.count === 0 ? {} : { schema: schemaOf(shape, this.#dialect) });
    }
    const [body] = bodies.values();
    const parts: JsonObject = this.#isTwo
      ? body && body.count > 0
        ? { schema: schemaOf(body, this.#dialect) }
        : {}
      : Object.keys(content).length > 0
        ? { content }
        : {};
    const target = this.#targetOf(response?.pointer ?? operation.pointer);
    // OpenAPI 2.0 says media types once for all answers.
    if (target === null || (this.#isTwo && response !== null)) return [];
    const name = response === null ? `The status ${status}` : `A media type of the answer ${response.key}`;
    const added = { description: 'Seen, and not described', ...parts };
    const update = response === null ? { responses: { [String(status)]: added } } : parts;
    return [{ target, change: { update }, why: `${name} is not declared`, breaks: false, seen }];
  }

  /** What one keyword has to allow. */
  #wider(pointer: string, misfits: readonly Misfit[]): Action[] {
    const keyword = pointer.slice(pointer.lastIndexOf('/') + 1);
    const schemaPointer = pointer.slice(0, pointer.lastIndexOf('/'));
    const { document } = this.#evidence.operations;
    const target = this.#targetOf(schemaPointer);
    const [first] = misfits;
    const schema = document.at(schemaPointer);
    if (target === null || first === undefined || !isObject(schema) || first.violation.keyword !== keyword) return [];
    // What the upgrade has written anew has no such member in the file.
    if (!document.locate(pointer).pointer.endsWith(`/${keyword}`)) return [];
    const seen = { count: misfits.reduce((sum, { count }) => sum + count, 0), first: first.first };
    const why = `${document.locate(schemaPointer).pointer} says "${keyword}" otherwise than what is answered`;
    const say = (where: string, change: Action['change']): Action => ({
      target: where,
      change,
      why,
      breaks: true,
      seen,
    });
    const removal = say(`${target}['${keyword}']`, { remove: true });
    const names = misfits.map(({ violation: { params } }) =>
      String(params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty ?? ''),
    );
    if (keyword === 'required' && Array.isArray(schema.required)) {
      const rest = schema.required.filter((name) => !names.includes(String(name)));
      return rest.length === 0 ? [removal] : [removal, say(target, { update: { required: rest } })];
    }
    if (keyword === 'enum') {
      const values = [...(first.values.texts ?? new Map<string, number>()).keys()];
      const isAllTexts = first.values.types.size === 1 && first.values.types.has('string') && values.length > 0;
      const name = parsePointer(schemaPointer).at(-1) ?? '';
      const isAll = isAllTexts && !values.some((value) => isPrivate(name, value));
      return isAll ? values.map((value) => say(`${target}['enum']`, { update: value })) : [removal];
    }
    if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
      const properties: JsonObject = {};
      for (const [index, name] of names.entries()) {
        const shape = this.#memberOf(misfits[index]?.values, name);
        if (name !== '') setMember(properties, name, schemaOf(shape, this.#dialect, name));
      }
      return [say(target, { update: { properties } })];
    }
    if (keyword === 'type') return this.#type(target, schema, first.values, say, removal);
    if (lower.has(keyword)) return [say(target, { update: { [keyword]: first.least } })];
    if (upper.has(keyword)) return [say(target, { update: { [keyword]: first.most } })];
    return removable.has(keyword) ? [removal] : [];
  }

  #memberOf(values: Shape | undefined, name: string): Shape {
    return values?.members.get(name) ?? emptyShape();
  }

  #type(
    target: string,
    schema: JsonObject,
    values: Shape,
    say: (where: string, change: Action['change']) => Action,
    removal: Action,
  ): Action[] {
    const types = [...values.types.keys()];
    const own = [schema.type ?? []].flat().map(String);
    const isNull = types.every((type) => type === 'null');
    if (this.#dialect === 'old' && isNull) return this.#isTwo ? [] : [say(target, { update: { nullable: true } })];
    const isNumber = types.every((type) => type === 'number') && own.includes('integer');
    if (isNumber && own.length === 1) return [say(target, { update: { type: 'number' } })];
    if (this.#dialect === 'old') return [removal];
    const all = [...new Set([...own, ...types])].filter(
      (type, _, list) => type !== 'integer' || !list.includes('number'),
    );
    return [removal, say(target, { update: { type: all } })];
  }
}

/** On the wire all is text: where one value is nothing else, so are all. */
function parameterSchema({ values, name }: Parameter, dialect: Dialect): JsonObject {
  return values.types.size > 1 && values.types.has('string') ? { type: 'string' } : schemaOf(values, dialect, name);
}

const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'parameters', 'servers', 'tags']);

/** A normalized path (RFC 9535, 2.7) for a JSON Pointer into an OpenAPI document. */
export function pathOf(pointer: string): string {
  const steps = parsePointer(pointer);
  return `$${steps.map((step, index) => stepOf(step, steps[index - 1], steps[index - 2])).join('')}`;
}

function stepOf(step: string, parent = '', before = ''): string {
  if (/^\d+$/.test(step) && lists.has(parent) && before !== 'properties') return `[${step}]`;
  return `['${step.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}
