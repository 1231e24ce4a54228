import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Places } from './json-places.js';
import { maximumDepth } from './plain.js';

/** Finds places in YAML text that has been read without an error. */
export function yamlPlaces(text: string): Places {
  const root = outline(text);
  return (segments) => {
    let node: Node | undefined = root;
    let offset = root.start;
    let found = 0;
    for (const segment of segments) {
      const member: Member | undefined = lookUp(node, segment);
      if (member === undefined) break;
      offset = member.place;
      node = member.node;
      found += 1;
    }
    return { offset, found };
  };
}

/** A key that its map has already, and where it stands. */
export interface RepeatedKey {
  readonly name: string;
  readonly offset: number;
}

/** The keys that their maps have already, in YAML text that has been read without another error. */
export function repeatedKeys(text: string): readonly RepeatedKey[] {
  const repeated: RepeatedKey[] = [];
  outline(text, (key) => repeated.push(key));
  return repeated;
}

interface Node {
  readonly start: number;
  readonly members: Map<string, Member>;
  readonly isList: boolean;
  /** What `<<` merges into this one: mappings, or one list of them, in order of precedence. */
  readonly merged: Node[];
}

interface Member {
  /** Offset of the key; of the value for an item. */
  readonly place: number;
  readonly node: Node;
}

function lookUp(node: Node, segment: string): Member | undefined {
  const own = node.members.get(segment);
  if (own !== undefined) return own;
  for (const merged of node.merged.flatMap((source) => (source.isList ? itemsOf(source) : [source]))) {
    const member = lookUp(merged, segment);
    if (member !== undefined) return member;
  }
  return undefined;
}

function itemsOf(list: Node): Node[] {
  return [...list.members.values()].map(({ node }) => node);
}

interface Frame {
  readonly node: Node;
  readonly kind: 'document' | 'mapping' | 'sequence';
  key: { readonly text: string; readonly place: number } | undefined;
  count: number;
}

/** The tree of keys and offsets, from js-yaml's events. */
function outline(text: string, onRepeated?: (key: RepeatedKey) => void): Node {
  const anchors = new Map<string, Node>();
  const root: Frame = { node: leaf(0), kind: 'document', key: undefined, count: 0 };
  const stack: Frame[] = [root];
  let result = root.node;
  let last = 0;

  const add = (node: Node, keyText: string): void => {
    const frame = stack.at(-1) ?? root;
    if (frame.kind === 'document') {
      result = node;
    } else if (frame.kind === 'sequence') {
      frame.node.members.set(String(frame.count++), { place: node.start, node });
    } else if (frame.key === undefined) {
      frame.key = { text: keyText, place: node.start };
    } else {
      if (frame.key.text === '<<') {
        frame.node.merged.push(node);
      } else {
        if (frame.node.members.has(frame.key.text)) {
          onRepeated?.({ name: frame.key.text, offset: frame.key.place });
        }
        frame.node.members.set(frame.key.text, { place: frame.key.place, node });
      }
      frame.key = undefined;
    }
  };

  for (const event of parseEvents(text, { maxDepth: maximumDepth })) {
    switch (event.type) {
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const node: Node = { ...leaf(event.start), isList: event.type === EVENT_ID.SEQUENCE };
        remember(anchors, event, text, node);
        add(node, '');
        stack.push({ node, kind: event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence', key: undefined, count: 0 });
        break;
      }
      case EVENT_ID.SCALAR: {
        const node = leaf(startOf(event, last));
        remember(anchors, event, text, node);
        add(node, keyOf(text, event));
        last = Math.max(event.valueEnd, node.start);
        break;
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        const start = event.anchorStart - 1;
        add(target === undefined ? leaf(start) : { ...target, start }, '');
        break;
      }
      case EVENT_ID.POP:
        stack.pop();
        break;
      default:
        stack.push(root);
    }
  }
  return result;
}

function leaf(start: number): Node {
  return { start, members: new Map(), isList: false, merged: [] };
}

function remember(anchors: Map<string, Node>, event: Event, text: string, node: Node): void {
  if ('anchorStart' in event && event.anchorStart >= 0) {
    anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
  }
}

function keyOf(text: string, event: ScalarEvent): string {
  return event.valueStart < 0 ? '' : getScalarValue(text, event);
}

/** Where a person sees the scalar begin: at its quote. An empty one has no place and gets that of what came before. */
function startOf(event: ScalarEvent, last: number): number {
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return event.valueStart < 0 ? last : event.valueStart - (quoted ? 1 : 0);
}
