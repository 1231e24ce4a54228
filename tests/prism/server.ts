import { createRequire } from 'node:module';
import { freePort } from '../command.js';

const ofPrism = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js'));
const { createSingleProcessPrism } = ofPrism('./util/createServer.js');
// What it prints as it starts.
ofPrism('signale').disable();

interface PrismOptions {
  /** As `--errors`. */
  readonly errors?: boolean;
  /** What `prism proxy` stands before; without it, it is `prism mock`. */
  readonly upstream?: URL;
}

/**
 * Prism, with all that its command is without flags, within this process: to start Node and to load it takes longer than
 * all that it is asked here.
 *
 * @param document the path of a document
 */
export async function startPrism(document: string, { errors = false, upstream }: PrismOptions = {}) {
  const port = await freePort();
  const server = await createSingleProcessPrism({
    ...{ document, errors, port, host: '127.0.0.1', cors: true, multiprocess: false, verboseLevel: 'silent' },
    ...(upstream === undefined
      ? { dynamic: false, ignoreExamples: false, seed: null }
      : { upstream, validateRequest: true }),
  });
  return { url: `http://127.0.0.1:${port}`, end: (): void => void server.close() };
}
