import { pointerOf } from '../../text/pointer.js';
import { Draft } from './draft.js';
import { literalReadings } from './literal.js';
import { primitiveTypes, type Shape, wireType } from './shape.js';
import type { Defect, Layout } from './styles/style.js';

export type Structure = 'primitive' | 'array' | 'object';

const structureTypes = { primitive: primitiveTypes, array: wireType.array, object: wireType.object } as const;

/**
 * The structures that a value of this shape can have, the likelier first: one string unless there are several.
 * A shape that lets nothing in is read as a string, for the schema to refuse.
 */
export function structuresOf(types: number, occurrences: number): readonly Structure[] {
  if ((types & ~primitiveTypes) === 0) return onlyPrimitive;
  return (occurrences > 1 ? severalFirst : oneFirst).filter((structure) => types & structureTypes[structure]);
}

const onlyPrimitive: readonly Structure[] = ['primitive'];
const oneFirst: readonly Structure[] = ['primitive', 'array', 'object'];
const severalFirst: readonly Structure[] = ['array', 'primitive', 'object'];

/** The value that all occurrences of one name stand for, read as one structure. Of several where one counts, it is the last. */
export function draftAs(structure: Structure, layout: Layout, shape: Shape, raws: readonly string[]): Draft | Defect {
  if (structure === 'array') return draftArray(layout, shape, raws);
  if (structure === 'object') return draftObject(layout, shape, raws);
  const cut = layout.style.one(layout, raws.at(-1) ?? '');
  if (cut === null) return 'style';
  const text = layout.decode(cut[0] ?? '');
  return text === null ? 'encoding' : Draft.of(literalReadings(text, shape.types));
}

function draftArray(layout: Layout, shape: Shape, raws: readonly string[]): Draft | Defect {
  const pieces = layout.style.items(layout, raws);
  if (pieces === null) return 'style';
  // RFC 6570 writes nothing for an empty list, so that this is one empty string; many a client writes it all the same.
  const isOneString = !(layout.explode && layout.style.repeats);
  if (pieces.length === 1 && pieces[0] === '' && isOneString) return Draft.of([[''], []]);
  const items: unknown[] = [];
  const draft = Draft.container(items);
  for (const [index, piece] of pieces.entries()) {
    const text = layout.decode(piece);
    if (text === null) return 'encoding';
    draft.put(items, index, `/${index}`, literalReadings(text, shape.item(index).types));
  }
  return draft;
}

function draftObject(layout: Layout, shape: Shape, raws: readonly string[]): Draft | Defect {
  const pieces = layout.style.members(layout, raws.at(-1) ?? '');
  if (pieces === null) return 'style';
  const members = {};
  const draft = Draft.container(members);
  // The last of two members with one name counts, and must not leave a choice of the first behind.
  const byName = new Map<string, string>();
  for (const [rawName, raw] of pieces) {
    const name = layout.decode(rawName);
    const text = layout.decode(raw);
    if (name === null || text === null) return 'encoding';
    byName.set(name, text);
  }
  for (const [name, text] of byName) {
    draft.put(members, name, pointerOf(name), literalReadings(text, shape.member(name).types));
  }
  return draft;
}

/**
 * The value that decoded strings of one name stand for within an object: a string, or an array of them. Where the
 * shape leaves both open, the validator chooses.
 */
export function draftMember(shape: Shape, texts: readonly string[]): Draft {
  const structures = structuresOf(shape.types & ~wireType.object, texts.length);
  const [only] = structures;
  if (structures.length === 1 && only === 'array') return itemsDraft(shape, texts);
  return Draft.of(
    structures.flatMap((structure) =>
      structure === 'array' ? [itemsDraft(shape, texts).value] : literalReadings(texts.at(-1) ?? '', shape.types),
    ),
  );
}

function itemsDraft(shape: Shape, texts: readonly string[]): Draft {
  const items: unknown[] = [];
  const draft = Draft.container(items);
  for (const [index, text] of texts.entries()) {
    draft.put(items, index, `/${index}`, literalReadings(text, shape.item(index).types));
  }
  return draft;
}
