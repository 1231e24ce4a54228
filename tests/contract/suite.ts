import { fileURLToPath } from 'node:url';
import {
  aspects,
  createClient,
  createCredentials,
  type RunOptions,
  type RunResult,
  run,
} from '../../src/contract/index.js';
import { documentFromObject, readDocument } from '../../src/document/index.js';
import { createOperations, type Operations } from '../../src/operation/index.js';
import { type Implementation, serveImplementation } from './implementation.js';
import { thingsDocument } from './things.js';

const builtIn = fileURLToPath(new URL('../../spec/openhands-installations.yaml', import.meta.url));

/** Compiled once for all tests of a file. */
const documents: Record<'installations' | 'things', Promise<Operations>> = {
  installations: readDocument(builtIn, { name: 'spec/openhands-installations.yaml' }).then(createOperations),
  things: Promise.resolve(createOperations(documentFromObject(thingsDocument, { name: 'things.json' }))),
};

export interface SuiteOptions extends Partial<RunOptions> {
  /** The key to give for the one security scheme of the built-in document. */
  readonly key?: string;
}

/** Serves an implementation and runs the whole suite against it, over a real socket. */
export async function check(
  document: keyof typeof documents,
  implementation: Implementation,
  { key, ...options }: SuiteOptions = {},
): Promise<RunResult> {
  const operations = await documents[document];
  const serving = await serveImplementation(implementation);
  const client = createClient(serving.url);
  try {
    return await run({
      operations,
      send: client.send,
      target: serving.url,
      allowWrites: true,
      allowDeletes: true,
      // A busy machine takes its time; what has to run into it says a shorter one.
      timeout: 10_000,
      credentials: createCredentials({ auth: key === undefined ? {} : { APIKeyHeader: key } }, ['APIKeyHeader']),
      // These implementations answer each request alone, and remember nothing: a thing's life has a server of its own.
      aspects: aspects.filter((aspect) => aspect !== 'life'),
      ...options,
    });
  } finally {
    client.close();
    await serving.close();
  }
}

/** Violations as a person reads them, for assertions. */
export function violationsOf(result: RunResult): string[] {
  return result.findings
    .filter(({ severity }) => severity === 'violation')
    .map(({ check, message, title, received }) => `${check}: ${message} [${title}] ${received}`);
}
