import { isObject, type Json, type JsonObject } from '../text/value.js';

/**
 * What an object of Kubernetes is by the schema of it (`x-kubernetes-group-version-kind`): `kind` and `apiVersion`, which any
 * such object says of itself (API conventions, Types). null where the schema is of none, or of several kinds.
 */
export function typeMetaOf(schema: JsonObject): { readonly kind: string; readonly apiVersion: string } | null {
  const kinds = schema['x-kubernetes-group-version-kind'];
  const [only, ...others] = Array.isArray(kinds) ? kinds : [];
  if (!isObject(only) || others.length > 0) return null;
  const { group = '', version, kind } = only;
  if (typeof kind !== 'string' || typeof version !== 'string' || typeof group !== 'string') return null;
  return { kind, apiVersion: group === '' ? version : `${group}/${version}` };
}

/** What these schemas together say that a member of an object of Kubernetes is; undefined where it is another one, or none. */
export function typeMetaAt(parts: readonly { readonly schema: JsonObject }[], name: string): Json | undefined {
  if (name !== 'kind' && name !== 'apiVersion') return undefined;
  return parts.map(({ schema }) => typeMetaOf(schema)?.[name]).find((value) => value !== undefined);
}
