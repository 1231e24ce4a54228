import { didYouMean, nearest } from '../../text/nearest.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Placed, Report } from './report.js';

/** What each type of Security Scheme Object needs besides its type (OpenAPI 3.1, 4.8.27). */
const needs: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['name', 'in'],
  http: ['scheme'],
  oauth2: [],
  openIdConnect: [],
  mutualTLS: [],
};

/** @returns the names that security requirements may use */
export function checkSchemes(report: Report, components: Placed<JsonObject>): ReadonlySet<string> {
  const map = report.object(components, 'securitySchemes', 'an object of Security Scheme Objects by name');
  const names = Object.keys(map?.value ?? {});
  for (const name of names) {
    const placed = { value: map?.value[name] as Json, segments: [...components.segments, 'securitySchemes', name] };
    const scheme = report.once(placed, 'a Security Scheme Object');
    if (scheme !== undefined) checkScheme(report, scheme);
  }
  return new Set(names);
}

function checkScheme(report: Report, { value, segments }: Placed<JsonObject>): void {
  const { type } = value;
  const needed = typeof type === 'string' && Object.hasOwn(needs, type) ? needs[type] : undefined;
  if (needed === undefined) {
    const known = Object.keys(needs);
    const remedy = typeof type === 'string' ? didYouMean(nearest(type, known, 1)) : undefined;
    report.error('type' in value ? [...segments, 'type'] : segments, {
      message: 'A security scheme has an unknown type',
      expected: known.join(', '),
      found: describe(type),
      ...(remedy && { remedy }),
    });
    return;
  }
  for (const name of needed) {
    if (typeof value[name] !== 'string' || value[name] === '') {
      report.error(name in value ? [...segments, name] : segments, {
        message: `A security scheme of type ${type} needs ${JSON.stringify(name)}`,
        expected: name === 'in' ? 'header, query or cookie' : 'a string',
        found: describe(value[name]),
      });
    }
  }
  if (type === 'apiKey' && typeof value.in === 'string' && !/^(?:header|query|cookie)$/.test(value.in)) {
    report.error([...segments, 'in'], {
      message: 'An API key is in an unknown place',
      expected: 'header, query or cookie',
      found: describe(value.in),
    });
  }
}

/** The Security Requirement Objects of the root or an operation (4.8.30). */
export function checkSecurity(report: Report, holder: Placed<JsonObject>, schemes: ReadonlySet<string>): void {
  for (const { value, segments } of report.list(holder, 'security', 'a list of Security Requirement Objects')) {
    if (!isObject(value)) {
      report.error(segments, {
        message: 'Not a Security Requirement Object',
        expected: 'an object',
        found: describe(value),
      });
      continue;
    }
    for (const name of Object.keys(value)) {
      if (!schemes.has(name)) {
        report.error([...segments, name], {
          message: `Unknown security scheme ${JSON.stringify(name)}`,
          expected: schemes.size > 0 ? `one of ${[...schemes].join(', ')}` : 'a name under components/securitySchemes',
          remedy: didYouMean(nearest(name, schemes, 1)) ?? 'Declare it under components/securitySchemes.',
        });
      }
    }
  }
}
