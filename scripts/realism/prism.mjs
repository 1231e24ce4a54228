/** What Prism answers to the same requests, to be read beside ours. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** @returns a body for each target, or why there is none */
export async function prismBodies(document, targets) {
  const { createClientFromOperations } = require('@stoplight/prism-http/dist/client.js');
  const { getHttpOperationsFromSpec } = require('@stoplight/prism-cli/dist/operations.js');
  const operations = await getHttpOperationsFromSpec(document);
  const client = createClientFromOperations(operations, {
    mock: { dynamic: true },
    validateRequest: false,
    validateResponse: false,
    checkSecurity: false,
    errors: false,
    upstreamProxy: undefined,
    isProxy: false,
  });
  const bodies = [];
  for (const target of targets) {
    try {
      const { data } = await client.get(target);
      bodies.push(JSON.stringify(data, null, 1));
    } catch (error) {
      bodies.push(`(none: ${error.message})`);
    }
  }
  return bodies;
}
