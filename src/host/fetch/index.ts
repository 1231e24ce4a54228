import { createSubject, type SubjectOptions } from '../subject.js';
import { type FetchHost, fetchHostOf } from './host.js';

export type { SubjectOptions } from '../subject.js';
export type { FetchHost } from './host.js';

/**
 * A mock for whatever speaks `Request → Response`: Bun, Deno, workers, tests. Where no code may be made from strings,
 * as in Cloudflare's workers, schemas are interpreted; `counterproof build` writes a file that is smaller and faster there.
 * @throws CounterproofError with all that is wrong with the document or the fixtures
 */
export async function createFetchHost(options: SubjectOptions = {}): Promise<FetchHost> {
  return fetchHostOf(await createSubject(options), options.stream);
}
