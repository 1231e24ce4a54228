import { pointerOf } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { maximumDepth } from '../read/plain.js';

/** The paths of the nodes that a query (RFC 9535) selects, or why it is no query. */
export type JsonPathQuery = (path: string, root: Json) => readonly (readonly string[])[] | string;

/** Loaded when somebody asks in JSONPath: docs/decisions/jsonpath.md says why this one. */
export async function loadJsonPath(): Promise<JsonPathQuery> {
  const { jsonpath } = await import('json-p3');
  const environment = new jsonpath.JSONPathEnvironment({ maxRecursionDepth: maximumDepth + 1 });
  return (path, root) => {
    try {
      const nodes = environment.query(path, root);
      const paths = nodes.locations().map((location) => location.map(String));
      return [...new Map(paths.map((segments) => [pointerOf(...segments), segments])).values()];
    } catch (error) {
      if (error instanceof Error) return error.message;
      throw error;
    }
  };
}
