import type { Work } from '../../text/slices.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Document } from '../document.js';
import type { LeftOut, Misfit } from '../problems.js';
import { checkBody, checkHeader, checkMediaType, checkParameter, checkResponse, checkSchema } from './parts.js';
import { checkOperations } from './paths.js';
import { type Placed, Report } from './report.js';
import { checkSchemes, checkSecurity, type Schemes } from './security.js';

interface Checked {
  readonly problems: readonly Misfit[];
  readonly leftOut: readonly LeftOut[];
  remove(): void;
}

/**
 * Looks for what is wrong in a tree of the shape of OpenAPI 3.2, and mends in it what has one reading. Looks no deeper
 * than Schema Objects: those are read when they are first compiled.
 * @returns what it found; `remove` takes out of the tree what cannot be served
 */
export function* checkDocument(document: Pick<Document, 'root' | 'resolve' | 'declaredVersion'>): Work<Checked> {
  const report = new Report(document);
  const root: Placed<JsonObject> = { value: document.root, segments: [] };
  checkInfo(report, root);
  checkServers(report, root);
  const schemes = checkComponents(report, root);
  checkSecurity(report, root, schemes);
  yield null;
  yield* checkOperations(report, root, schemes, mayDeclareNothing(document.declaredVersion));
  const { problems, leftOut } = report;
  return {
    problems,
    leftOut,
    remove() {
      for (const removal of report.removals) removal();
    },
  };
}

/** From 3.1 on an operation need not have responses (OpenAPI 3.1, 4.8.10). */
function mayDeclareNothing(declaredVersion: string): boolean {
  return !/^(?:2|3\.0)/.test(declaredVersion);
}

function checkInfo(report: Report, root: Placed<JsonObject>): void {
  if (root.value.info === undefined) {
    report.add([], {
      id: 'info-missing',
      message: '"info" is missing',
      expected: 'an Info Object with title and version',
    });
    return;
  }
  report.object(root, 'info', 'an Info Object');
}

/** Server Objects of the root, a path item or an operation (OpenAPI 3.1, 4.8.5). */
export function checkServers(report: Report, holder: Placed<JsonObject>): void {
  for (const { value, segments } of report.list(holder, 'servers', 'a list of Server Objects')) {
    const server = report.follow({ value, segments }, 'a Server Object');
    if (server !== undefined && typeof server.value.url !== 'string') {
      server.value.url = '/';
      report.add(segments, {
        id: 'server-url',
        message: 'A server has no "url"',
        expected: 'a URL, absolute or relative',
        found: 'nothing',
      });
    }
  }
}

/** @returns the names of the security schemes that can be used */
function checkComponents(report: Report, root: Placed<JsonObject>): Schemes {
  const components = report.object(root, 'components', 'a Components Object');
  if (components === undefined) return { names: new Set(), unusable: new Set() };
  for (const [section, check] of Object.entries(sections)) {
    const map = report.object(components, section, 'an object of components by name');
    for (const name of Object.keys(map?.value ?? {})) {
      check(
        report,
        { value: map?.value[name] as Json, segments: ['components', section, name] },
        map?.value as JsonObject,
      );
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
  mediaTypes: checkMediaType,
} satisfies Record<string, (report: Report, placed: Placed<Json>, holder: JsonObject) => unknown>;
