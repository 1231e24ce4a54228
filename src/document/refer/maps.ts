import { parsePointer, pointerOf, referenceTo } from '../../text/pointer.js';
import { isObject, type JsonObject, setMember } from '../../text/value.js';
import { type File, type Site, splitReference, type Target } from './reference.js';
import { segmentsOf } from './walk.js';

/** References that stand in place of all components of a kind, and whose files were not given yet. */
export class WaitingMaps {
  readonly #uris = new Map<Site, string>();

  add(site: Site, uri: string): void {
    this.#uris.set(site, uri);
  }

  /** The URI of the file in which a place will be found; undefined where it is none of these. */
  fileOf(file: File | undefined, fragment: string): string | undefined {
    const segments = this.#uris.size === 0 ? [] : parsePointer(fragment);
    for (const [site, uri] of this.#uris) {
      const own = [...segmentsOf(site.frame), site.map];
      if (site.file === file && own.every((segment, index) => segment === segments[index])) return uri;
    }
    return undefined;
  }

  /** Puts in place of the reference one for each component that it leads to. */
  fill({ frame, map = '', text, ...site }: Site, { value }: Target): JsonObject {
    const { path, fragment } = splitReference(text);
    const whole: JsonObject = {};
    for (const name of isObject(value) ? Object.keys(value) : [])
      setMember(whole, name, { $ref: `${path}${referenceTo(`${fragment}${pointerOf(name)}`)}` });
    setMember(frame.value, map, whole);
    for (const waiting of this.#uris.keys()) if (waiting.holder === site.holder) this.#uris.delete(waiting);
    return whole;
  }
}
