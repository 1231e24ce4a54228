import type { RequestValues } from '../operation/index.js';
import { type Resource, readAt, setAt } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { scalarText } from '../text/integers.js';
import type { Now } from './base.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import type { Related } from './related.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';

const none: readonly string[] = [];

/** What a row says by a key is the whole thing where a request asks for that and the document lets it: `?expand[]=customer`. */
export class Expanded {
  readonly #ground: Ground;
  readonly #related: Related;

  constructor(ground: Ground, related: Related) {
    this.#ground = ground;
    this.#related = related;
  }

  /** How rows of a resource are shown; null: as they are. */
  of(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const names = now.expand ?? [];
    const asked = names.length === 0 ? [] : resource.references.filter((one) => names.includes(one.member.join('.')));
    if (asked.length === 0) return null;
    const own = rowSchemaOf(resource, this.#ground);
    return (row) => {
      const whole = asked.reduce((value, { member, resource: to }) => {
        const key = readAt(value, member);
        const around = scopeFor(to, resource, scope);
        if (around === null || (typeof key !== 'string' && typeof key !== 'number')) return value;
        const thing = this.#related.rowAt(to, around, scalarText(key), now);
        const changed = thing === undefined ? value : setAt(value, member, thing.value);
        return fits(own, changed) ? changed : value;
      }, row.value);
      return whole === row.value ? row : rowOf(whole);
    };
  }
}

const expandable = new WeakMap<Resource, boolean>();

/** Whether rows of a resource name things, so that what a query asks to show whole is looked at. */
function isExpandable(resource: Resource): boolean {
  const { references, joins } = resource;
  const found = expandable.get(resource) ?? (references.length > 0 || (joins !== null && isExpandable(joins)));
  expandable.set(resource, found);
  return found;
}

/** The members of rows of a resource that a query asks to show whole, of a list also with the name of what holds its rows before them. */
export function expandsIn(query: RequestValues['query'], resource: Resource): readonly string[] {
  if (!isExpandable(resource)) return none;
  const said = ['expand', 'expand[]'].flatMap((name) => query[name]);
  return said
    .flatMap((one) => (typeof one === 'string' ? one.split(',') : []))
    .map((one) => one.replace(/^data\./, ''));
}
