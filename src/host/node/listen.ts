import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { CounterproofError } from '../../errors.js';

/** `localhost` means one of these to one client and the other to the next, so both are listened on. */
const loopback = ['127.0.0.1', '::1'] as const;

export function addressesFor(host: string | undefined): readonly string[] {
  return host === undefined || host === 'localhost' ? loopback : [host];
}

/**
 * Makes one server an address, all on one port. The IPv6 loopback may be missing on a machine; any
 * other address may not.
 * @throws CounterproofError PORT_UNAVAILABLE
 */
export async function listenOnAll<S extends Server>(
  addresses: readonly string[],
  port: number,
  create: () => S,
): Promise<S[]> {
  for (let attempt = 1; ; attempt++) {
    const servers: S[] = [];
    try {
      for (const address of addresses) {
        const server = create();
        const taken = servers[0] === undefined ? port : portOf(servers[0]);
        if (await listen(server, address, taken, servers.length > 0)) servers.push(server);
      }
      return servers;
    } catch (error) {
      for (const server of servers) server.close();
      // A port that was free on one address need not be on the other: draw again.
      const again = port === 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE' && attempt < 10;
      if (!again) throw await unavailable(error as NodeJS.ErrnoException, addresses, port);
    }
  }
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** False where the address is optional and the machine has none of its family. */
function listen(server: Server, host: string, port: number, optional: boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (missing && optional) resolve(false);
      else reject(error);
    };
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}

const reasons: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no machine is called so',
};

async function unavailable(
  error: NodeJS.ErrnoException & { address?: string },
  addresses: readonly string[],
  port: number,
): Promise<CounterproofError> {
  const where = error.address ?? addresses[0];
  switch (error.code) {
    case 'EADDRINUSE': {
      const free = await nextFreePort(addresses, port);
      const example = free === null ? '' : `--port ${free}, which is free now, or `;
      return new CounterproofError('PORT_UNAVAILABLE', {
        message: `Port ${port} is in use on ${where}`,
        remedy: `Use ${example}--port 0 for any free one`,
      });
    }
    case 'EACCES':
      return new CounterproofError('PORT_UNAVAILABLE', {
        message: `Port ${port} may only be used by a privileged process`,
        remedy: `Use a port above 1023: --port ${port === 443 ? 8443 : 8080}`,
      });
    default:
      return new CounterproofError('PORT_UNAVAILABLE', {
        message: `Cannot listen on ${where}, port ${port}: ${reasons[error.code ?? ''] ?? error.code ?? error.message}`,
        remedy: 'Use --host with an address of this machine; 127.0.0.1 always is one',
      });
  }
}

/** The nearest port above that is free on every address; null when none of the next twenty is. */
async function nextFreePort(addresses: readonly string[], port: number): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(port + 20, 65535); candidate++) {
    if (await isFree(addresses, candidate)) return candidate;
  }
  return null;
}

async function isFree(addresses: readonly string[], port: number): Promise<boolean> {
  for (const [index, address] of addresses.entries()) {
    const server = createServer();
    try {
      await listen(server, address, port, index > 0);
    } catch {
      // Whatever is wrong with this port, it is none to recommend.
      return false;
    } finally {
      server.close();
    }
  }
  return true;
}
