import type { Content } from '../../operation/index.js';
import { findResources, type Role } from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import { pointerOf } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { nameOfKey } from '../things/asked-for.js';
import { likely } from './likely.js';
import type { Workbench } from './workbench.js';

const isJsonPatch = /^application\/json-patch\+json\b/i;

/**
 * A JSON Patch (RFC 6902) of one step, which replaces a text that other bodies of the operation, or those that make such a thing,
 * may say: its own schema says of steps alone, and of a member that nothing has no server takes any. Undefined where none is known.
 */
export function stepsFor(bench: Workbench, { mediaType }: Content): Json | undefined {
  if (!isJsonPatch.test(mediaType)) return undefined;
  const view = viewOf(bench.operations.document);
  for (const body of bodiesOf(bench)) {
    for (const [name, edges] of view.members(view.certain(body))) {
      const pointers = edges.map(({ pointer }) => pointer);
      if (nameOfKey.test(name) || view.isServers(...pointers)) continue;
      const [pointer] = pointers;
      const value = bench.draw(pointers, `step ${name}`);
      if (typeof value !== 'string' || pointer === undefined) continue;
      const accepts = (other: Json) => bench.operations.schemas.at(pointer, 'request').accepts(other);
      return [{ op: 'replace', path: pointerOf(name), value: likely(bench, pointer, value, accepts) }];
    }
  }
  return undefined;
}

/** Schemas of what else says of the same thing: first the other bodies of the operation. */
function bodiesOf({ operation, operations, fixtures }: Workbench): string[] {
  const beside = operation.requestBody?.content ?? [];
  const role = findResources(operations, fixtures.resources).roleOf(operation.id);
  const others = (role?.resource.roles ?? []).flatMap((each: Role) => {
    if (!('body' in each) || each.body === null || each.body.path.length > 0 || !whole.has(each.kind)) return [];
    const { mediaType } = each.body;
    return (operations.compile(each.entry).requestBody?.content ?? []).filter((one) => one.mediaType === mediaType);
  });
  return [...beside, ...others].flatMap((each) =>
    isJsonPatch.test(each.mediaType) || !each.schema || each.schema.problem ? [] : [each.schema.pointer],
  );
}

const whole: ReadonlySet<string> = new Set(['create', 'upsert', 'replace', 'merge']);
