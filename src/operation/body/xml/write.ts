import { lookAt } from '../../../schema/outlook.js';
import type { Direction, Schemas } from '../../../schema/types.js';
import { type At, type Edge, type View, viewOf } from '../../../schema/view.js';
import { scalarText, writeJson } from '../../../text/integers.js';
import { isObject, type Json } from '../../../text/value.js';
import { componentName, instanceNamespace, type Role, rootNode, type XmlNode, xmlName, xmlNodes } from './node.js';

/** What is inside of an element that is being written. */
interface Inside {
  attributes: string;
  content: string;
  /** Prefixes of this element and its attributes, with their namespaces; `''` is the default one. */
  readonly used: Map<string, string>;
  /** Those that are known where it stands. */
  readonly scope: ReadonlyMap<string, string>;
}

/** A value as one XML document, as the XML Objects of its schema say. */
export function writeXml(value: Json, pointer: string | null, direction: Direction, schemas: Schemas): string {
  const writer = new XmlWriter(schemas, direction);
  const ats = pointer === null ? [] : [pointer];
  const scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
  const node = rootNode(viewOf(schemas.document), ats, writer.taken(ats, value));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writer.element(value, ats, node, scope, true)}`;
}

class XmlWriter {
  readonly #schemas: Schemas;
  readonly #direction: Direction;
  readonly #view: View;

  constructor(schemas: Schemas, direction: Direction) {
    this.#schemas = schemas;
    this.#direction = direction;
    this.#view = viewOf(schemas.document);
  }

  /** Which branches a value is of. */
  taken(ats: readonly At[], value: Json): (edge: Edge) => boolean {
    const branches = lookAt(this.#schemas, this.#direction, ats, value).branches.filter(({ taken }) => taken);
    return ({ pointer }) => branches.some((branch) => branch.pointer === pointer);
  }

  element(value: Json, ats: readonly At[], node: XmlNode, scope: ReadonlyMap<string, string>, isRoot = false): string {
    const inside: Inside = { attributes: '', content: '', used: new Map(), scope };
    const tag = qualified(node, inside, false);
    if (value === null) {
      const nil = {
        type: 'attribute',
        name: 'nil',
        isNamed: true,
        prefix: 'xsi',
        namespace: instanceNamespace,
      } as const;
      inside.attributes = ` ${qualified(nil, inside, true)}="true"`;
    } else this.#fill(value, ats, isRoot ? null : node.name, inside);
    const unknown = [...inside.used].filter(([prefix, namespace]) => scope.get(prefix) !== namespace);
    const declarations = unknown.map(
      ([prefix, namespace]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(namespace)}"`,
    );
    return `<${tag}${declarations.join('')}${inside.attributes}>${inside.content}</${tag}>`;
  }

  /**
   * All that an element has of a value.
   * @param name Of items that have none of their own; null for those of the whole, which are named after their component.
   */
  #fill(value: Json, ats: readonly At[], name: string | null, inside: Inside): void {
    if (value === null) return;
    if (typeof value !== 'object') {
      inside.content += escaped(scalarText(value));
      return;
    }
    const { parts } = lookAt(this.#schemas, this.#direction, ats, value);
    const targets = (edges: readonly Edge[]) => edges.map(({ to }) => to);
    if (isObject(value)) {
      for (const [member, inner] of Object.entries(value)) {
        this.#put(inner, targets(this.#view.member(parts, member)), { inferred: member, isItem: false }, inside);
      }
      return;
    }
    for (const [index, item] of value.entries()) {
      const places = targets(this.#view.item(parts, index));
      const inferred = name ?? componentName(this.#view, places[0]) ?? 'item';
      this.#put(item, places, { inferred, isItem: true }, inside);
    }
  }

  /** One value inside of another. */
  #put(value: Json, ats: readonly At[], role: Omit<Role, 'isList'>, inside: Inside): void {
    const nodes = xmlNodes(this.#view, ats, { ...role, isList: Array.isArray(value) }, this.taken(ats, value));
    const node = nodes[0] as XmlNode;
    const scope = new Map([...inside.scope, ...inside.used]);
    if (node.type === 'element') inside.content += this.element(value, ats, node, scope);
    else if (node.type === 'none') this.#fill(value, ats, node.name, inside);
    else if (node.type === 'text') inside.content += escaped(textOf(value));
    else if (node.type === 'cdata') inside.content += section(textOf(value));
    else if (value !== null) inside.attributes += ` ${qualified(node, inside, true)}="${quoted(textOf(value))}"`;
  }
}

/** What has room for one text only: the items of a list have blanks between them (XML Schema, list types). */
function textOf(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.map(scalarText).join(' ');
  return typeof value === 'object' ? writeJson(value) : scalarText(value);
}

/** A name with its prefix, which the element declares where it has another meaning or none. */
function qualified({ name, prefix: wanted, namespace }: XmlNode, inside: Inside, isAttribute: boolean): string {
  const { used, scope } = inside;
  // The default namespace is not that of attributes (Namespaces in XML 1.0, 6.2).
  let prefix = wanted === null ? (isAttribute && namespace !== null ? 'ns' : '') : xmlName(wanted);
  if (prefix === 'xml') return `xml:${name}`;
  if (prefix === '') {
    if (namespace !== null) used.set('', namespace);
    return name;
  }
  if (prefix === 'xmlns') prefix = 'ns';
  const meaning = namespace ?? used.get(prefix) ?? scope.get(prefix) ?? `urn:${prefix}`;
  // The name of the element itself may give a prefix another meaning; attributes may not, since what is inside relies on it.
  const known = (): string | undefined => used.get(prefix) ?? (isAttribute ? scope.get(prefix) : undefined);
  while (known() !== undefined && known() !== meaning) prefix += '1';
  used.set(prefix, meaning);
  return `${prefix}:${name}`;
}

/** Markup is escaped; characters that XML 1.0 (2.2) has no room for are replaced. */
function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

/** In an attribute line ends and tabs are blanks, unless they are references (XML 1.0, 3.3.3). */
function quoted(text: string): string {
  return escaped(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

function section(text: string): string {
  return `<![CDATA[${printable(text).replaceAll(']]>', ']]]]><![CDATA[>').replaceAll('\r', ']]>&#13;<![CDATA[')}]]>`;
}

function printable(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
