import type { At, Edge, Part, View } from '../../../schema/view.js';
import { parsePointer } from '../../../text/pointer.js';
import { isObject, type JsonObject } from '../../../text/value.js';

const nodeTypes = ['element', 'attribute', 'text', 'cdata', 'none'] as const;

/** Of what says how an instance is to be read, as `xsi:nil` (XML Schema 1.0, Structures, 2.6). */
export const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

/** What stands in XML for a value of a schema (XML Object, OpenAPI 3.2, 4.26). */
export interface XmlNode {
  readonly type: (typeof nodeTypes)[number];
  /** Without its prefix. */
  readonly name: string;
  /** Whether the document gives the name, so that another is wrong. */
  readonly isNamed: boolean;
  readonly prefix: string | null;
  readonly namespace: string | null;
}

/** Whose value it is. */
export interface Role {
  /** The name where no XML Object gives one. */
  readonly inferred: string;
  /** A list has no element of its own, unless it stands in another list, where its items could not be told apart. */
  readonly isList: boolean;
  readonly isItem: boolean;
}

/** Schemas with many branches could have a node each. */
const mostNodes = 32;

/**
 * What a value of the schemas at some places can be in XML: more than one where branches have XML Objects of their own.
 * @param isTaken Whether a branch of `anyOf` or `oneOf` counts.
 */
export function xmlNodes(view: View, ats: readonly At[], role: Role, isTaken: (edge: Edge) => boolean): XmlNode[] {
  let merged: JsonObject[] = [{}];
  // Of the schemas that hold together each has its word, the first first.
  for (const part of ats.map((at) => view.part(at)).filter((found) => found !== undefined)) {
    const more: JsonObject[] = [];
    for (const object of xmlObjects(view, part, isTaken, [part])) {
      if (more.push(object) === mostNodes) break;
    }
    merged = merged.flatMap((object) => more.map((each) => ({ ...each, ...object }))).slice(0, mostNodes);
  }
  return merged.map((object) => nodeOf(object, role));
}

/** The XML Objects for a schema, each merged from the nearest on: a reference may have one beside it. */
function* xmlObjects(
  view: View,
  part: Part,
  isTaken: (edge: Edge) => boolean,
  above: readonly Part[],
): Generator<JsonObject> {
  const own = isObject(part.schema.xml) ? part.schema.xml : {};
  const edges = view.edges(part);
  const isOnly = edges.filter(({ keyword }) => keyword === 'allOf').length === 1;
  let isLast = true;
  for (const edge of edges) {
    const { keyword, to } = edge;
    const isBranch = keyword === 'anyOf' || keyword === 'oneOf';
    // Of several schemas that hold together none names the whole.
    const leads = keyword === '$ref' || keyword === '$dynamicRef' || (keyword === 'allOf' && isOnly);
    const next = leads || (isBranch && isTaken(edge)) ? view.part(to) : undefined;
    if (next === undefined || above.includes(next)) continue;
    isLast = false;
    for (const object of xmlObjects(view, next, isTaken, [...above, next])) yield { ...object, ...own };
  }
  if (isLast) yield own;
}

/** The name of the component that a schema is, by reference too. */
export function componentName(view: View, at: At | undefined): string | undefined {
  const chain = new Set<Part>();
  let part = at === undefined ? undefined : view.part(at);
  while (part !== undefined && !chain.has(part)) {
    chain.add(part);
    const to = view.edges(part).find(({ keyword }) => keyword === '$ref')?.to;
    if (to === undefined) break;
    part = view.part(to);
  }
  const last = [...chain].at(-1);
  const component = /^\/components\/schemas\/([^/]+)$/.exec(last?.pointer ?? '')?.[1];
  if (component !== undefined) return parsePointer(`/${component}`)[0];
  return typeof last?.schema.title === 'string' ? last.schema.title : undefined;
}

/** The element that is the whole: named by its XML Object, else after its component, else by its title. */
export function rootNode(view: View, ats: readonly At[], isTaken: (edge: Edge) => boolean): XmlNode {
  const role = { inferred: componentName(view, ats[0]) ?? 'root', isList: false, isItem: false };
  const [node] = xmlNodes(view, ats, role, isTaken);
  return { ...(node as XmlNode), type: 'element' };
}

function nodeOf(object: JsonObject, { inferred, isList, isItem }: Role): XmlNode {
  const { nodeType, attribute, wrapped, name: given, namespace } = object;
  const named = nodeTypes.find((type) => type === nodeType);
  const usual = isList && !isItem && wrapped !== true ? 'none' : attribute === true ? 'attribute' : 'element';
  const type = named ?? usual;
  // The name of a list is that of its element, where it has one (3.1, 4.8.26.1).
  const isNamed = typeof given === 'string' && given !== '' && (type === 'element' || type === 'attribute');
  const [, before, name = ''] = /^(?:([^:]*):)?(.*)$/su.exec(isNamed ? given : inferred) ?? [];
  return {
    type,
    name: xmlName(isNamed ? name : inferred),
    isNamed,
    prefix: textIn(object.prefix) ?? (isNamed ? textIn(before) : null),
    namespace: textIn(namespace),
  };
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const startCharacters =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const otherCharacters = new RegExp(`[^${startCharacters}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]`, 'gu');
const badStart = new RegExp(`^(?![${startCharacters}])`, 'u');

/** A name as XML lets one be (Namespaces in XML 1.0, NCName): what it has no room for is an underscore. */
export function xmlName(name: string): string {
  return name.replaceAll(otherCharacters, '_').replace(badStart, '_');
}
