import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type JsonObject, setMember } from '../../text/value.js';
import { resolve } from '../document.js';
import type { DocumentProblem, LeftOut } from '../problems.js';
import { embeddedFiles } from '../read/origins.js';
import { objectKinds } from '../refer/object-kinds.js';
import { pathsIn, shapeOf } from './mounts.js';
import { mounted } from './names.js';
import type { Origin, Part } from './part.js';

/** An operation of a path item: the steps to it, and how it is called. */
interface Placed {
  readonly steps: readonly string[];
  readonly method: string;
  readonly value: JsonObject;
}

/**
 * Puts the paths of several documents together, each where its document is served. Of an operation that two have the first answers.
 * @returns what is said of the others
 */
export function joinPaths(
  root: JsonObject,
  parts: readonly Part[],
  origins: Map<string, Origin>,
): { readonly problems: readonly DocumentProblem[]; readonly leftOut: readonly LeftOut[] } {
  const paths = memberOf(root, 'paths');
  const owners = new Map<string, Part>();
  const problems: DocumentProblem[] = [];
  const leftOut: LeftOut[] = [];
  for (const part of parts) {
    for (const own of pathsIn(part.root)) {
      const item = child(part.root.paths, own);
      if (!isObject(item)) continue;
      const path = mounted(part.mount.path, own);
      const items = [item, resolve({ root: part.root, elsewhere: new Map() }, item, '').value].filter(isObject);
      const operations = operationsIn(items);
      const ownerOf = ({ method }: Placed) => owners.get(`${method} ${shapeOf(path)}`) ?? part;
      const kept = operations.filter((placed) => ownerOf(placed) === part);
      for (const placed of operations.filter((each) => !kept.includes(each))) {
        const name = `${placed.method} ${path}`;
        const owner = ownerOf(placed).document.name;
        const location = part.document.locate(pointerOf('paths', own, ...placed.steps));
        problems.push(taken(name, owner, part, location));
        leftOut.push({ name: `${name} of ${part.document.name}`, reason: `${owner} has it already` });
      }
      for (const { method } of kept) owners.set(`${method} ${shapeOf(path)}`, part);
      if (kept.length === operations.length && !Object.hasOwn(paths, path)) {
        setMember(paths, path, item);
        origins.set(pointerOf('paths', path), { document: part.document, segments: ['paths', own] });
        continue;
      }
      // What references lead to has to stand somewhere.
      if (part.links.some(({ target: { segments } }) => segments[0] === 'paths' && segments[1] === own))
        setMember(memberOf(memberOf(root, embeddedFiles), part.label), path, item);
      for (const placed of kept) {
        add(memberOf(paths, path), placed, items);
        const origin = { document: part.document, segments: ['paths', own, ...placed.steps] };
        origins.set(pointerOf('paths', path, ...placed.steps), origin);
      }
    }
  }
  return { problems, leftOut };
}

function taken(
  name: string,
  owner: string,
  { document, label }: Part,
  location: DocumentProblem['location'],
): DocumentProblem {
  return {
    id: 'operation-taken',
    takes: 'operation',
    message: `${name} is an operation of ${owner} already`,
    ...(location && { location }),
    remedy: `Serve one of them elsewhere: --prefix ${document.name}=/${label}`,
  };
}

/** An object inside of another, made where it is not there. */
export function memberOf(holder: JsonObject, name: string): JsonObject {
  if (!Object.hasOwn(holder, name) || !isObject(holder[name])) setMember(holder, name, {});
  return holder[name] as JsonObject;
}

function operationsIn(items: readonly JsonObject[]): Placed[] {
  const found: Placed[] = [];
  for (const from of new Set(items)) {
    for (const [name, value] of Object.entries(from)) {
      if (name === 'additionalOperations' && isObject(value)) {
        for (const [method, operation] of Object.entries(value))
          if (isObject(operation)) found.push({ steps: [name, method], method, value: operation });
      } else if (objectKinds.pathItem.members.get(name)?.kind === 'operation' && isObject(value))
        found.push({ steps: [name], method: name.toUpperCase(), value });
    }
  }
  return found;
}

/** Adds an operation to a path item that others are in, with what its own path item says for it. */
function add(held: JsonObject, { steps, value }: Placed, items: readonly JsonObject[]): void {
  const above = (name: string) => items.map((item) => item[name]).find((said) => said !== undefined);
  const shared = [above('parameters'), value.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
  const servers = value.servers ?? above('servers');
  const [first = '', second] = steps;
  const operation = {
    ...value,
    ...(shared.length > 0 && { parameters: shared }),
    ...(servers !== undefined && { servers }),
  };
  if (second === undefined) setMember(held, first, operation);
  else setMember(memberOf(held, first), second, operation);
}
