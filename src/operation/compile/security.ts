import type { Document } from '../../document/index.js';
import type { Problem } from '../../errors.js';
import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { SecurityScheme } from '../types.js';

const types: readonly SecurityScheme['type'][] = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'];
const places: readonly SecurityScheme['in'][] = ['header', 'query', 'cookie'];

export interface Security {
  /** Alternatives (or), each a list (and). */
  readonly alternatives: readonly (readonly SecurityScheme[])[];
  /** Schemes that are named and not described: nobody could say which credential they demand. */
  readonly problems: readonly Problem[];
}

/** The Security Requirement Objects of an operation (OpenAPI 3.1, 4.8.30): its own, or else the document's. */
export function compileSecurity(operation: JsonObject, pointer: string, document: Document): Security {
  const own = child(operation, 'security');
  const list = own ?? child(document.root, 'security');
  const at = (own === undefined ? '' : pointer) + pointerOf('security');
  const problems: Problem[] = [];
  const alternatives = (Array.isArray(list) ? list : []).map((requirement, index) =>
    Object.entries(isObject(requirement) ? requirement : {}).flatMap(([name, scopes]): SecurityScheme[] => {
      const scheme = compileScheme(name, scopes, document);
      if (!scheme) {
        problems.push({
          message: `The security scheme ${JSON.stringify(name)} is not described`,
          expected: 'a Security Scheme Object under components/securitySchemes',
          location: document.locate(at + pointerOf(index, name)),
        });
      }
      return scheme ? [scheme] : [];
    }),
  );
  return { alternatives, problems };
}

function compileScheme(name: string, scopes: Json, document: Document): SecurityScheme | undefined {
  const at = pointerOf('components', 'securitySchemes', name);
  const { value, pointer } = document.resolve(document.at(at), at);
  const type = types.find((known) => known === child(value, 'type'));
  if (!isObject(value) || !type) return undefined;
  const place = places.find((known) => known === value.in) ?? null;
  const apiKey = type === 'apiKey';
  if (apiKey && (place === null || typeof value.name !== 'string')) return undefined;
  return {
    name,
    pointer,
    type,
    in: apiKey ? place : null,
    parameterName: apiKey && typeof value.name === 'string' ? value.name : null,
    httpScheme: type === 'http' && typeof value.scheme === 'string' ? value.scheme.toLowerCase() : null,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  };
}
