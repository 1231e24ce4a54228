import { parsePointer, valueAt } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { isNullableAsBefore, isOldSchema } from '../upgrade/schemas.js';
import { type Kind, objectKinds } from './object-kinds.js';
import { ReferenceProblems } from './problems.js';
import {
  absolute,
  type File,
  isRemote,
  type Link,
  localFromRemote,
  placeOf,
  type Refusal,
  rootKind,
  type Site,
  splitReference,
  type Target,
} from './reference.js';
import { sitesIn } from './sites.js';
import { type Frame, type Resource, segmentsOf, walk } from './walk.js';

/**
 * Finds the references of a description, from the file that the user named to every file that it needs.
 * Reads nothing itself: `wanted()` names the files to be given with `supply`, until it names none.
 */
export class References {
  links: Link[] = [];
  /** Those that lead to nothing in a file that is there. */
  readonly lost: Site[] = [];
  /** Schemas that the upgrade has to change, and those of later versions that say `nullable` as 3.0 does. */
  readonly oldSchemas: { readonly frame: Frame; readonly file: File }[] = [];
  readonly nullableSchemas: { readonly frame: Frame; readonly file: File }[] = [];
  /** Media types that say what each of their items is, and examples whose value is another file. */
  readonly sequences: { readonly frame: Frame; readonly file: File }[] = [];
  readonly externals: { readonly frame: Frame; readonly file: File }[] = [];
  readonly report = new ReferenceProblems();
  /** By URI, in the order in which they were read. */
  readonly files = new Map<string, File>();
  readonly #visited = new Map<JsonObject, Kind>();
  readonly #targets = new Map<Resource, Map<string, Target | null>>();
  readonly #fileResources = new Map<File, Resource>();
  /** By URI, what `$id` names. */
  readonly #named = new Map<string, { readonly file: File; readonly resource: Resource }>();
  /** Resources in which every anchor is known. */
  readonly #searched = new Set<Resource>();
  readonly #waiting = new Map<string, Site[]>();
  readonly #refusals = new Map<string, Refusal | null>();
  readonly #root: File;
  #sites: Site[] = [];

  constructor(root: File) {
    this.files.set(root.uri, root);
    if (root.self !== undefined) this.#nameFile(root, root.self);
    this.#root = root;
    this.#scan(root, [], root.source.value, rootKind(root), this.#resourceOf(root));
    this.#followSites();
  }

  /** URIs of files that references lead to and that were not given yet. */
  wanted(): string[] {
    return [...this.#waiting.keys()];
  }

  supply(file: File): void {
    this.files.set(file.uri, file);
    const { value } = file.source;
    if (isObject(value) && typeof value.$id === 'string' && rootKind(file) === 'schema') {
      this.#nameFile(file, value.$id);
    } else if (file.self !== undefined) this.#nameFile(file, file.self);
    this.#resume(file.uri);
    this.#followSites();
    // What was taken for the address of a file may be an `$id` that only now is known.
    for (const uri of this.wanted().filter((wanted) => this.#named.has(wanted))) this.#resume(uri);
    this.#followSites();
  }

  #resume(uri: string): void {
    this.#sites = this.#sites.concat(this.#waiting.get(uri) ?? []);
    this.#waiting.delete(uri);
  }

  /** Says why a file is not given. null: its own problems were reported. */
  refuse(uri: string, refusal: Refusal | null): void {
    this.#refusals.set(uri, refusal);
    for (const site of this.#waiting.get(uri) ?? []) {
      if (refusal) this.report.leadsToRefused(site, refusal);
    }
    this.#waiting.delete(uri);
  }

  /** Whether a reference leads where none may. */
  get forbidden(): boolean {
    return [...this.#refusals.values()].some((refusal) => refusal?.forbidden === true);
  }

  #scan(file: File, segments: readonly string[], value: Json | undefined, kind: Kind, resource: Resource): void {
    if (isObject(value)) {
      walk({ value, kind, segments, resource }, this.#visited, {
        visit: (frame) => this.#visit(file, frame),
        resource: (frame, id) => this.#openResource(file, frame, id),
      });
    }
  }

  #visit(file: File, frame: Frame): void {
    const { value, kind } = frame;
    if (kind === 'schema') this.#visitSchema(file, frame);
    if (kind === 'mediaType' && value.itemSchema !== undefined) this.sequences.push({ frame, file });
    if (kind === 'example' && typeof value.externalValue === 'string') this.externals.push({ frame, file });
    this.#sites.push(...sitesIn(file, frame, this.#root.source.value));
  }

