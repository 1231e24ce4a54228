import { child } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { pathsIn, serversWithout } from './mounts.js';
import type { Part } from './part.js';

/**
 * The servers of several documents, each named once. Where they differ, each path says its own, so that it is served under the base paths
 * that its document names.
 * @returns undefined where no document names any
 */
export function joinServers(parts: readonly Part[]): Json[] | undefined {
  for (const { frames, mount } of parts) {
    for (const { value } of [...frames.operation, ...frames.pathItem])
      if (Array.isArray(value.servers)) value.servers = serversWithout(mount, value.servers);
  }
  const own = parts.map(({ root, mount }) =>
    Array.isArray(root.servers) ? serversWithout(mount, root.servers) : undefined,
  );
  const isOne = new Set(own.map((servers) => JSON.stringify(servers))).size === 1;
  if (!isOne) for (const [index, part] of parts.entries()) sayServers(part, own[index] ?? [{ url: '/' }]);
  const all = new Map(own.flatMap((servers) => servers ?? []).map((server) => [JSON.stringify(server), server]));
  return all.size === 0 ? undefined : [...all.values()];
}

function sayServers({ root, document }: Part, servers: readonly Json[]): void {
  for (const path of pathsIn(root)) {
    const item = child(root.paths, path);
    const { value } = document.resolve(child(document.root.paths, path), '');
    if (typeof item === 'object' && item !== null && !Array.isArray(item) && child(value, 'servers') === undefined)
      item.servers ??= structuredClone([...servers]);
  }
}
