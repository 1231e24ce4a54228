import { absolute, type File } from './reference.js';
import { type Frame, type Resource, segmentsOf } from './walk.js';

interface Named {
  readonly file: File;
  readonly resource: Resource;
}

/** What `$id` and `$self` name (JSON Schema 2020-12 Core, 8.2.1; OpenAPI 3.2, 4.1.2.2.2), and what each file is by itself. */
export class Resources {
  readonly #ofFiles = new Map<File, Resource>();
  readonly #named = new Map<string, Named>();

  get(uri: string): Named | undefined {
    return this.#named.get(uri);
  }

  has(uri: string): boolean {
    return this.#named.has(uri);
  }

  values(): Iterable<Named> {
    return this.#named.values();
  }

  ofFile(file: File): Resource {
    const resource = this.#ofFiles.get(file) ?? { uri: file.self ?? file.base, segments: [], anchors: new Map() };
    this.#ofFiles.set(file, resource);
    return resource;
  }

  /** What `$id` makes of a schema: what is inside is read against it. */
  open(file: File, frame: Frame, id: string): Resource {
    const uri = id.startsWith('#') ? undefined : absolute(id, frame.resource.uri);
    if (uri === undefined) return frame.resource;
    const known = this.#named.get(uri);
    if (known !== undefined) return known.resource;
    const resource: Resource = { uri, segments: segmentsOf(frame), anchors: new Map() };
    this.#named.set(uri, { file, resource });
    return resource;
  }

  nameFile(file: File, id: string): void {
    const uri = absolute(id, file.base);
    if (uri !== undefined && !this.#named.has(uri)) {
      const resource: Resource = { uri, segments: [], anchors: new Map() };
      this.#ofFiles.set(file, resource);
      this.#named.set(uri, { file, resource });
    }
  }
}

/** Notes the plain names that a schema gives itself in its resource. */
export function noteAnchors(frame: Frame): void {
  const { value, resource } = frame;
  for (const name of [value.$anchor, value.$dynamicAnchor]) {
    if (typeof name === 'string' && !resource.anchors.has(name)) resource.anchors.set(name, frame);
  }
}
