import { decodeFragment } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Dialect } from '../read/identify.js';
import type { Source } from '../read/source.js';
import type { Kind } from './object-kinds.js';
import type { Frame } from './walk.js';

/** One file of a description. */
export interface File {
  readonly uri: string;
  /** Where it lies: relative references lead to what lies beside it. */
  readonly base: string;
  /** The URI that it gives itself (`$self`; OpenAPI 3.2, 4.1.2.2.1): absolute references mean it by that. */
  readonly self?: string | undefined;
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
  /** The member of the frame in place of whose map it stands: each of what is in the map has to be of the kind. */
  readonly map?: string;
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

/** A URI reference without its fragment, and its fragment without percent-encoding (RFC 3986, 3.5). */
export function splitReference(text: string): { readonly path: string; readonly fragment: string } {
  const hash = text.indexOf('#');
  return hash === -1
    ? { path: text, fragment: '' }
    : { path: text.slice(0, hash), fragment: decodeFragment(text.slice(hash + 1)) };
}

/** A URI reference made absolute (RFC 3986, 5), without its fragment; undefined where it is not one. */
export function absolute(reference: string, base: string): string | undefined {
  try {
    const url = new URL(reference, base);
    url.hash = '';
    return url.href;
  } catch {
    return undefined;
  }
}

/** The URI that a description gives itself, where it does. */
export function selfOf(value: Json, base: string): string | undefined {
  const written = isObject(value) && 'openapi' in value ? value.$self : undefined;
  return typeof written === 'string' ? absolute(written, base) : undefined;
}

/**
 * Where a reference of a file leads, absolute. What is named below the folder of the file's own URI lies beside the file:
 * a description keeps its references wherever a copy of it lies.
 */
export function placeOf(path: string, { base, self }: Pick<File, 'base' | 'self'>): string | undefined {
  const folder = self === undefined ? undefined : absolute('.', self);
  const isNamed = folder !== undefined && path.startsWith(folder) && !self?.startsWith('file:');
  return absolute(isNamed ? path.slice(folder.length) : path, base);
}

export function isRemote(uri: string): boolean {
  return /^https?:/i.test(uri);
}

/** What the root of a file is walked over as. */
export function rootKind({ source, dialect, key }: File): Kind {
  const isDescription = isObject(source.value) && ('openapi' in source.value || 'swagger' in source.value);
  if (key !== null && !isDescription) return 'schema';
  return dialect === '2.0' ? 'document2' : 'document';
}

/** Where a file of another host refers to a file on this machine. */
export const localFromRemote: Refusal = {
  message: 'A file of another host refers to a file on this machine',
  remedy: 'Let it refer to a file beside it.',
  forbidden: true,
};
