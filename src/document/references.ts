import type { Problem } from '../errors.js';
import { nearest } from '../nearest.js';
import { describe, isObject } from './describe.js';
import type { Dialect } from './identify.js';
import { type Kind, objectKinds } from './object-kinds.js';
import { decodeFragment, parsePointer, pointerOf, valueAt } from './pointer.js';
import type { Source } from './source.js';
import type { Json, JsonObject } from './types.js';
import { isOldSchema } from './upgrade-schemas.js';
import { type Frame, type Resource, segmentsOf, walk } from './walk.js';

/** One file of a description. */
export interface File {
  readonly uri: string;
  /** What its relative references are resolved against. */
  readonly base: string;
  readonly source: Source;
  readonly dialect: Dialect;
  /** Its name in the finished tree; null for the file that the user named. */
  readonly key: string | null;
}

/** A value in a file. */
export interface Target {
  readonly file: File;
  readonly segments: readonly string[];
  readonly value: Json;
}

/** One reference: `holder[member]` is its text. */
export interface Site {
  readonly file: File;
  readonly holder: JsonObject;
  readonly member: string;
  readonly text: string;
  /** What has to stand where it leads. */
  readonly kind: Kind;
  readonly frame: Frame;
  /** Reference tokens from the frame to the reference. */
  readonly steps: readonly string[];
}

/** A site and where it leads. */
export interface Link {
  readonly site: Site;
  readonly target: Target;
  /** It stays as it is written: it is read against an `$id`, or names an anchor. */
  readonly asWritten: boolean;
}

/** What a reference to a file that was not read is answered with. */
export interface Refusal {
  readonly message: string;
  readonly remedy: string;
  readonly forbidden: boolean;
}

/**
 * Finds the references of a description, from the file that the user named to every file that it needs.
 * Reads nothing itself: `wanted()` names the files to be given with `supply`, until it names none.
 */
export class References {
  readonly links: Link[] = [];
  /** Schemas that the upgrade has to change. */
  readonly oldSchemas: { readonly frame: Frame; readonly file: File }[] = [];
  readonly problems: Problem[] = [];
  /** Each finds its place when it is called. */
  readonly warnings: (() => Problem)[] = [];
  readonly files = new Map<string, File>();
  readonly #visited = new Map<JsonObject, Kind>();
  readonly #targets = new Map<Resource, Map<string, Target | null>>();
  readonly #resources = new Map<string, { readonly file: File; readonly resource: Resource }>();
  readonly #fileResources = new Map<File, Resource>();
  readonly #waiting = new Map<string, Site[]>();
  readonly #refusals = new Map<string, Refusal | null>();
  #sites: Site[] = [];
  #suggestions = 0;

  constructor(root: File) {
    this.files.set(root.uri, root);
    this.#scan(root, [], root.source.value, root.dialect === '2.0' ? 'document2' : 'document', this.#resourceOf(root));
    this.#followSites();
  }

