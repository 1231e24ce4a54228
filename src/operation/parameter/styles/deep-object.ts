import { pointerOf } from '../../../text/pointer.js';
import { percentEncode } from '../../text.js';
import { Draft } from '../draft.js';
import type { Pairs } from '../pairs.js';
import { draftMember } from '../reading.js';
import { type Shape, wireType } from '../shape.js';
import { assign, join, primitiveText } from './pieces.js';
import type { Defect, Style } from './style.js';

/**
 * `color[R]=100&color[G]=200`, brackets percent-encoded (OpenAPI 3.1.1). What lies deeper, which the specification
 * leaves open, is written so that qs, PHP and Rails read it alike: `a[b][c]=1`, `a[b][]=1`; objects in arrays get
 * indexes, since `[]` cannot say where one ends.
 */
export const deepObject = {
  name: 'deepObject',
  places: ['query'],
  explodes: false,
  takesOne: false,
  bare: false,
  repeats: false,
  names: { claims: (name, key) => bracketPath(name, key) !== null, draft: draftDeepObject },
  one: () => null,
  items: () => null,
  members: () => null,
  write: ({ name }, value) => join('&', pairsOf(percentEncode(name), value)),
} as const satisfies Style;

/** What stands behind one bracketed name: strings, or further names. */
interface Branch {
  readonly texts: string[];
  readonly branches: Map<string, Branch>;
}

/** Far deeper than any API nests, and no danger to the stack. */
const maximumDepth = 32;

/**
 * The value of a `deepObject` parameter (OpenAPI 3.1, 4.8.12). The specification stops at one level of strings; what
 * lies below follows qs, which most servers follow too: `a[b][c]=1`, `a[b][]=1`, `a[b][0]=1`, `a[b]=1&a[b]=2`.
 * @returns undefined where the query has no such name.
 */
function draftDeepObject(name: string, shape: Shape, pairs: Pairs): Draft | Defect | undefined {
  const root: Branch = { texts: [], branches: new Map() };
  let found = false;
  for (const [key, raws] of pairs.byName) {
    const path = bracketPath(name, key);
    if (path === null) continue;
    found = true;
    if (path.length > maximumDepth) return 'style';
    let branch = root;
    for (const step of path) branch = branchAt(branch, step);
    for (const raw of raws) {
      const text = pairs.decode(raw);
      if (text === null) return 'encoding';
      branch.texts.push(text);
    }
  }
  if (!found) return undefined;
  const plain = root.texts.length > 0 && (shape.types & ~wireType.object) === 0;
  return plain || isMixed(root) ? 'style' : draftBranch(root, shape);
}

/** `['b', 'c']` for `a[b][c]`, and nothing for `a` itself; null for a name that is not of this parameter. */
function bracketPath(name: string, key: string): string[] | null {
  if (!key.startsWith(name)) return null;
  if (key.length === name.length) return [];
  if (key[name.length] !== '[' || !key.endsWith(']')) return null;
  const path = key.slice(name.length + 1, -1).split('][');
  return path.some((step) => step.includes('[') || step.includes(']')) ? null : path;
}

function branchAt(branch: Branch, step: string): Branch {
  let next = branch.branches.get(step);
  if (!next) {
    next = { texts: [], branches: new Map() };
    branch.branches.set(step, next);
  }
  return next;
}

/** Whether one name is both a string and an object (`a[b]=1&a[b][c]=2`). */
function isMixed(branch: Branch): boolean {
  if (branch.texts.length > 0 && branch.branches.size > 0) return true;
  for (const next of branch.branches.values()) if (isMixed(next)) return true;
  return false;
}

const indexPattern = /^(?:0|[1-9][0-9]{0,15})$/;

function draftBranch(branch: Branch, shape: Shape): Draft {
  if (branch.branches.size === 0) return draftMember(shape, branch.texts);
  const pushed = branch.branches.get('');
  const names = [...branch.branches.keys()];
  const indexed = names.every((name) => name === '' || indexPattern.test(name));
  const array =
    shape.types & wireType.array && (pushed !== undefined || !(shape.types & wireType.object) || isRange(names));
  return indexed && (array || pushed) ? draftItems(branch, shape) : draftMembers(branch, shape);
}

function isRange(names: readonly string[]): boolean {
  const present = new Set(names);
  return names.every((_, index) => present.has(String(index)));
}

function draftItems(branch: Branch, shape: Shape): Draft {
  const items: unknown[] = [];
  const draft = Draft.container(items);
  const add = (branchOfItem: Branch) => {
    const index = items.length;
    draft.adopt(items, index, `/${index}`, draftBranch(branchOfItem, shape.item(index)));
  };
  const indexes = [...branch.branches.keys()]
    .filter((name) => name !== '')
    .sort((one, other) => Number(one) - Number(other));
  for (const index of indexes) add(branchAt(branch, index));
  const pushed = branch.branches.get('');
  for (const text of pushed?.texts ?? []) add({ texts: [text], branches: new Map() });
  if (pushed && pushed.branches.size > 0) add({ texts: [], branches: pushed.branches });
  return draft;
}

function draftMembers(branch: Branch, shape: Shape): Draft {
  const members = {};
  const draft = Draft.container(members);
  for (const [name, next] of branch.branches) {
    draft.adopt(members, name, pointerOf(name), draftBranch(next, shape.member(name)));
  }
  return draft;
}

function pairsOf(key: string | null, value: unknown): (string | null)[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [null];
    const flat = value.every((item) => primitiveText(item) !== null);
    return value.flatMap((item, index) => pairsOf(step(key, flat ? '' : String(index)), item));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // Numbers as names would be read as an array's indexes, and no name at all as an item.
    const readable =
      entries.some(([member]) => !/^[0-9]+$/.test(member)) && entries.every(([member]) => !/^$|[[\]]/.test(member));
    return readable ? entries.flatMap(([member, item]) => pairsOf(step(key, percentEncode(member)), item)) : [null];
  }
  const text = primitiveText(value);
  return [assign(key, text === null ? null : percentEncode(text))];
}

function step(key: string | null, name: string | null): string | null {
  return key === null || name === null ? null : `${key}%5B${name}%5D`;
}
