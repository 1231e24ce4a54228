import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Mount } from '../options.js';

/** Hands requests below a path to the server that listens on a socket of this machine (a path, or the name of a pipe). */
export function forwardTo(socketPath: string, path: string): Mount {
  return {
    path,
    handle(message: IncomingMessage, response: ServerResponse): void {
      const { method, url, rawHeaders } = message;
      const headers: string[] = [];
      for (let index = 0; index < rawHeaders.length; index += 2) {
        const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
        if (!/^(connection|keep-alive|expect)$/i.test(name)) headers.push(name, value);
      }
      const forwarded = ask(
        { socketPath, method, path: url, headers: headers as unknown as Record<string, string>, agent: false },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, withoutConnection(answer.rawHeaders));
          response.flushHeaders();
          answer.pipe(response);
          answer.on('error', () => response.destroy());
        },
      );
      forwarded.on('error', (error) => {
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(503, { 'Content-Type': 'text/plain' })
            .end(`The console cannot be reached: ${error.message}`);
      });
      response.once('close', () => forwarded.destroy());
      message.pipe(forwarded);
    },
  };
}

function withoutConnection(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!/^(connection|keep-alive|transfer-encoding)$/i.test(name)) kept.push(name, value);
  }
  return kept;
}