  /** URIs of files that references lead to and that were not given yet. */
  wanted(): string[] {
    return [...this.#waiting.keys()];
  }

  supply(file: File): void {
    this.files.set(file.uri, file);
    const sites = this.#waiting.get(file.uri) ?? [];
    this.#waiting.delete(file.uri);
    this.#sites.push(...sites);
    this.#followSites();
  }

  /** Says why a file is not given. null: its own problems were reported. */
  refuse(uri: string, refusal: Refusal | null): void {
    this.#refusals.set(uri, refusal);
    for (const site of this.#waiting.get(uri) ?? []) {
      this.#reportRefused(site, refusal);
    }
    this.#waiting.delete(uri);
  }

  /** Whether a reference leads where none may. */
  get forbidden(): boolean {
    return [...this.#refusals.values()].some((refusal) => refusal?.forbidden === true);
  }

  #reportRefused(site: Site, refusal: Refusal | null): void {
    if (refusal !== null) {
      const { message, remedy } = refusal;
      const meant = this.#withoutHash(site);
      this.#report(site, {
        message,
        found: describe(site.text),
        remedy: meant ? `Did you mean ${JSON.stringify(meant)}?` : remedy,
      });
    }
  }

  #resourceOf(file: File): Resource {
    let resource = this.#fileResources.get(file);
    if (resource === undefined) {
      resource = { uri: file.base, segments: [], anchors: new Map() };
      this.#fileResources.set(file, resource);
    }
    return resource;
  }

  #scan(file: File, segments: readonly string[], value: JsonObject | Json, kind: Kind, resource: Resource): void {
    if (!isObject(value)) {
      return;
    }
    walk({ value, kind, segments, resource }, this.#visited, {
      visit: (frame) => this.#visit(file, frame),
      resource: (frame, id) => this.#openResource(file, frame, id),
    });
  }

  #openResource(file: File, frame: Frame, id: string): Resource {
    const uri = id.startsWith('#') ? undefined : absolute(id, frame.resource.uri)?.uri;
    if (uri === undefined) {
      return frame.resource;
    }
    const known = this.#resources.get(uri);
    if (known !== undefined) {
      return known.resource;
    }
    const resource: Resource = { uri, segments: segmentsOf(frame), anchors: new Map() };
    this.#resources.set(uri, { file, resource });
    return resource;
  }

  #visit(file: File, frame: Frame): void {
    const { value, kind } = frame;
    if (kind === 'schema') {
      if (file.dialect !== '3.1' && isOldSchema(value)) {
        this.oldSchemas.push({ frame, file });
      }
      this.#visitSchema(file, frame);
    }
    const text = value.$ref;
    if (typeof text === 'string' && objectKinds[kind].referable) {
      this.#sites.push({ file, holder: value, member: '$ref', text, kind, frame, steps: ['$ref'] });
    }
  }

  #visitSchema(file: File, frame: Frame): void {
    const { $anchor, $dynamicAnchor, discriminator } = frame.value;
    for (const name of [$anchor, $dynamicAnchor]) {
      if (typeof name === 'string' && !frame.resource.anchors.has(name)) {
        frame.resource.anchors.set(name, frame);
      }
    }
    if (isObject(discriminator) && isObject(discriminator.mapping)) {
      const { mapping } = discriminator;
      for (const [member, text] of Object.entries(mapping)) {
        if (typeof text === 'string' && /[#/]|\.(?:json|ya?ml)$/.test(text)) {
          const steps = ['discriminator', 'mapping', member];
          this.#sites.push({ file, holder: mapping, member, text, kind: 'schema', frame, steps });
        }
      }
    }
  }

  #followSites(): void {
    while (this.#sites.length > 0) {
      const sites = this.#sites;
      this.#sites = [];
      for (const site of sites) {
        this.#follow(site);
      }
    }
  }

  #follow(site: Site): void {
    const { file, frame } = site;
    const { resource } = frame;
    const { path, fragment } = splitReference(site.text);
    if (path === '') {
      this.#followLocal(site, fragment);
      return;
    }
    const named = absolute(path, resource.uri);
    const known = named && this.#resources.get(named.uri);
    if (known) {
      this.#link(
        site,
        this.#within(known.file, known.resource, fragment),
        known.file.key === null && file.key === null,
      );
      return;
    }
    // A schema with an `$id` still means the file beside its own when it names one.
    const address = absolute(path, file.base);
    if (address === undefined) {
      this.#report(site, {
        message: 'A reference is not a URI reference',
        found: describe(site.text),
        remedy: 'Write "#/…", or the path of a file beside the document.',
      });
      return;
    }
    const other = this.files.get(address.uri);
    if (other !== undefined) {
      this.#link(site, this.#within(other, this.#resourceOf(other), fragment), false);
      return;
    }
    if (isRemote(file.uri) && !isRemote(address.uri)) {
      this.refuse(address.uri, localFromRemote);
    }
    const refusal = this.#refusals.get(address.uri);
    if (refusal !== undefined) {
      this.#reportRefused(site, refusal);
      return;
    }
    const waiting = this.#waiting.get(address.uri);
    if (waiting === undefined) {
      this.#waiting.set(address.uri, [site]);
    } else {
      waiting.push(site);
    }
  }

  /** Inside a schema with `$id`, `#…` is read against that schema; where it leads nowhere there, the file is meant. */
  #followLocal(site: Site, fragment: string): void {
    const { file, frame } = site;
    const own = this.#within(file, frame.resource, fragment);
    const target = own ?? this.#within(file, this.#resourceOf(file), fragment);
    const ownResource = own !== null && frame.resource.segments.length > 0;
    this.#link(site, target, ownResource || (file.key === null && !fragment.startsWith('/') && fragment !== ''));
  }

  /** The value that a fragment leads to, or null. */
  #within(file: File, resource: Resource, fragment: string): Target | null {
    if (fragment !== '' && !fragment.startsWith('/')) {
      if (resource.anchors.size === 0) {
        this.#scan(
          file,
          resource.segments as string[],
          valueAt(file.source.value, resource.segments) ?? null,
          'schema',
          resource,
        );
      }
      const frame = resource.anchors.get(fragment);
      return frame === undefined ? null : { file, segments: segmentsOf(frame), value: frame.value };
    }
    let targets = this.#targets.get(resource);
    if (targets === undefined) {
      targets = new Map();
      this.#targets.set(resource, targets);
    }
    let target = targets.get(fragment);
    if (target === undefined) {
      const segments = [...resource.segments, ...parsePointer(fragment)];
      const value = valueAt(file.source.value, segments);
      target = value === undefined ? null : { file, segments, value };
      targets.set(fragment, target);
    }
    return target;
  }

  #link(site: Site, target: Target | null, asWritten: boolean): void {
    if (target === null) {
      this.#reportMissing(site);
      return;
    }
    this.links.push({ site, target, asWritten });
    const { value } = target;
    if (!isObject(value)) {
      if (!(site.kind === 'schema' && typeof value === 'boolean')) {
        this.#report(site, {
          message: `${describe(site.text)} does not lead to ${objectKinds[site.kind].title}`,
          expected: 'an object',
          found: describe(value),
        });
      }
      return;
    }
    const taken = this.#visited.get(value);
    if (taken === undefined) {
      this.#scan(target.file, target.segments, value, site.kind, this.#enclosing(target));
    } else if (taken !== site.kind) {
      this.warnings.push(() => ({
        message: `${describe(site.text)} leads to ${objectKinds[taken].title}, where ${objectKinds[site.kind].title} belongs`,
        location: this.#locate(site),
      }));
    }
  }

  /** The innermost schema with `$id` around a place that no walk has come by. */
  #enclosing(target: Target): Resource {
    let resource = this.#resourceOf(target.file);
    for (const [uri, known] of this.#resources) {
      const { segments } = known.resource;
      if (
        known.file === target.file &&
        segments.length > resource.segments.length &&
        segments.every((segment, index) => segment === target.segments[index])
      ) {
        resource = this.#resources.get(uri)?.resource ?? resource;
      }
    }
    return resource;
  }

  #reportMissing(site: Site): void {
    const { path, fragment } = splitReference(site.text);
    const file = path === '' ? site.file : this.files.get(absolute(path, site.file.base)?.uri ?? '');
    const suggestion = file && this.#suggest(file, path, fragment);
    const problem = {
      message: `${describe(site.text)} leads to nothing`,
      expected: objectKinds[site.kind].title,
      remedy: suggestion
        ? `Did you mean ${JSON.stringify(suggestion)}?`
        : 'Add what is missing, or correct the reference.',
    };
    if (site.member === '$ref') {
      this.#report(site, problem);
    } else {
      this.warnings.push(() => ({ ...problem, location: this.#locate(site) }));
    }
  }

  /** The nearest name in the innermost object that exists. */
  #suggest(file: File, path: string, fragment: string): string | undefined {
    this.#suggestions += 1;
    if (this.#suggestions > maximumSuggestions) {
      return undefined;
    }
    const segments = parsePointer(fragment.startsWith('/') ? fragment : `/${fragment}`);
    if (valueAt(file.source.value, segments) !== undefined) {
      return `${path}#${pointerOf(...segments)}`;
    }
    for (let index = 0; index < segments.length; index++) {
      const parent = valueAt(file.source.value, segments.slice(0, index));
      const name = segments[index] as string;
      if (isObject(parent) && !Object.hasOwn(parent, name)) {
        const [found] = nearest(name, Object.keys(parent), 1);
        const whole =
          found === undefined ? undefined : [...segments.slice(0, index), found, ...segments.slice(index + 1)];
        return whole && valueAt(file.source.value, whole) !== undefined ? `${path}#${pointerOf(...whole)}` : undefined;
      }
    }
    return undefined;
  }

  /** Often `#/` was forgotten, or the whole way to a component. */
  #withoutHash({ file, text }: Site): string | undefined {
    const ways = [`/${text.replace(/^\/|#.*$/g, '')}`, `/components/schemas/${text}`, `/definitions/${text}`];
    const way = ways.find((pointer) => valueAt(file.source.value, parsePointer(pointer)) !== undefined);
    return way && `#${way}`;
  }

  #report(site: Site, problem: Problem): void {
    this.problems.push({ ...problem, location: this.#locate(site) });
  }

  #locate(site: Site) {
    return site.file.source.locate([...segmentsOf(site.frame), ...site.steps]);
  }

  /** Reports references that lead only to references, back to themselves. */
  reportCircles(): void {
    const next = new Map<JsonObject, Link>();
    for (const link of this.links) {
      const { value } = link.target;
      if (link.site.member === '$ref' && isObject(value) && typeof value.$ref === 'string') {
        next.set(link.site.holder, link);
      }
    }
    const settled = new Set<JsonObject>();
    for (const start of next.keys()) {
      const path = new Set<JsonObject>();
      let holder: JsonObject | undefined = start;
      while (holder !== undefined && !settled.has(holder) && !path.has(holder)) {
        path.add(holder);
        const value: Json | undefined = next.get(holder)?.target.value;
        holder = isObject(value) && next.has(value) ? value : undefined;
      }
      if (holder !== undefined && path.has(holder)) {
        const site = (next.get(holder) as Link).site;
        this.#report(site, {
          message: `${describe(site.text)} leads back to itself, by references alone`,
          expected: objectKinds[site.kind].title,
          remedy: 'Let one of the references of the circle lead to a definition.',
        });
      }
      for (const seen of path) {
        settled.add(seen);
      }
    }
  }
}

export function isRemote(uri: string): boolean {
  return /^https?:/.test(uri);
}

const localFromRemote: Refusal = {
  message: 'A file of another host refers to a file on this machine',
  remedy: 'Let it refer to a file beside it.',
  forbidden: true,
};

/** Suggestions cost a comparison with every name, so a document full of wrong references gets no more than this. */
const maximumSuggestions = 50;

/** A URI reference without its fragment, and its fragment without percent-encoding (RFC 3986, 3.5). */
function splitReference(text: string): { readonly path: string; readonly fragment: string } {
  const hash = text.indexOf('#');
  return hash === -1
    ? { path: text, fragment: '' }
    : { path: text.slice(0, hash), fragment: decodeFragment(text.slice(hash + 1)) };
}

/** A URI reference made absolute (RFC 3986, 5), without its fragment; undefined where it is not one. */
function absolute(reference: string, base: string): { readonly uri: string } | undefined {
  try {
    const url = new URL(reference, base);
    url.hash = '';
    return { uri: url.href };
  } catch {
    return undefined;
  }
}
