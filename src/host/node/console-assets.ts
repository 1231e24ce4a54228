import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { HttpRequest } from '../../operation/index.js';
import type { ControlAnswer } from '../control/index.js';
import { onceMade } from './once-made.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page runs its own scripts and speaks to its own origin, and nothing else; nobody may frame it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const common = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * The files of the built console. Only names that were found in the folder are served, so no path leads out of it.
 * @param base where they are served, without a slash at the end
 */
export function createAssets(folder: string, base: string): (request: HttpRequest) => Promise<ControlAnswer> {
  const files = onceMade(() => namesIn(folder));

  return async function answer({ method, target }) {
    if (method !== 'GET' && method !== 'HEAD') return text(405, 'The console can only be read', { Allow: 'GET, HEAD' });
    const [path = ''] = target.split(/[?#]/, 1);
    // What the page refers to is relative to its own address, so that needs its slash.
    if (path === base) return text(308, '', { Location: `${base}/${target.slice(path.length)}` });
    const name = path.slice(base.length + 1) || 'index.html';
    const file = (await files()).get(name);
    if (file === undefined) return text(404, name === 'index.html' ? notBuilt : 'The console has no such file');
    // Names of bundled files hold a hash of what is in them.
    const caching = name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const headers = { ...common, 'Content-Type': types[extname(file)] ?? 'text/plain', 'Cache-Control': caching };
    return { status: 200, headers, body: await readFile(file, 'utf8') };
  };
}

const notBuilt = 'The console is not built: run "npm run build"';

async function namesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = entries.filter((entry) => entry.isFile() && Object.hasOwn(types, extname(entry.name)));
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(join(folder, '/').length).replaceAll('\\', '/'), file];
    }),
  );
}

function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ControlAnswer {
  return { status, headers: { ...common, 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}
