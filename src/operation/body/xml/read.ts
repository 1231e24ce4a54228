import type { Document } from '../../../document/index.js';
import type { Schema, Violation } from '../../../schema/index.js';
import { viewOf } from '../../../schema/view.js';
import { pointerOf } from '../../../text/pointer.js';
import { Draft } from '../../parameter/draft.js';
import { literalReadings } from '../../parameter/literal.js';
import { primitiveTypes, shapeOf, wireType } from '../../parameter/shape.js';
import { Expectation } from './expectation.js';
import type { XmlNode } from './node.js';
import type { XmlElement } from './parse.js';

/**
 * The value that an XML document stands for, as its schema and its XML Objects say. Where they leave a name open, any will
 * do: the root, and the items of a list that is one. Attributes that nothing declares are passed over.
 */
export function draftXml(root: XmlElement, schema: Schema, document: Document) {
  const expected = new Expectation(viewOf(document), [schema.pointer], shapeOf(schema, document));
  const reader = new XmlReader(schema.pointer);
  // A list without an element of its own needs some root, of any name.
  const nodes = expected.nodes('', { isItem: false }).filter(({ type }) => type === 'element');
  if (nodes.length > 0) reader.expectName(root, nodes, '');
  return { draft: reader.value(root, expected, root.name, ''), violations: reader.violations };
}

/** More than anybody reads. */
const maximumComplaints = 100;

class XmlReader {
  readonly violations: Violation[] = [];
  readonly #schemaPointer: string;
  readonly #byName = new Map<XmlElement, Map<string, XmlElement[]>>();

  constructor(schemaPointer: string) {
    this.#schemaPointer = schemaPointer;
  }

  #complain(path: string, expected: string, found: string): void {
    if (this.violations.length >= maximumComplaints) return;
    const message = `expected ${expected}, found ${found}`;
    const place = { in: 'body', pointer: path, schemaPointer: this.#schemaPointer } as const;
    this.violations.push({ ...place, keyword: 'style', message, expected, received: found, params: {} });
  }

  /** Names that the document gives have to be kept. */
  expectName(element: XmlElement, nodes: readonly XmlNode[], path: string): void {
    if (nodes.some((node) => (!node.isNamed || node.name === element.name) && isInNamespace(element, node))) return;
    const names = new Set(nodes.map((node) => described(node.isNamed ? node.name : element.name, node.namespace)));
    this.#complain(path, [...names].join(' or '), described(element.name, element.namespace || null));
  }

  /** What one element stands for. */
  value(element: XmlElement, expected: Expectation, name: string, path: string): Draft {
    if (element.isNil) return Draft.of([null]);
    const hasElements = elementsOf(element).length > 0;
    const text = textOf(element);
    if (expected.allows(wireType.object)) {
      const isStructured = hasElements || !expected.allows(primitiveTypes | wireType.array);
      const isEmpty = text.trim() === '' && expected.isImpliedObject;
      if (isStructured || isEmpty || hasOwnNodes(element, expected)) return this.#object(element, expected, path);
    }
    if (expected.allows(wireType.array) && (hasElements || !expected.allows(primitiveTypes))) {
      return this.#list(element, expected, name, path);
    }
    if (hasElements) return this.#object(element, expected, path);
    const readings = xmlReadings(text, expected.shape.types);
    if (text !== '') return Draft.of(readings);
    if (expected.allows(wireType.object)) readings.push({});
    if (expected.allows(wireType.array)) readings.push([]);
    return Draft.of(expected.isNullable ? [...readings, null] : readings);
  }

