import type { Operations } from '../operation/index.js';
import { answerContent, memberPointers, type Resource, type Resources } from '../resource/index.js';
import type { Schema } from '../schema/index.js';
import { typesOf, viewOf } from '../schema/view.js';
import { referenceTo } from '../text/pointer.js';
import type { JsonObject } from '../text/value.js';

/** Where the answers that show rows of a resource describe their key. */
export function keysShown({ key, roles }: Resource, operations: Operations): readonly string[] {
  if (key === null) return [];
  const view = viewOf(operations.document);
  const all = roles.flatMap((role) => {
    const schema = answerContent(operations.compile(role.entry), role)?.schema;
    if (!schema || schema.problem !== null || role.answer === null || role.answer.isKeyed) return [];
    const parts = view.within(schema.pointer, role.answer.path);
    const rows =
      role.kind === 'list' || role.answer.isInList ? view.certain(...view.item(parts, 0).map(({ to }) => to)) : parts;
    const shown = role.answer.inside.reduce(
      (at, name) => view.certain(...view.member(at, name).map(({ to }) => to)),
      rows,
    );
    return shown.flatMap(({ pointer }) => memberPointers(operations, pointer, key.member));
  });
  return [...new Set(all)];
}

const numberedIn = new WeakMap<Resources, ReadonlySet<Resource>>();

/** The resources that a row under one of them names by a number. */
export function numbered(resources: Resources, operations: Operations): ReadonlySet<Resource> {
  const known = numberedIn.get(resources);
  if (known !== undefined) return known;
  const view = viewOf(operations.schemas.document);
  const found = new Set<Resource>();
  for (const { schema, roles } of resources.all) {
    for (const { member, resource } of new Set(roles.flatMap(({ scope }) => scope))) {
      if (member === null || resource === null || found.has(resource)) continue;
      const types = typesOf(view.certain(...memberPointers(operations, schema, member)));
      if (types !== null && !types.has('string') && (types.has('integer') || types.has('number'))) found.add(resource);
    }
  }
  numberedIn.set(resources, found);
  return found;
}

/** A reference to a place in the document. */
export const referred = (pointer: string): JsonObject => ({ $ref: referenceTo(pointer) });

/** The schemas of the path parameter that names a row, of each operation that has it. */
export function parameterSchemas({ roles }: Resource, operations: Operations): readonly Schema[] {
  const found = new Map<string, Schema>();
  for (const { entry, keyParameter } of roles) {
    if (keyParameter === null) continue;
    const parameter = operations
      .compile(entry)
      .parameters.find(({ in: place, name }) => place === 'path' && name === keyParameter);
    if (parameter === undefined) continue;
    const { pointer } = parameter.schema;
    // That of a parameter which nobody describes stands nowhere in the document.
    if (operations.schemas.at(pointer, 'request') !== parameter.schema) continue;
    for (const one of namingOne(pointer, operations)) found.set(one, operations.schemas.at(one, 'request'));
  }
  return [...found.values()].filter(({ problem, value }) => problem === null && typeof value !== 'boolean');
}

/** Where a key is described by a parameter: by its items, where it may name several. */
function namingOne(pointer: string, { document }: Operations): readonly string[] {
  const view = viewOf(document);
  const parts = view.certain(pointer);
  const types = typesOf(parts);
  if (types?.size !== 1 || !types.has('array')) return [pointer];
  return view.certain(...view.item(parts, 0).map(({ to }) => to)).map((item) => item.pointer);
}
