import type { HttpRequest, HttpResponse } from '../../operation/index.js';
import { isLoopback } from '../../text/loopback.js';

/** Why an address may not be sent to, as a sentence without its period; null where it may: those of this machine alone. */
export function addressProblem(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return `"${address}" is no URL`;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${url.protocol} is neither http nor https`;
  if (url.username !== '' || url.password !== '') return 'The address may hold no credentials';
  return isLoopback(url.hostname) ? null : `Webhooks are sent to this machine alone, and ${url.hostname} is another`;
}

/** How long a receiver may take, in milliseconds, and how much of its answer is read, in bytes. */
const timeoutMilliseconds = 10_000;
const maximumAnswerBytes = 1024 * 1024;

/**
 * Sends a webhook, and reads what is answered. Redirects are not followed.
 * @param address passed by `addressProblem`
 * @throws Error where nobody answers
 */
export function sendWebhook(request: HttpRequest, address: string): Promise<HttpResponse> {
  const problem = addressProblem(address);
  return problem === null ? deliver(request, new URL(address)) : Promise.reject(new Error(problem));
}

/**
 * Sends a request to an address, and reads what is answered, within 10 s and up to 1 MiB. Redirects are not followed.
 * @throws Error where nobody answers
 */
export async function deliver(request: HttpRequest, url: URL): Promise<HttpResponse> {
  if (request.target !== '')
    url.search = url.search === '' ? request.target : `${url.search}&${request.target.slice(1)}`;
  const { request: send } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  return new Promise((resolve, reject) => {
    const headers = {
      ...request.headers,
      'content-length': String(request.body?.length ?? 0),
      'user-agent': 'counterproof',
    };
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    // Certificates of this machine are mostly signed by nobody.
    const outgoing = send(url, {
      method: request.method,
      headers: headers as never,
      signal,
      rejectUnauthorized: !isLoopback(url.hostname),
    });
    outgoing.once('error', reject);
    outgoing.once('response', (message) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const done = () =>
        resolve({
          status: message.statusCode ?? 0,
          headers: message.headers,
          body: length === 0 ? null : Buffer.concat(chunks),
        });
      message.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > maximumAnswerBytes) {
          done();
          message.destroy();
        }
      });
      message.once('end', done);
      message.once('error', reject);
    });
    outgoing.end(request.body ?? undefined);
  });
}
