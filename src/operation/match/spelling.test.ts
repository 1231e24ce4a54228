import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { JsonObject } from '../../text/value.js';
import { createOperations } from '../operations.js';

/** What a request matches of operations whose parameters are described, in one line. */
function matching(paths: Record<string, { description?: string; pattern?: string }>) {
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: Object.fromEntries(
        Object.entries(paths).map(([path, { description = '', pattern }]) => {
          const [, name = ''] = /\{([^{}]+)\}/.exec(path) ?? [];
          const schema = { type: 'string', ...(pattern !== undefined && { pattern }) };
          const parameters = [{ name, in: 'path', required: true, description, schema }];
          return [path, { parameters, get: { responses: { 200: { description: '' } } } }];
        }),
      ) as JsonObject,
    }),
  );
  return (target: string) => {
    const found = operations.match('GET', target);
    return found.kind === 'operation' ? `${found.entry.path} ${JSON.stringify(found.pathParameters)}` : found.kind;
  };
}

describe('a path parameter that stands for several segments (AIP-127)', () => {
  it('is read with slashes as they are, and percent-encoded, where its pattern has segments', () => {
    const match = matching({
      '/v1/{name}': { pattern: '^projects/[^/]+/things/[^/]+$' },
      '/v1/{name_1}': { pattern: 'projects/[^/]+/books/[^/]+' },
      '/v1/{parent}/things': { pattern: 'projects/[^/]+' },
      '/v1/{name}:archive': { pattern: 'projects/[^/]+/things/[^/]+' },
    });
    expect(match('/v1/projects/p/things/7')).toBe('/v1/{name} {"name":"projects/p/things/7"}');
    expect(match('/v1/projects/p/books/7')).toBe('/v1/{name_1} {"name_1":"projects/p/books/7"}');
    expect(match('/v1/projects%2Fp%2Fbooks%2F7')).toBe('/v1/{name_1} {"name_1":"projects%2Fp%2Fbooks%2F7"}');
    expect(match('/v1/projects/p/things')).toBe('/v1/{parent}/things {"parent":"projects/p"}');
    expect(match('/v1/projects/p/things/7:archive')).toBe('/v1/{name}:archive {"name":"projects/p/things/7"}');
    expect(match('/v1/projects/p/shops/7')).toBe('not-found');
  });

  it('is so by what its description shows, where it says no pattern', () => {
    const match = matching({
      '/v1/{name}': { description: 'Required. For example: `projects/PROJECT_ID/things/THING_ID`.' },
      '/v1/{parent}/things': { description: 'Format: projects/{project_id}' },
    });
    expect(match('/v1/projects/p/things/7')).toBe('/v1/{name} {"name":"projects/p/things/7"}');
    expect(match('/v1/projects/p/things')).toBe('/v1/{parent}/things {"parent":"projects/p"}');
  });

  it('is one segment where nothing says otherwise', () => {
    const match = matching({
      '/files/{path}': { pattern: '^[a-z/]+$' },
      '/repos/{name}': { description: 'The name and/or id of one of the repositories' },
      '/commits/{ref}': { description: 'A SHA, or the name of a branch (`heads/BRANCH_NAME`)' },
    });
    expect(match('/files/a/b')).toBe('not-found');
    expect(match('/repos/a/b')).toBe('not-found');
    expect(match('/commits/heads/main')).toBe('not-found');
  });
});
