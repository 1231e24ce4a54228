import { didYouMean, nearest } from '../../text/nearest.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import { checkFieldName } from './parts.js';
import type { Placed, Report } from './report.js';

/** The names that security requirements may use, and those of them that do not say which credential they demand. */
export interface Schemes {
  readonly names: ReadonlySet<string>;
  readonly unusable: ReadonlySet<string>;
}

/** What each type of Security Scheme Object needs besides its type (OpenAPI 3.1, 4.8.27). */
const needs: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['name', 'in'],
  http: ['scheme'],
  oauth2: [],
  openIdConnect: [],
  mutualTLS: [],
};

/** The scheme after the name of the field in the name of an API key: `Authorization: Bearer`. */
const fieldWithScheme = /^authorization\s*[:\s]\s*([\w-]+)/i;

/** @returns the names that security requirements may use */
export function checkSchemes(report: Report, components: Placed<JsonObject>): Schemes {
  const map = report.object(components, 'securitySchemes', 'an object of Security Scheme Objects by name');
  const names = Object.keys(map?.value ?? {});
  const unusable = new Set<string>();
  for (const name of names) {
    const placed = { value: map?.value[name] as Json, segments: [...components.segments, 'securitySchemes', name] };
    const scheme = report.once(placed, 'a Security Scheme Object');
    if (scheme !== undefined && !(checkScheme(report, scheme) && checkKeyName(report, scheme)))
      report.spoil(scheme.value, 'unusable');
    if (report.reasonAgainst(placed, 'a Security Scheme Object') !== undefined) unusable.add(name);
  }
  return { names: new Set(names), unusable };
}

/** @returns whether it says which credential it demands */
function checkScheme(report: Report, { value, segments }: Placed<JsonObject>): boolean {
  const { type } = value;
  const needed = typeof type === 'string' && Object.hasOwn(needs, type) ? needs[type] : undefined;
  if (needed === undefined) {
    const known = Object.keys(needs);
    const remedy = typeof type === 'string' ? didYouMean(nearest(type, known, 1)) : undefined;
    report.add('type' in value ? [...segments, 'type'] : segments, {
      id: 'security-scheme',
      message: 'A security scheme has an unknown type',
      expected: known.join(', '),
      found: describe(type),
      ...(remedy && { remedy }),
    });
    return false;
  }
  const [, httpScheme] = (type === 'apiKey' && fieldWithScheme.exec(String(value.name))) || [];
  if (httpScheme !== undefined) {
    report.add([...segments, 'name'], {
      id: 'security-header',
      message: `The name of an API key is a header field with its scheme, and was read as http ${httpScheme.toLowerCase()}`,
      expected: `type: http, scheme: ${httpScheme.toLowerCase()}`,
      found: describe(value.name),
    });
    delete value.name;
    delete value.in;
    Object.assign(value, { type: 'http', scheme: httpScheme.toLowerCase() });
    return true;
  }
  let isUsable = true;
  for (const name of needed) {
    report.text({ value, segments }, name, `${JSON.stringify(name)} of a security scheme`);
    if (typeof value[name] !== 'string' || value[name] === '') {
      isUsable = false;
      report.add(name in value ? [...segments, name] : segments, {
        id: 'security-scheme',
        message: `A security scheme of type ${type} needs ${JSON.stringify(name)}`,
        expected: name === 'in' ? 'header, query or cookie' : 'a string',
        found: describe(value[name]),
      });
    }
  }
  if (type === 'apiKey' && typeof value.in === 'string' && !/^(?:header|query|cookie)$/.test(value.in)) {
    isUsable = false;
    report.add([...segments, 'in'], {
      id: 'security-scheme',
      message: 'An API key is in an unknown place',
      expected: 'header, query or cookie',
      found: describe(value.in),
    });
  }
  return isUsable;
}

/** @returns whether an API key in a header can be sent there */
function checkKeyName(report: Report, scheme: Placed<JsonObject>): boolean {
  const { type, in: place } = scheme.value;
  if (type !== 'apiKey' || place !== 'header') return true;
  return checkFieldName(report, scheme, ', so that no API key can be sent in it', 'security-scheme');
}

/**
 * The Security Requirement Objects of the root or an operation (4.8.30). What cannot be demanded is taken out of them,
 * so that any credential will do, or none.
 */
export function checkSecurity(report: Report, holder: Placed<JsonObject>, { names, unusable }: Schemes): void {
  for (const { value, segments } of report.list(holder, 'security', 'a list of Security Requirement Objects')) {
    if (!isObject(value)) {
      report.add(segments, {
        id: 'shape',
        message: 'Not a Security Requirement Object',
        expected: 'an object',
        found: describe(value),
      });
      continue;
    }
    for (const name of Object.keys(value)) {
      if (!names.has(name)) {
        report.add([...segments, name], {
          id: 'security-unknown',
          message: `Unknown security scheme ${JSON.stringify(name)}`,
          expected: names.size > 0 ? `one of ${[...names].join(', ')}` : 'a name under components/securitySchemes',
          remedy: didYouMean(nearest(name, names, 1)) ?? 'Declare it under components/securitySchemes.',
        });
      }
      if (!names.has(name) || unusable.has(name)) delete value[name];
    }
  }
}
