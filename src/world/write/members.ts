import type { ItemRole } from '../../resource/index.js';
import { typeMetaAt } from '../../schema/kubernetes.js';
import { type Part, requiredNames, typesOf, viewOf } from '../../schema/view.js';
import type { Json } from '../../text/value.js';
import type { Ground } from '../ground.js';
import { sentShapeOf, shapesOf } from '../shape.js';
import { unsaidOf } from './empty.js';
import { holderOf, isHeldIn } from './holder.js';

/** What is known of the members of a row: who makes them, and what stands there when nobody says anything. */
export interface Members {
  /** Whether a client sends them where rows show them. */
  readonly isHeld: boolean;
  /** What a client may send; null: anything. */
  readonly sendable: ReadonlySet<string> | null;
  readonly required: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
  /** Those that are readOnly in some place, by the word or by what is said of them, and no request has to say all the same. */
  readonly servers: ReadonlySet<string>;
  /** Values that may stand for what was not sent, best first. */
  readonly otherwise: ReadonlyMap<string, readonly Json[]>;
  /** What is documented for members that a client might send. */
  readonly usual: readonly (readonly [name: string, value: Json])[];
}

const known = new WeakMap<ItemRole, Map<string | null, Members>>();

/** @param holder the member of a row that holds those that are meant; null: the row itself */
export function membersOf(role: ItemRole, ground: Ground, holder: string | null = null): Members {
  const all = known.get(role) ?? new Map<string | null, Members>();
  known.set(role, all);
  const members = all.get(holder) ?? findMembers(role, ground, holder);
  all.set(holder, members);
  return members;
}

function findMembers(role: ItemRole, ground: Ground, holder: string | null): Members {
  const view = viewOf(ground.operations.document);
  const inside = (parts: readonly Part[]): readonly Part[] =>
    holder === null ? parts : view.certain(...view.member(parts, holder).map(({ to }) => to));
  const sent = sentShapeOf(role, ground);
  const taken = sent === null ? [] : view.certain(sent.schema.pointer);
  // What a row holds in one object may be sent beside its key.
  const isHeld = holder !== null && view.member(taken, holder).length > 0;
  const asked = isHeld ? inside(taken) : taken;
  const own = holderOf(role.resource, ground);
  const isMoved = (name: string): boolean =>
    holder === null &&
    own !== null &&
    view.member(taken, own.name).length === 0 &&
    isHeldIn(own, name, role.resource.key?.member[0]);
  const names = isHeld ? [...view.members(asked).keys()] : sent?.names;
  const sendable = names ? new Set([...names].filter((name) => !isMoved(name))) : null;
  const shown = shapesOf(role.resource, ground).map(({ schema }) => inside(view.certain(schema.pointer)));
  const all = [...new Set([...asked, ...shown.flat()])];
  // Of what is sent beside the key some stands in the row itself, and some in its holder: each where rows show it.
  const isParted = own !== null;
  const shownNames = view.members(shown.flat());
  const needed = requiredNames(shown.flat());
  const demanded = requiredNames(asked);
  const readOnly = new Set<string>();
  const servers = new Set<string>();
  const otherwise = new Map<string, readonly Json[]>();
  for (const [name, edges] of view.members(all)) {
    if (isParted && !shownNames.has(name)) continue;
    if (view.isServers(...edges.map(({ to }) => to))) {
      // What a request takes all the same is the client's.
      const said = view.member(asked, name).map(({ to }) => to);
      const isServers = said.length === 0 || view.isServers(...said);
      if (isServers) readOnly.add(name);
      if (isServers || !demanded.has(name)) servers.add(name);
    }
    const parts = view.certain(...edges.map(({ to }) => to));
    const kind = typeMetaAt(all, name);
    const said = parts.flatMap(({ schema }) => (schema.default === undefined ? [] : [schema.default]));
    const defaults = kind === undefined ? said : [kind];
    // What may be sent says nothing of what may be shown where it was not.
    const inRows = view.member(shown.flat(), name).map(({ to }) => to);
    const types = inRows.length > 0 ? typesOf(view.certain(...inRows)) : typesOf(parts);
    const isLeftOut = needed.has(name) && view.member(asked, name).length > 0;
    otherwise.set(name, [...defaults, ...unsaidOf(name, types, isLeftOut)]);
  }
  const usual = [...otherwise].flatMap(([name, [first]]) =>
    sendable?.has(name) && isDefault(first) ? [[name, first] as const] : [],
  );
  return { isHeld, sendable, required: needed, readOnly, servers, otherwise, usual };
}

/** Whether a value that may stand for what was not sent says something. */
export function isDefault(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && !Array.isArray(value);
}