  #visitSchema(file: File, frame: Frame): void {
    const { value, resource } = frame;
    const isOld = file.dialect === '3.0' || file.dialect === '2.0';
    if (isOld && isOldSchema(value)) this.oldSchemas.push({ frame, file });
    if (!isOld && isNullableAsBefore(value)) this.nullableSchemas.push({ frame, file });
    for (const name of [value.$anchor, value.$dynamicAnchor]) {
      if (typeof name === 'string' && !resource.anchors.has(name)) resource.anchors.set(name, frame);
    }
  }

  #resourceOf(file: File): Resource {
    const resource = this.#fileResources.get(file) ?? { uri: file.self ?? file.base, segments: [], anchors: new Map() };
    this.#fileResources.set(file, resource);
    return resource;
  }

  /** What `$id` makes of a schema: what is inside is read against it (JSON Schema 2020-12 Core, 8.2.1). */
  #openResource(file: File, frame: Frame, id: string): Resource {
    const uri = id.startsWith('#') ? undefined : absolute(id, frame.resource.uri);
    if (uri === undefined) return frame.resource;
    const known = this.#named.get(uri);
    if (known !== undefined) return known.resource;
    const resource: Resource = { uri, segments: segmentsOf(frame), anchors: new Map() };
    this.#named.set(uri, { file, resource });
    return resource;
  }

  #nameFile(file: File, id: string): void {
    const uri = absolute(id, file.base);
    if (uri !== undefined && !this.#named.has(uri)) {
      const resource: Resource = { uri, segments: [], anchors: new Map() };
      this.#fileResources.set(file, resource);
      this.#named.set(uri, { file, resource });
    }
  }

  #followSites(): void {
    while (this.#sites.length > 0) {
      const sites = this.#sites;
      this.#sites = [];
      for (const site of sites) this.#follow(site);
    }
  }

  #follow(site: Site): void {
    const { file, frame } = site;
    const { path, fragment } = splitReference(site.text);
    if (path === '') {
      this.#followLocal(site, fragment);
      return;
    }
    const named = this.#named.get(absolute(path, frame.resource.uri) ?? '');
    if (named !== undefined) {
      const target = this.#within(named.file, named.resource, fragment);
      // What is read against `$id` stays as it is written; what is read against `$self` is a place of the file.
      const isFile = named.resource.uri === named.file.self;
      this.#link(site, target, named.file.key === null && file.key === null && !isFile);
      return;
    }
    // A schema with an `$id` still means the file beside its own when it names one.
    const uri = placeOf(path, file);
    if (uri === undefined) {
      this.report.notAReference(site);
      return;
    }
    const other = this.files.get(uri);
    if (other !== undefined) {
      this.#link(site, this.#within(other, this.#resourceOf(other), fragment), false);
      return;
    }
    this.#want(site, uri);
  }

  #want(site: Site, uri: string): void {
    if (isRemote(site.file.uri) && !isRemote(uri)) this.refuse(uri, localFromRemote);
    const refusal = this.#refusals.get(uri);
    if (refusal !== undefined) {
      if (refusal) this.report.leadsToRefused(site, refusal);
      return;
    }
    const waiting = this.#waiting.get(uri);
    if (waiting === undefined) {
      this.#waiting.set(uri, [site]);
    } else {
      waiting.push(site);
    }
  }

  /** Inside a schema with `$id`, `#…` is read against that schema; where it leads nowhere there, the file is meant. */
  #followLocal(site: Site, fragment: string): void {
    const { file, frame } = site;
    const own = this.#within(file, frame.resource, fragment);
    const target = own ?? this.#within(file, this.#resourceOf(file), fragment);
    const readAgainstId = own !== null && frame.resource.segments.length > 0;
    const isAnchor = fragment !== '' && !fragment.startsWith('/');
    this.#link(site, target, readAgainstId || (file.key === null && isAnchor));
  }

  /** The value that a fragment leads to, or null. */
  #within(file: File, resource: Resource, fragment: string): Target | null {
    if (fragment !== '' && !fragment.startsWith('/')) return this.#anchor(file, resource, fragment);
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

  /** Of a file beside the document, only what references led to was walked over so far. */
  #anchor(file: File, resource: Resource, name: string): Target | null {
    if (!resource.anchors.has(name) && !this.#searched.has(resource)) {
      this.#searched.add(resource);
      const { segments } = resource;
      const kind = segments.length === 0 ? rootKind(file) : 'schema';
      this.#scan(file, segments, valueAt(file.source.value, segments), kind, resource);
    }
    const frame = resource.anchors.get(name);
    return frame === undefined ? null : { file, segments: segmentsOf(frame), value: frame.value };
  }

  #link(site: Site, target: Target | null, asWritten: boolean): void {
    if (site.kind === 'value') {
      if (target !== null) this.links.push({ site, target, asWritten });
      if (target !== null) this.report.isNoExample(site);
      return;
    }
    if (target === null) {
      this.lost.push(site);
      const { path } = splitReference(site.text);
      const file = path === '' ? site.file : this.files.get(placeOf(path, site.file) ?? '');
      this.report.leadsNowhere(site, file);
      return;
    }
    const { value } = target;
    if (isObject(value) && this.#visited.get(value) === 'schema' && objectKinds[site.kind].members.has('schema')) {
      this.#readAsSchema(site);
      return;
    }
    if (!isObject(value) && (site.kind !== 'schema' || typeof value !== 'boolean')) {
      this.report.leadsToNoObject(site, value);
      return;
    }
    this.links.push({ site, target, asWritten });
    if (objectKinds[site.kind].inlined) this.report.standsWhereNoneMay(site);
    if (isObject(value)) this.#checkKind(site, target, value);
  }

  /** What should lead to an object that has a schema, and leads to a schema: that can only be the one it has. */
  #readAsSchema(site: Site): void {
    const { file, frame, holder, text } = site;
    this.report.leadsToItsSchema(site);
    delete holder.$ref;
    if (Object.hasOwn(holder, 'schema')) return;
    holder.schema = { $ref: text };
    this.#scan(file, [...segmentsOf(frame), 'schema'], holder.schema, 'schema', frame.resource);
  }

  /** A place that no walk has come by is what the reference takes it for. */
  #checkKind(site: Site, target: Target, value: JsonObject): void {
    const taken = this.#visited.get(value);
    if (taken === undefined) {
      this.#scan(target.file, target.segments, value, site.kind, this.#enclosing(target));
    } else if (taken !== site.kind) {
      this.report.leadsToAnother(site, taken);
    }
  }

  /** The innermost schema with `$id` around a place that no walk has come by. */
  #enclosing(target: Target): Resource {
    let innermost = this.#resourceOf(target.file);
    for (const { file, resource } of this.#named.values()) {
      const isAround = resource.segments.every((segment, index) => segment === target.segments[index]);
      if (file === target.file && isAround && resource.segments.length >= innermost.segments.length) {
        innermost = resource;
      }
    }
    return innermost;
  }
}
