import type { OperationEntry } from '../../operation/index.js';
import { type ItemRole, memberPointers, type Resource, type Role } from '../../resource/index.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import type { BodyPath } from './refer.js';

type Values = Readonly<Record<string, Json>>;

/**
 * A JSON Patch (RFC 6902) whose steps are about a member that the thing in the path of the request has, and say what it says already:
 * of any other nobody knows whether it can be done. What is no such patch stays.
 *
 * @param path what the path of the operation names
 * @param isOpen whether what stands there may be another value
 */
export function patching(
  { things, options }: RunState,
  entry: OperationEntry,
  path: Values,
  body: Json,
  isOpen: (value: Json, place: BodyPath) => boolean,
): Json {
  const role = things.resources.roleOf(entry.id);
  if (role?.kind !== 'patch' || !Array.isArray(body)) return body;
  const thing = things.valuesFor(entry, path)?.things.at(-1);
  const name = thing?.row && thing.resource === role.resource ? nameIn(thing.row, role.resource) : undefined;
  if (name === undefined || !thing?.row) return body;
  const value = thing.row[name] ?? null;
  return body.map((step, index) => {
    if (!isObject(step) || typeof step.path !== 'string' || !isOpen(step.path, [index, 'path'])) return step;
    const other: JsonObject = { ...step, path: pointerOf(name) };
    if (step.value === undefined || isOpen(step.value, [index, 'value'])) setMember(other, 'value', value);
    return other;
  });

  /** A text that clients may say, and that names nothing. */
  function nameIn(row: JsonObject, resource: Resource): string | undefined {
    const naming = new Set(
      [resource.key?.member, ...resource.references.map(({ member }) => member)].map((each) => each?.[0]),
    );
    return Object.keys(row).find(
      (each) => typeof row[each] === 'string' && !naming.has(each) && isTaken(each, resource),
    );
  }

  function isTaken(member: string, { roles }: Resource): boolean {
    return roles.filter(makes).some(({ entry: making, body: taken }) => {
      const contents = options.operations.compile(making).requestBody?.content ?? [];
      const pointer = contents.find(({ mediaType }) => mediaType === taken?.mediaType)?.schema?.pointer;
      return (
        pointer !== undefined &&
        memberPointers(options.operations, pointer, [...(taken?.path ?? []), member]).length > 0
      );
    });
  }
}

const makes = (role: Role): role is ItemRole => ['create', 'upsert', 'replace'].includes(role.kind);
