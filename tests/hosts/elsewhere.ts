import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that is not the mock: it serves a page, its files, and 404 for everything else. */
export async function serveElsewhere(
  files: Readonly<Record<string, { type: string; text: string }>> = {},
  fields: Readonly<Record<string, string>> = {},
) {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (file === undefined) response.writeHead(404).end('elsewhere');
    else response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'no-store', ...fields }).end(file.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