  #object(element: XmlElement, expected: Expectation, path: string): Draft {
    const used = new Set<XmlElement>();
    const { draft, members } = this.#declared(element, expected, used, path);
    const { names } = expected.shape;
    for (const { name } of elementsOf(element).filter((child) => !used.has(child))) {
      // What is declared under this name has another one in XML, or another namespace.
      if (names.includes(name) || Object.hasOwn(members, name)) continue;
      const made = this.#member(element, expected.member(name), name, used, path + pointerOf(name));
      if (made !== undefined) draft.adopt(members, name, pointerOf(name), made);
    }
    if (names.length > 0 && textOf(element).trim() !== '' && !mayHaveText(expected)) {
      this.#complain(path, `elements in <${element.name}>`, 'text');
    }
    return draft;
  }

  /** The members that the schema names. */
  #declared(element: XmlElement, expected: Expectation, used: Set<XmlElement>, path: string) {
    const members = {};
    const draft = Draft.container(members);
    for (const name of expected.shape.names) {
      const made = this.#member(element, expected.member(name), name, used, path + pointerOf(name));
      if (made !== undefined) draft.adopt(members, name, pointerOf(name), made);
      // Nothing at all is a list without items.
      else if (isSpread(expected.member(name), name) && expected.requires(name)) {
        draft.put(members, name, pointerOf(name), [[]]);
      }
    }
    return { draft, members };
  }

  /** A member by what it is in XML; undefined where it is not there. */
  #member(
    element: XmlElement,
    member: Expectation,
    name: string,
    used: Set<XmlElement>,
    path: string,
  ): Draft | undefined {
    const nodes = member.nodes(name, { isItem: false });
    const [node] = nodes as readonly [XmlNode];
    const { types } = member.shape;
    if (node.type === 'attribute') {
      const text = element.attributes.get(node.name);
      if (text === undefined) return member.isNullable ? Draft.of([null]) : undefined;
      return Draft.of(member.isList ? [listIn(text, member)] : xmlReadings(text, types));
    }
    if (node.type === 'text' || node.type === 'cdata') {
      const text = textOf(element);
      return Draft.of([...xmlReadings(text, types), ...xmlReadings(text.trim(), types)]);
    }
    const isInside = isSpread(member, name);
    if (node.type === 'none' && !isInside) {
      const { draft, members } = this.#declared(element, member, used, path);
      return Object.keys(members).length > 0 ? draft : undefined;
    }
    const wanted = isInside ? member.item(0).nodes(name, { isItem: true }) : nodes;
    const children = this.#childrenNamed(element, new Set(wanted.map((each) => each.name)));
    const found = children.filter((child) => !used.has(child) && wanted.some((each) => isNode(child, each)));
    for (const child of found) used.add(child);
    if (found.length === 0) return undefined;
    if (found.length === 1 && !isInside) return this.value(found[0] as XmlElement, member, node.name, path);
    return this.#items(found, member, name, path);
  }

  /** In their order. Those of one name are kept together, since an element may have as many names as children. */
  #childrenNamed(element: XmlElement, names: ReadonlySet<string>): readonly XmlElement[] {
    if (names.size > 1) return elementsOf(element).filter(({ name }) => names.has(name));
    let byName = this.#byName.get(element);
    if (byName === undefined) {
      byName = new Map();
      for (const child of elementsOf(element)) {
        const alike = byName.get(child.name);
        if (alike) alike.push(child);
        else byName.set(child.name, [child]);
      }
      this.#byName.set(element, byName);
    }
    return [...names].flatMap((name) => byName.get(name) ?? []);
  }

  /** A list in an element of its own. */
  #list(element: XmlElement, expected: Expectation, name: string, path: string): Draft {
    const pieces = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
    const nodesAt = (index: number) => expected.item(index).nodes(name, { isItem: true });
    const hasText = pieces.some((_, index) => nodesAt(index).some(({ type }) => type === 'text' || type === 'cdata'));
    if (!hasText && pieces.some((piece) => typeof piece === 'string')) {
      this.#complain(path, `elements in <${element.name}>`, 'text');
    }
    const items = hasText ? pieces : elementsOf(element);
    for (const [index, item] of items.entries()) {
      if (typeof item !== 'string') this.expectName(item, nodesAt(index), path + pointerOf(index));
    }
    return this.#items(items, expected, name, path);
  }

  #items(pieces: readonly (XmlElement | string)[], expected: Expectation, name: string, path: string): Draft {
    const items: unknown[] = [];
    const draft = Draft.container(items);
    for (const [index, piece] of pieces.entries()) {
      const item = expected.item(index);
      if (typeof piece === 'string') draft.put(items, index, pointerOf(index), xmlReadings(piece, item.shape.types));
      else draft.adopt(items, index, pointerOf(index), this.value(piece, item, name, path + pointerOf(index)));
    }
    return draft;
  }
}

/** A list whose items stand among the other members. */
function isSpread(member: Expectation, name: string): boolean {
  return member.allows(wireType.array) && member.nodes(name, { isItem: false })[0]?.type === 'none';
}

/** Whether what the schema says is in an element itself is there: attributes, or its text. */
function hasOwnNodes({ attributes }: XmlElement, expected: Expectation): boolean {
  return expected.shape.names.some((name) => {
    const { type, name: own } = expected.member(name).nodes(name, { isItem: false })[0] as XmlNode;
    return type === 'text' || type === 'cdata' || (type === 'attribute' && attributes.has(own));
  });
}

/** Whether the text of an element can be something: a member, or one of what is in it without an element. */
function mayHaveText(expected: Expectation): boolean {
  return expected.shape.names.some((name) => {
    const member = expected.member(name);
    const { type } = member.nodes(name, { isItem: false })[0] as XmlNode;
    return type === 'text' || type === 'cdata' || (type === 'none' && !isSpread(member, name));
  });
}

function isInNamespace({ namespace }: XmlElement, node: XmlNode): boolean {
  return node.namespace === null || node.namespace === namespace;
}

function isNode(element: XmlElement, node: XmlNode): boolean {
  return node.name === element.name && isInNamespace(element, node);
}

function described(name: string, namespace: string | null): string {
  return `<${name}>${namespace === null ? '' : ` of the namespace ${namespace}`}`;
}

function elementsOf({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== 'string');
}

function textOf({ children }: XmlElement): string {
  return children.filter((child) => typeof child === 'string').join('');
}

/** Numbers and booleans have more forms in XML than in JSON, and may have blanks around them (XML Schema, 3.2 and 3.3). */
function xmlReadings(text: string, types: number): unknown[] {
  const bare = text.trim();
  const readings: unknown[] = types & wireType.string ? [text] : [];
  if (types & (wireType.number | wireType.integer) && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(bare)) {
    const exact = literalReadings(bare.replace(/^\+/, ''), wireType.number)[0];
    readings.push(typeof exact === 'number' ? exact : Number(bare));
  }
  if (types & wireType.boolean && /^(?:true|false|1|0)$/.test(bare)) readings.push(bare === 'true' || bare === '1');
  return readings.length > 0 ? readings : literalReadings(text, types);
}

function listIn(text: string, list: Expectation): unknown[] {
  const texts = text.trim() === '' ? [] : text.trim().split(/\s+/);
  return texts.map((each, index) => xmlReadings(each, list.item(index).shape.types)[0]);
}
