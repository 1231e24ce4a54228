import type { Problem } from '../../errors.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Misfit } from '../problems.js';

/** Which rules a description follows. */
export type Dialect = '2.0' | '3.0' | '3.1' | '3.2';

export interface Identity {
  readonly root: JsonObject;
  readonly dialect: Dialect;
  /** As written. */
  readonly declaredVersion: string;
  readonly warnings: readonly Misfit[];
}

/** Why a value is no description that can be read. */
export interface Stranger extends Omit<Problem, 'location'> {
  readonly segments: readonly string[];
}

/** Tells which version of OpenAPI a value is a description of, or what else it is. */
export function identify(value: Json): Identity | Stranger {
  if (!isObject(value)) {
    return {
      segments: [],
      message: 'Not an OpenAPI document',
      expected: 'an object with a member "openapi"',
      found: describe(value),
      remedy: 'Give an OpenAPI 3.2, 3.1, 3.0 or 2.0 document in YAML or JSON.',
    };
  }
  const member = 'openapi' in value ? 'openapi' : 'swagger' in value ? 'swagger' : undefined;
  if (member === undefined) return notOpenApi(value);
  const written = value[member];
  const dialect = dialectOf(member, written, value);
  if (dialect === undefined) {
    return {
      segments: [member],
      message: `Unknown OpenAPI version`,
      expected: asSpecified[member],
      found: describe(written),
      remedy: 'Write the version as the specification does, in quotes: openapi: "3.2.0".',
    };
  }
  return {
    root: value,
    dialect,
    declaredVersion: versionText(written),
    warnings: versionWarnings(member, value, dialect),
  };
}

/** How the specification writes versions. */
const asSpecified = { openapi: 'openapi: 3.2.x, 3.1.x or 3.0.x', swagger: 'swagger: "2.0"' } as const;

/** The dialects, the newest last. */
const dialects: readonly Dialect[] = ['2.0', '3.0', '3.1', '3.2'];

/**
 * The dialect that a version names, or else the nearest: `v3.0.x` is 3.0, and what is newer than all is read as the newest. Undefined where
 * nothing tells that it is a description at all, and for Swagger 1, whose objects are others.
 */
function dialectOf(member: 'openapi' | 'swagger', written: Json | undefined, root: JsonObject): Dialect | undefined {
  const [, major, minor] = /^\D{0,20}(\d{1,3})(?:\.(\d{1,3}))?/.exec(versionText(written)) ?? [];
  if (major === undefined) {
    const isDescribing = isObject(root.paths) || isObject(root.webhooks) || isObject(root.components);
    return isDescribing ? (member === 'swagger' ? '2.0' : '3.2') : undefined;
  }
  if (Number(major) < 2) return undefined;
  if (Number(major) === 2) return '2.0';
  return dialects.find((dialect) => dialect === `${major}.${minor ?? 0}`) ?? '3.2';
}

/** Whether a version is written as the specification does (OpenAPI 3.2, 4.1), which may have a patch and what SemVer puts behind it. */
function isAsSpecified(member: 'openapi' | 'swagger', text: string, dialect: Dialect): boolean {
  const version = /^(\d+\.\d+)(?:\.\d+)?(?:-[\w.-]+)?$/.exec(text)?.[1];
  return version === dialect && (member === 'swagger') === (dialect === '2.0');
}

/** YAML reads an unquoted 3.0 as the number 3. */
function versionText(written: Json | undefined): string {
  return typeof written === 'number' && Number.isInteger(written) ? `${written}.0` : String(written).trim();
}

function versionWarnings(member: 'openapi' | 'swagger', root: JsonObject, dialect: Dialect): Misfit[] {
  const written = root[member];
  const warnings: Misfit[] = [];
  if (!isAsSpecified(member, versionText(written), dialect)) {
    const isNew = dialect !== '2.0';
    warnings.push({
      id: 'version',
      takes: 'nothing',
      segments: [member],
      message: `The version is none of the specification, and was read as ${dialect}`,
      expected: asSpecified[isNew ? 'openapi' : 'swagger'],
      found: `${member}: ${describe(written)}`,
      remedy: `Write it as the specification does, in quotes: ${isNew ? `openapi: "${dialect}.0"` : 'swagger: "2.0"'}.`,
    });
  } else if (typeof written === 'number') {
    warnings.push({
      id: 'version',
      takes: 'nothing',
      segments: [member],
      message: `The version is a number and was read as "${versionText(written)}"`,
      expected: 'a string',
      found: describe(written),
      remedy: `Put it in quotes.`,
    });
  }
  if (member === 'openapi' && 'swagger' in root) {
    warnings.push({
      id: 'version',
      takes: 'nothing',
      segments: ['swagger'],
      message: 'The document has both "openapi" and "swagger", and was read by the first',
      remedy: 'Remove one of them.',
    });
  }
  return warnings;
}

/** What else it may be, by the members that only such files have. */
const lookalikes: readonly { readonly name: string; matches(root: JsonObject): boolean; readonly remedy?: string }[] = [
  {
    name: 'an AsyncAPI document',
    matches: (root) => 'asyncapi' in root,
    remedy: 'AsyncAPI describes messages, not HTTP operations. Give the OpenAPI document of the same service.',
  },
  {
    name: 'a Swagger 1.2 document',
    matches: (root) => 'swaggerVersion' in root,
    remedy: 'Bring it to OpenAPI first: Swagger 1.2 is older than 2.0.',
  },
  {
    name: 'a Postman collection',
    matches: (root) =>
      isObject(root.info) &&
      ('_postman_id' in root.info || String(root.info.schema).includes('getpostman.com') || Array.isArray(root.item)),
    remedy: 'Export it as OpenAPI in Postman, and give that file.',
  },
  { name: 'an Insomnia export', matches: (root) => '_type' in root && 'resources' in root },
  { name: 'an HTTP archive (HAR)', matches: (root) => isObject(root.log) && 'entries' in root.log },
  { name: 'an Arazzo description', matches: (root) => 'arazzo' in root },
  { name: 'an OpenAPI Overlay', matches: (root) => 'overlay' in root },
  { name: 'a GraphQL introspection result', matches: (root) => '__schema' in root || '__schema' in Object(root.data) },
  { name: 'a Kubernetes manifest', matches: (root) => 'apiVersion' in root && 'kind' in root },
  { name: 'a package.json', matches: (root) => 'name' in root && 'version' in root && !('paths' in root) },
  {
    name: 'a JSON Schema',
    matches: (root) =>
      ['$schema', '$id', '$defs', 'definitions', 'properties', 'allOf', 'anyOf', 'oneOf'].some(
        (name) => name in root,
      ) && !('paths' in root),
    remedy: 'Put it under components/schemas of an OpenAPI document, and refer to it from an operation.',
  },
];

function notOpenApi(root: JsonObject): Stranger {
  const lookalike = lookalikes.find(({ matches }) => matches(root));
  const names = Object.keys(root);
  const members =
    names.length === 0
      ? 'an empty object'
      : `the members ${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''}`;
  return {
    segments: [],
    message: 'Not an OpenAPI document',
    expected: 'a member "openapi" (or "swagger" in version 2.0)',
    found: lookalike ? lookalike.name : members,
    remedy:
      lookalike?.remedy ??
      ('paths' in root ? 'Add the first line: openapi: 3.2.0' : 'Give an OpenAPI 3.2, 3.1, 3.0 or 2.0 document.'),
  };
}
