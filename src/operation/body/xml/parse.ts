import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { BodyBudget } from '../limits.js';
import { instanceNamespace } from './node.js';

/** An element of an XML document, with its prefixes resolved (Namespaces in XML 1.0). */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** `''` where it is in none. */
  readonly namespace: string;
  /** By local name; without declarations of namespaces and the attributes of XML Schema instances. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and text, in their order; comments and processing instructions are left out. */
  readonly children: readonly (XmlElement | string)[];
  /** `xsi:nil`. */
  readonly isNil: boolean;
}

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  /** It may be right, but has entities of its own, which are not expanded. */
  | { readonly ok: 'unread' }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly found: string };

/**
 * Reads one XML document (XML 1.0, 5th edition). What is not well-formed is refused. No entity is expanded but the five that
 * XML itself has, and nothing is ever loaded.
 * @throws BodyLimitExceeded where there are more elements, attributes, texts and entities, or deeper ones, than may be
 */
export function parseXml(text: string, budget: BodyBudget): XmlReading {
  // Each costs as much as an element.
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) budget.spend('members');
  const parser = new SaxesParser({ xmlns: true });
  const top: (XmlElement | string)[] = [];
  const open: (XmlElement | string)[][] = [top];
  let hasDoctype = false;
  let reading: XmlReading | undefined;
  const add = (piece: XmlElement | string) => {
    budget.spend('members');
    open.at(-1)?.push(piece);
  };
  parser.on('doctype', () => {
    hasDoctype = true;
  });
  parser.on('opentag', (tag) => {
    const children: (XmlElement | string)[] = [];
    add(elementOf(tag, children));
    budget.reach(open.length);
    open.push(children);
  });
  parser.on('attribute', () => budget.spend('members'));
  parser.on('closetag', () => open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('error', ({ message }) => {
    const found = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    if (hasDoctype && found === 'undefined entity') reading = { ok: 'unread' };
    stop(found);
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (reading === undefined) throw error;
    return reading;
  }
  const root = top.find((piece) => typeof piece !== 'string');
  return root === undefined ? failure(1, 0, 'no element') : { ok: true, root };

  /** Whatever comes behind a fault is not read: one is told. */
  function stop(found: string): never {
    reading ??= failure(parser.line, parser.column, found);
    throw new Error(found);
  }
}

function elementOf(tag: SaxesTagNS, children: XmlElement['children']): XmlElement {
  const attributes = new Map<string, string>();
  let isNil = false;
  for (const { prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (uri === instanceNamespace) isNil ||= local === 'nil' && /^\s*(?:true|1)\s*$/.test(value);
    else if (prefix !== 'xmlns' && local !== 'xmlns') attributes.set(local, value);
  }
  return { name: tag.local, namespace: tag.uri, attributes, children, isNil };
}

function failure(line: number, column: number, found: string): XmlReading {
  return { ok: false, line, column: column + 1, found };
}
