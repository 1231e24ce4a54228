import { answerContent, type RelationRole, type Resource, type Role, type SeveralRole } from '../resource/index.js';
import type { Json } from '../text/value.js';
import type { Asker } from './asker.js';
import type { Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import type { WorldRequest } from './exchange.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import { inheriting } from './inherited.js';
import type { Related } from './related.js';
import { asItIs, type Row } from './row.js';
import { withWholeItems } from './sent-lists.js';
import type { CollectionReader } from './state.js';
import { type Around, type Call, isMadeUnderOthers, itemRoleOf } from './write/call.js';

/** Where a request finds its rows, and who knows more of them. */
export interface Calling {
  readonly ground: Ground;
  readonly related: Related;
  readonly asker: Asker;
  readonly base: BaseCollection;
  readonly state: CollectionReader | undefined;
  readonly scope: Scope;
  readonly around: readonly Around[];
  readonly now: Now;
  /** How a row is shown; null: as it is. */
  readonly showing: ((row: Row) => Row) | null;
}

/** A request as those take it who look for its rows and write them. Made once and not copied: to spread it takes longer than to read it. */
export function callOf(
  role: Role | RelationRole | SeveralRole,
  { operation, request, values, seed, state: whole }: WorldRequest,
  { ground, related, asker, base, state, scope, around, now, showing }: Calling,
): Call<ReturnType<typeof itemRoleOf>> {
  const { resource } = role;
  const named = (to: Resource, key: string) => {
    const above = scopeFor(to, resource, scope);
    return above === null ? undefined : related.rowAt(to, above, key, now)?.value;
  };
  const item = itemRoleOf(role);
  const answered = () => {
    const schema = answerContent(operation, item)?.schema;
    return schema && item.answer ? { schema: schema.pointer, path: item.answer.path } : undefined;
  };
  return {
    role: item,
    operation,
    request,
    values,
    seed,
    ground,
    base,
    state,
    isMadeElsewhere: (key) => isMadeUnderOthers(resource, base.name, whole, key),
    around,
    shown: showing ?? asItIs,
    completed: (sent: Json, row?: Json) => {
      const shown = answered();
      return withWholeItems(sent, { resource, ground, seed, row, named, ...(shown && { shown }) });
    },
    ofAsker: (row, sent) => asker.making(role, row, sent, now),
    inheriting: inheriting(resource, ground, named),
  };
}
