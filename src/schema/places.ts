import { type Document, embeddedFiles } from '../document/index.js';
import { child, decodeFragment, parsePointer, pointerOf } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { cut, isBaseOf } from './base-of-branches.js';
import { Extensions } from './extension.js';
import { holdingOf, subschemas } from './keywords.js';
import type { Place, Places, Resource, Tree } from './place.js';
import { repaired } from './repair.js';
import { metaSchemas } from './validate/meta.js';

/** The base of documents that name none of their own: relative `$id`s need one. */
const documentUri = 'counterproof:/document';

const known = new WeakMap<Document, Places>();

/** The places of a document: one for each, since they hold its index. */
export function placesOf(document: Document): Places {
  const places = known.get(document) ?? createPlaces(document);
  known.set(document, places);
  return places;
}

/**
 * Base URIs, anchors and references of one document (JSON Schema Core, 8.2). A reference that is a pointer
 * costs its own steps; the index of all `$id`s and anchors is made when the first reference needs it.
 * The meta-schemas are there without being brought.
 */
function createPlaces(document: Document): Places {
  const resources = new Map<string, Resource>();
  const byUri = new Map<string, Resource>();
  const documentTree: Tree = { name: '', root: document.root, prefix: '', isOwn: true };
  const documentResource = resourceAt(documentTree, '', uriOfRoot(document.root));
  const endless = new Set<string>();
  const isDescription = isObject(document.root) && 'openapi' in document.root;
  let inlines = 0;
  let indexed = false;

  function resourceAt(tree: Tree, path: string, uri: string): Resource {
    const key = `${tree.name}#${path}`;
    let resource = resources.get(key);
    if (!resource) {
      resource = { uri, tree, path, anchors: new Map(), dynamicAnchors: new Map() };
      resources.set(key, resource);
      if (!byUri.has(uri)) byUri.set(uri, resource);
    }
    return resource;
  }

  /** The resource that a value at a path belongs to, given that of its parent. */
  function resourceOf(tree: Tree, path: string, value: Json, parent: Resource): Resource {
    const id = isObject(value) ? child(value, '$id') : undefined;
    if (typeof id !== 'string') return parent;
    const uri = resolveUri(id, parent.uri);
    return uri === undefined || uri.fragment !== '' ? parent : resourceAt(tree, path, uri.absolute);
  }

  function walk(tree: Tree, base: Resource, tokens: readonly string[]): Place | undefined {
    let value: Json | undefined = child({ root: tree.root }, 'root');
    let path = '';
    let resource = base;
    for (const token of tokens) {
      if (value === undefined) return undefined;
      resource = resourceOf(tree, path, value, resource);
      // What a repair has moved stands where it was moved to.
      value = child(value, token) ?? child(asRead({ tree, path, value, resource }).value, token);
      path += pointerOf(token);
    }
    return value === undefined ? undefined : { tree, path, value, resource: resourceOf(tree, path, value, resource) };
  }

  function index(): void {
    if (!indexed) {
      indexed = true;
      for (const [steps, schema] of documentSchemas(document.root)) {
        indexSchema(walk(documentTree, documentResource, steps), schema);
      }
    }
  }

  function indexSchema(place: Place | undefined, schema: Json): void {
    if (!place || !isObject(schema)) return;
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = child(schema, keyword);
      if (typeof name === 'string' && !place.resource.anchors.has(name)) {
        const read = asRead(place);
        place.resource.anchors.set(name, read);
        if (keyword === '$dynamicAnchor') place.resource.dynamicAnchors.set(name, read);
      }
    }
    for (const { steps, value } of subschemas(schema, holdingOf)) indexSchema(inside(place, steps, value), value);
  }

  /** Repairs are made in the document's own schemas, and in what is put together of them; what others bring is held to the letter. */
  function asRead(place: Place): Place {
    const repair = place.tree.isOwn ? repaired(place.value) : null;
    const read = repair ? { ...place, ...repair } : place;
    const extension = place.tree === documentTree && isDescription ? extensions.of(read) : null;
    if (extension === null) return read;
    return { ...read, value: extension.value, repairs: [...(read.repairs ?? []), ...extension.repairs] };
  }

  function inside(place: Place, steps: readonly (string | number)[], value: Json): Place {
    const path = place.path + pointerOf(...steps);
    return { tree: place.tree, path, value, resource: resourceOf(place.tree, path, value, place.resource) };
  }

  function resourceNamed(uri: string): Resource | undefined {
    index();
    const known = byUri.get(uri);
    if (known) return known;
    const root = metaSchemas().get(uri);
    if (root === undefined) return undefined;
    const tree: Tree = { name: uri, root, prefix: `${uri}#`, isOwn: false };
    const resource = resourceAt(tree, '', uri);
    indexSchema({ tree, path: '', value: root, resource }, root);
    return resource;
  }

  function resolveFragment(resource: Resource, fragment: string): Place | undefined {
    if (fragment === '' || fragment.startsWith('/')) {
      const tokens = [...parsePointer(resource.path), ...parsePointer(fragment)];
      const place = walk(resource.tree, resource.tree === documentTree ? documentResource : resource, tokens);
      return place && asRead(place);
    }
    index();
    return resource.anchors.get(fragment);
  }

  const places: Places = {
    at(pointer) {
      const place = walk(documentTree, documentResource, parsePointer(pointer));
      return place && asRead(place);
    },
    inline(value, prefix, isForeign = false) {
      inlines += 1;
      const tree: Tree = { name: `inline ${inlines}`, root: value, prefix, isOwn: !isForeign };
      const place = { tree, path: '', value, resource: resourceOf(tree, '', value, documentResource) };
      if (place.resource !== documentResource) indexSchema(place, value);
      return asRead(place);
    },
    referredTo(place, keyword) {
      if (place.tree === documentTree && endless.size > 0 && endless.has(place.path + pointerOf(keyword)))
        return undefined;
      return this.target(place, keyword);
    },
    target(place, keyword) {
      const reference = isObject(place.value) ? child(place.value, keyword) : undefined;
      const to = typeof reference === 'string' ? this.resolve(reference, place.resource, place.path) : undefined;
      if (to === undefined || keyword !== '$ref') return to;
      return this.passOn(place, isBaseOf(this, to, place) ? cut(to) : to);
    },
    passOn: (from, to) => (from.isOpen ? extensions.open(to) : to),
    resolve(reference, from, path = '') {
      if (reference === '#' && from === documentResource && isDescription) {
        // A description is no schema: the outermost one around the reference is meant.
        const around = /^(?:\/components\/schemas\/[^/]+|.*?\/schema(?=\/|$))/.exec(path)?.[0];
        return around === undefined ? undefined : this.at(around);
      }
      const local = reference === '' || reference.startsWith('#');
      if (local) {
        const fragment = decodeFragment(reference.slice(1));
        // A component with an `$id` of its own that says `#/components/…` means the document, as all tools read it.
        return resolveFragment(from, fragment) ?? (fragment.startsWith('/') ? this.at(fragment) : undefined);
      }
      const uri = resolveUri(reference, from.uri);
      const resource = uri && resourceNamed(uri.absolute);
      return resource && resolveFragment(resource, decodeFragment(uri.fragment));
    },
    endless,
    inside(place, steps, value) {
      const inner = asRead(inside(place, steps, value));
      const [keyword, index] = steps;
      if (keyword !== 'allOf' || steps.length !== 2) return inner;
      const isOpen = place.isOpen || extensions.of(place)?.opened.has(Number(index));
      return isOpen ? extensions.open(inner) : inner;
    },
  };
  const extensions = new Extensions(places);
  return places;
}

