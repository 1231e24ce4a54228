import { resultOf } from '../../text/slices.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Document } from '../document.js';
import type { Kind } from '../refer/object-kinds.js';
import type { File, Link, Site } from '../refer/reference.js';
import { References } from '../refer/references.js';
import { type Frame, walk } from '../refer/walk.js';
import type { Mount } from './mounts.js';

/** One of several documents, as a copy that may be changed, with all that speaks of places and names in it. */
export interface Part {
  readonly document: Document;
  readonly label: string;
  readonly mount: Mount;
  readonly root: JsonObject;
  readonly links: readonly Link[];
  /** References that lead to nothing. */
  readonly lost: readonly Site[];
  /** Every object of a kind that was walked over, each once. */
  readonly frames: Readonly<Record<'operation' | 'pathItem' | 'schema' | 'link', readonly Frame[]>>;
}

/** Where something of the whole stands in one of the documents. */
export interface Origin {
  readonly document: Document;
  readonly segments: readonly string[];
}

/** Copies a document that has been read, and finds what speaks of places and names in the copy. */
export function partOf(document: Document, label: string, mount: Mount): Part {
  const root = structuredClone(document.root);
  const uri = 'counterproof:/document';
  const locate = () => document.locate('');
  const source = { name: document.name, value: root, problems: [], warnings: [], locate };
  const file: File = { uri, base: uri, source, dialect: '3.2', key: null };
  const references = new References(file);
  resultOf(references.begin());
  const { links, lost } = references;
  return { document, label, mount, root, links, lost, frames: framesIn(root, links) };
}

/** Of the tree, and of what references alone lead to. */
function framesIn(root: JsonObject, links: readonly Link[]): Part['frames'] {
  const frames = { operation: [] as Frame[], pathItem: [] as Frame[], schema: [] as Frame[], link: [] as Frame[] };
  const visited = new Map<JsonObject, Kind>();
  const resource = { uri: '', segments: [], anchors: new Map() };
  const look = (value: Json, kind: Kind) => {
    if (!isObject(value)) return;
    const visitor = {
      visit: (frame: Frame) =>
        Object.hasOwn(frames, frame.kind) && frames[frame.kind as keyof typeof frames].push(frame),
      resource: (frame: Frame) => frame.resource,
    };
    resultOf(walk({ value, kind, segments: [], resource }, visited, visitor));
  };
  look(root, 'document');
  for (const { target, site } of links) look(target.value, site.kind);
  return frames;
}
