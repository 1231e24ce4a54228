import type { Json, JsonObject } from '../../text/value.js';
import type { Document } from '../document.js';
import type { Misfit } from '../read/identify.js';
import { checkBody, checkHeader, checkParameter, checkResponse, checkSchema } from './parts.js';
import { checkOperations } from './paths.js';
import { type Placed, Report } from './report.js';
import { checkSchemes, checkSecurity } from './security.js';

/**
 * Looks for what keeps a document from being used, and for what should be mended, in a tree of the shape of
 * OpenAPI 3.1. Looks no deeper than Schema Objects: those are read when they are first compiled.
 */
export function checkDocument(document: Pick<Document, 'root' | 'resolve'>): {
  readonly problems: readonly Misfit[];
  readonly warnings: readonly Misfit[];
} {
  const report = new Report(document);
  const root: Placed<JsonObject> = { value: document.root, segments: [] };
  checkInfo(report, root);
  checkServers(report, root);
  const schemes = checkComponents(report, root);
  checkSecurity(report, root, schemes);
  checkOperations(report, root, schemes);
  return report;
}

function checkInfo(report: Report, root: Placed<JsonObject>): void {
  if (root.value.info === undefined) {
    report.warn([], { message: '"info" is missing', expected: 'an Info Object with title and version' });
    return;
  }
  report.object(root, 'info', 'an Info Object');
}

/** Server Objects of the root, a path item or an operation (OpenAPI 3.1, 4.8.5). */
export function checkServers(report: Report, holder: Placed<JsonObject>): void {
  for (const { value, segments } of report.list(holder, 'servers', 'a list of Server Objects')) {
    const server = report.follow({ value, segments }, 'a Server Object');
    if (server !== undefined && typeof server.value.url !== 'string') {
      report.error(segments, {
        message: 'A server has no "url"',
        expected: 'a URL, absolute or relative',
        found: 'nothing',
      });
    }
  }
}

/** @returns the names of the security schemes that can be used */
function checkComponents(report: Report, root: Placed<JsonObject>): ReadonlySet<string> {
  const components = report.object(root, 'components', 'a Components Object');
  if (components === undefined) return new Set();
  for (const [section, check] of Object.entries(sections)) {
    const map = report.object(components, section, 'an object of components by name');
    for (const name of Object.keys(map?.value ?? {})) {
      check(report, { value: map?.value[name] as Json, segments: ['components', section, name] });
    }
  }
  return checkSchemes(report, components);
}

const sections = {
  schemas: checkSchema,
  parameters: checkParameter,
  responses: checkResponse,
  requestBodies: checkBody,
  headers: checkHeader,
} satisfies Record<string, (report: Report, placed: Placed<Json>) => unknown>;
