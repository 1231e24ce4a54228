import { isObject, type JsonObject } from './value.js';

/** The URL of a Server Object (OpenAPI 3.1, 4.8.5) with the defaults of its variables; what has none stands as it is. */
export function filledUrl({ url, variables }: JsonObject): string {
  return String(url ?? '').replace(/\{([^{}]*)\}/g, (placeholder, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined;
    return isObject(variable) ? String(variable.default ?? placeholder) : placeholder;
  });
}