/** The base URI of a document: a description has none of its own, a schema may. */
function uriOfRoot(root: JsonObject): string {
  const id = child(root, '$id');
  const uri = typeof id === 'string' ? resolveUri(id, documentUri) : undefined;
  return uri?.absolute ?? documentUri;
}

function resolveUri(reference: string, base: string): { absolute: string; fragment: string } | undefined {
  try {
    const [absolute = '', ...fragment] = new URL(reference, base).href.split('#');
    return { absolute, fragment: fragment.join('#') };
  } catch {
    return undefined;
  }
}

/** Members of OpenAPI objects that hold data, not descriptions. */
const dataMembers = new Set(['example', 'examples', 'value', 'x-examples']);

/** Every schema that an OpenAPI document holds directly, with its steps. A root without `openapi` is itself one. */
function* documentSchemas(root: JsonObject): Generator<[steps: string[], schema: Json]> {
  if (!('openapi' in root)) {
    yield [[], root];
    return;
  }
  yield* schemasBelow(root, []);
}

function* schemasBelow(value: Json, steps: string[]): Generator<[steps: string[], schema: Json]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const inside = [...steps, name];
    if (steps.length === 1 && steps[0] === embeddedFiles) {
      // A file beside the document is a schema, or holds some as a document does.
      yield [inside, member];
      yield* schemasBelow(member, inside);
    } else if (name === 'schema') {
      yield [inside, member];
    } else if (name === 'schemas' && steps.length === 1 && steps[0] === 'components' && isObject(member)) {
      for (const [schemaName, schema] of Object.entries(member)) yield [[...inside, schemaName], schema];
    } else if (!dataMembers.has(name)) {
      yield* schemasBelow(member, inside);
    }
  }
}
