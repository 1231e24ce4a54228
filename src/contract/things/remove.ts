import { type ItemRole, isCall, nameIn, readOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { standingOf } from '../checks/outcome.js';
import { headerValues } from '../checks/received.js';
import { stepRequest } from '../derive/step-request.js';
import { excerptBytes } from '../excerpt.js';
import type { LeftBehind } from '../run/result.js';
import type { RunState } from '../run/state.js';
import { takesTag } from './condition.js';
import type { Thing } from './harvest.js';

/** How long removing may take, in milliseconds: where nobody waits for the end, and after the run was stopped. */
const longest = { run: 60_000, stopped: 5_000 };
/** So many requests at a time. */
const concurrency = 8;

/**
 * Removes what the run made, children before parents, and what could not be removed once more at the end: something that
 * nobody knew of may have stood under it. What is left then is said with its reason.
 */
export async function removeMade(state: RunState): Promise<readonly LeftBehind[]> {
  const { things, options } = state;
  const limit = options.signal?.aborted ? longest.stopped : longest.run;
  const deadline = performance.now() + limit;
  const reasons = new Map<Thing, string>();
  for (let pass = 0; pass < 2 && things.made.length > 0; pass++) {
    const depths = [...new Set(things.made.map(depthOf))].sort((a, b) => b - a);
    for (const depth of depths) {
      const open = things.made.filter((thing) => depthOf(thing) === depth).reverse();
      const worker = async () => {
        for (let thing = open.shift(); thing !== undefined; thing = open.shift()) {
          const reason = await remove(state, thing, deadline, limit);
          if (reason === null) things.forget(thing);
          else reasons.set(thing, reason);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, worker));
    }
  }
  return things.made.map((thing) => ({ thing: pathTo(thing), reason: reasons.get(thing) ?? 'there was no time' }));
}

/** Null where it is gone. */
async function remove(state: RunState, thing: Thing, deadline: number, limit: number): Promise<string | null> {
  const { options, credentials, things } = state;
  const { operations, seed = 1, fixtures, values, timeout = 10_000 } = options;
  const role = remover(thing);
  if (role === undefined) return 'the document has no way to remove it';
  const left = deadline - performance.now();
  if (left <= 0) return `removing took longer than ${limit / 1000} s`;
  const operation = operations.compile(role.entry);
  const path = things.pathTo(role.entry, thing);
  const derivation = { seed, ...(fixtures && { fixtures }), ...(values && { values }) };
  const wire = options.removeWith ?? options.send;
  const send: typeof wire = (request, limits) => {
    state.removals++;
    return wire(request, limits);
  };
  const tag = takesTag(operation) ? await tagOf() : undefined;
  const headers = tag === undefined ? {} : { 'if-match': tag };
  const made = stepRequest(operation, operations, derivation, { path, headers });
  if (made === null) return `no valid request can be made for ${role.entry.method} ${role.entry.path}`;
  const request = credentials.apply(made.request, operation, true);
  const received = await send(request, { timeout: Math.min(left, timeout) });
  const status = standingOf({ operation, received });
  if (status !== null && ((status >= 200 && status < 300) || status === 404 || status === 410)) return null;
  const words = credentials.mask(excerptBytes(received.body));
  return `${role.entry.method} ${isCall(role.path) ? `${role.path} ` : ''}answers ${received.status ?? 'nothing'}: ${words}`;

  /** What says which state of the thing is removed, where that is asked for. */
  async function tagOf(): Promise<string | undefined> {
    const read = readOf(thing.resource);
    if (read === undefined) return undefined;
    const reading = operations.compile(read.entry);
    const look = stepRequest(reading, operations, derivation, { path: things.pathTo(read.entry, thing) });
    if (look === null) return undefined;
    const looked = await send(credentials.apply(look.request, reading, true), { timeout: Math.min(left, timeout) });
    return headerValues(looked, 'etag')[0];
  }
}

function remover({ resource: { roles, item } }: Thing): ItemRole | undefined {
  const all = roles.filter((role): role is ItemRole => role.kind === 'delete' && nameIn(role) !== null);
  return all.find(({ path }) => path === item) ?? all[0];
}

function depthOf({ resource }: Thing): number {
  return resource.scope.length;
}

function pathTo({ resource, scope, key }: Thing): string {
  const filled = (template: string) =>
    template.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) =>
      scalarText(scope[name] ?? (resource.key?.parameter === name ? key : whole)),
    );
  if (resource.item !== null) return filled(resource.item);
  const { collection, name } = resource;
  return `${filled(collection === null || isCall(collection) ? name : collection)} ${key}`;
}
