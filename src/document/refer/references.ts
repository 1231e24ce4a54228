import { addAll } from '../../text/many.js';
import { parsePointer, valueAt } from '../../text/pointer.js';
import { resultOf, type Work } from '../../text/slices.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { enclosing } from './enclosing.js';
import { WaitingMaps } from './maps.js';
import { NotedObjects } from './noted.js';
import { type Kind, objectKinds } from './object-kinds.js';
import { ReferenceProblems } from './problems.js';
import {
  absolute,
  type File,
  type Link,
  placeOf,
  type Refusal,
  rootKind,
  type Site,
  splitReference,
  type Target,
} from './reference.js';
import { noteAnchors, Resources } from './resources.js';
import { sitesIn, sitesOfMaps } from './sites.js';
import { type Frame, objectsInPiece, type Resource, segmentsOf, walk } from './walk.js';
import { WantedFiles } from './wanted.js';

/**
 * Finds the references of a description, from the file that the user named to every file that it needs.
 * Reads nothing itself: `wanted()` names the files to be given with `supply`, until it names none.
 */
export class References {
  links: Link[] = [];
  /** Those that lead to nothing in a file that is there. */
  readonly lost: Site[] = [];
  readonly noted = new NotedObjects();
  readonly report = new ReferenceProblems();
  /** By URI, in the order in which they were read. */
  readonly files = new Map<string, File>();
  readonly #visited = new Map<JsonObject, Kind>();
  readonly #targets = new Map<Resource, Map<string, Target | null>>();
  readonly #resources = new Resources();
  /** Resources in which every anchor is known. */
  readonly #searched = new Set<Resource>();
  readonly #wanted = new WantedFiles(this.report);
  readonly #root: File;
  readonly #maps = new WaitingMaps();
  #sites: Site[] = [];

  constructor(root: File) {
    this.files.set(root.uri, root);
    if (root.self !== undefined) this.#resources.nameFile(root, root.self);
    this.#root = root;
  }

  /** Finds those of the file that the user named: to be done first, piece by piece. */
  *begin(): Work {
    const root = this.#root;
    yield* this.#scanning(root, [], root.source.value, rootKind(root), this.#resources.ofFile(root));
    yield* this.#followingSites();
  }

  /** URIs of files that references lead to and that were not given yet. */
  wanted(): string[] {
    return this.#wanted.uris();
  }

  supply(file: File): void {
    this.files.set(file.uri, file);
    const { value } = file.source;
    if (isObject(value) && typeof value.$id === 'string' && rootKind(file) === 'schema') {
      this.#resources.nameFile(file, value.$id);
    } else if (file.self !== undefined) this.#resources.nameFile(file, file.self);
    this.#resume(file.uri);
    this.#followSites();
    // What was taken for the address of a file may be an `$id` that only now is known.
    for (const uri of this.wanted().filter((wanted) => this.#resources.has(wanted))) this.#resume(uri);
    this.#followSites();
  }

  #resume(uri: string): void {
    const waiting = this.#wanted.take(uri);
    // What the others lead to may stand in a map.
    for (const site of waiting) if (site.map !== undefined) this.#followMap(site, site.map);
    this.#sites = this.#sites.concat(waiting.filter(({ map }) => map === undefined));
  }

  /** Says why a file is not given. null: its own problems were reported. */
  refuse(uri: string, refusal: Refusal | null): void {
    this.#wanted.refuse(uri, refusal);
  }

  /** Whether a reference leads where none may. */
  get forbidden(): boolean {
    return this.#wanted.forbidden;
  }

  #scan(file: File, segments: readonly string[], value: Json | undefined, kind: Kind, resource: Resource): void {
    resultOf(this.#scanning(file, segments, value, kind, resource));
  }

  *#scanning(file: File, segments: readonly string[], value: Json | undefined, kind: Kind, resource: Resource): Work {
    if (isObject(value)) {
      yield* walk({ value, kind, segments, resource }, this.#visited, {
        visit: (frame) => this.#visit(file, frame),
        resource: (frame, id) => this.#resources.open(file, frame, id),
      });
    }
  }

  #visit(file: File, frame: Frame): void {
    const { kind } = frame;
    for (const site of sitesOfMaps(file, frame)) if (site.map !== undefined) this.#followMap(site, site.map);
    this.noted.note(file, frame);
    if (kind === 'schema') noteAnchors(frame);
    addAll(this.#sites, sitesIn(file, frame, this.#root.source.value));
  }

  #followSites(): void {
    resultOf(this.#followingSites());
  }

  *#followingSites(): Work {
    while (this.#sites.length > 0) {
      const sites = this.#sites;
      this.#sites = [];
      for (const [index, site] of sites.entries()) {
        if (index % objectsInPiece === 0) yield null;
        this.#follow(site);
      }
    }
  }

  #follow(site: Site): void {
    const { file, frame } = site;
    const { path, fragment } = splitReference(site.text);
    if (path === '') {
      this.#followLocal(site, fragment);
      return;
    }
    const named = this.#resources.get(absolute(path, frame.resource.uri) ?? '');
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
      this.#link(site, this.#within(other, this.#resources.ofFile(other), fragment), false);
      return;
    }
    this.#wanted.want(site, uri);
  }

  #followMap(site: Site, map: string): void {
    const { file, frame, kind } = site;
    const { path, fragment } = splitReference(site.text);
    const uri = path === '' ? file.uri : placeOf(path, file);
    const other = uri === undefined ? undefined : this.files.get(uri);
    if (uri !== undefined && other === undefined) {
      this.#maps.add(site, uri);
      this.#wanted.want(site, uri);
      return;
    }
    const target = other ? this.#within(other, this.#resources.ofFile(other), fragment) : null;
    if (target === null || !isObject(target.value)) {
      this.report.leadsNowhere(site, other);
      return;
    }
    this.report.standsWhereNoneMay(site);
    for (const [name, one] of Object.entries(this.#maps.fill(site, target)))
      this.#scan(file, [...segmentsOf(frame), map, name], one, kind, frame.resource);
  }

  /** Inside a schema with `$id`, `#…` is read against that schema; where it leads nowhere there, the file is meant. */
  #followLocal(site: Site, fragment: string): void {
    const { file, frame } = site;
    const own = this.#within(file, frame.resource, fragment);
    const target = own ?? this.#within(file, this.#resources.ofFile(file), fragment);
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
      if (target !== null) targets.set(fragment, target);
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
      const { path, fragment } = splitReference(site.text);
      const file = path === '' ? site.file : this.files.get(placeOf(path, site.file) ?? '');
      const uri = this.#maps.fileOf(file, fragment);
      if (uri !== undefined) {
        this.#wanted.want(site, uri);
        return;
      }
      this.lost.push(site);
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
      this.#scan(
        target.file,
        target.segments,
        value,
        site.kind,
        enclosing(target, this.#resources.ofFile(target.file), this.#resources.values()),
      );
    } else if (taken !== site.kind) {
      this.report.leadsToAnother(site, taken);
    }
  }
}
