/** Real servers: how each is got and started, and where its document is. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { fromDebian, fromNpm } from './install.mjs';

const apps = fileURLToPath(new URL('apps', import.meta.url));
const libraries = (root) => ({ LD_LIBRARY_PATH: join(root, 'usr/lib/x86_64-linux-gnu') });
/** A file of a package, where it was unpacked, or of the machine where that has it already. */
const fileOf = (root, path) => (existsSync(join(root, path)) ? join(root, path) : join('/', path));
const python = (root) => ({ PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'), PYTHONDONTWRITEBYTECODE: '1' });
// Packages of Debian are of its own Python.
const interpreter = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

function onNpm(name, packages, file) {
  return {
    name,
    prepare(folder, port) {
      fromNpm(folder, packages, apps);
      const url = `http://127.0.0.1:${port}`;
      return {
        command: process.execPath,
        args: [file, `${port}`],
        cwd: folder,
        url,
        document: `${url}/openapi.json`,
      };
    },
  };
}

function onUvicorn(name, packages, app) {
  return {
    name,
    prepare(folder, port) {
      const root = fromDebian(folder, packages);
      const args = ['-m', 'uvicorn', app, '--app-dir', apps, '--port', `${port}`, '--log-level', 'warning'];
      const url = `http://127.0.0.1:${port}`;
      return { command: interpreter, args, env: python(root), url, document: `${url}/openapi.json` };
    },
  };
}

/** @typedef {{ command: string, args: string[], cwd?: string, env?: object, url: string, document: string, flags?: string[], headers?: object }} Started */
/** @type {{ name: string, prepare(folder: string, port: number, document: string | undefined, second: number): Started }[]} */
export const targets = [
  {
    name: 'PowerDNS',
    prepare(folder, port, _, second) {
      const root = fromDebian(folder, ['pdns-server', 'pdns-backend-sqlite3', 'sqlite3']);
      const env = libraries(root);
      const database = join(folder, 'zones.sqlite');
      rmSync(database, { force: true });
      const schema = readFileSync(fileOf(root, 'usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql'));
      const sqlite = fileOf(root, 'usr/bin/sqlite3');
      execFileSync(sqlite, [database], { input: schema, env: { ...process.env, ...env } });
      const options = {
        'config-dir': folder,
        'module-dir': fileOf(root, 'usr/lib/x86_64-linux-gnu/pdns'),
        launch: 'gsqlite3',
        'gsqlite3-database': database,
        'gsqlite3-pragma-synchronous': 0,
        'gsqlite3-dnssec': 'yes',
        'socket-dir': folder,
        'local-address': '127.0.0.1',
        'local-port': second,
        webserver: 'yes',
        'webserver-address': '127.0.0.1',
        'webserver-port': port,
        api: 'yes',
        'api-key': 'secret',
        daemon: 'no',
        guardian: 'no',
      };
      return {
        command: fileOf(root, 'usr/sbin/pdns_server'),
        args: Object.entries(options).map(([name, value]) => `--${name}=${value}`),
        env,
        url: `http://127.0.0.1:${port}/api/v1`,
        document: `http://127.0.0.1:${port}/api/docs`,
        headers: { 'X-API-Key': 'secret' },
        flags: ['--auth', 'APIKeyHeader=secret'],
      };
    },
  },
  {
    name: 'Alertmanager',
    prepare(folder, port, document) {
      if (document === undefined)
        throw new Error(
          'its package has no document: pass --document Alertmanager=openapi.yaml, from api/v2 of its sources',
        );
      const root = fromDebian(folder, ['prometheus-alertmanager']);
      rmSync(join(folder, 'data'), { recursive: true, force: true });
      const config = join(folder, 'alertmanager.yml');
      writeFileSync(config, 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
      const args = [
        `--config.file=${config}`,
        `--storage.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ];
      // It reads its templates from a fixed place: there is one in a mount of its own.
      const own =
        'mount -t tmpfs tmpfs /usr/share && cp -r "$0/usr/share/prometheus" /usr/share && exec "$0/usr/bin/prometheus-alertmanager" "$@"';
      const command = 'unshare';
      args.unshift('--map-root-user', '--mount', 'sh', '-c', own, root);
      return { command, args, env: libraries(root), url: `http://127.0.0.1:${port}/api/v2`, document };
    },
  },
  {
    name: 'etcd',
    prepare(folder, port, _, second) {
      const root = fromDebian(folder, ['etcd-server']);
      rmSync(join(folder, 'data'), { recursive: true, force: true });
      const packed = fileOf(root, 'usr/share/doc/etcd-server/dev-guide/apispec/swagger/rpc.swagger.json.gz');
      const document = join(folder, 'rpc.swagger.json');
      writeFileSync(document, gunzipSync(readFileSync(packed)));
      const url = `http://127.0.0.1:${port}`;
      const peer = `http://127.0.0.1:${second}`;
      const args = ['--data-dir', join(folder, 'data'), '--listen-client-urls', url, '--advertise-client-urls', url];
      args.push(
        '--listen-peer-urls',
        peer,
        '--initial-advertise-peer-urls',
        peer,
        '--initial-cluster',
        `default=${peer}`,
      );
      return { command: fileOf(root, 'usr/bin/etcd'), args, env: libraries(root), url, document };
    },
  },
  onUvicorn('FastAPI', ['python3-fastapi', 'python3-uvicorn'], 'fastapi_app:app'),
  onUvicorn('SQLModel', ['python3-sqlmodel', 'python3-fastapi', 'python3-uvicorn'], 'sqlmodel_app:app'),
  {
    name: 'Django REST framework',
    prepare(folder, port) {
      const root = fromDebian(folder, ['python3-djangorestframework', 'python3-uritemplate']);
      const env = { ...python(root) };
      const app = join(apps, 'drf_app.py');
      const database = join(folder, 'library.sqlite');
      rmSync(database, { force: true });
      const document = join(folder, 'schema.json');
      writeFileSync(
        document,
        execFileSync(interpreter, [app, 'schema', database], { env: { ...process.env, ...env } }),
      );
      return {
        command: interpreter,
        args: [app, 'serve', database, `${port}`],
        env,
        url: `http://127.0.0.1:${port}`,
        document,
      };
    },
  },
  onNpm('Fastify', ['fastify', '@fastify/swagger'], 'fastify.mjs'),
  onNpm('Hono', ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod'], 'hono.mjs'),
  onNpm(
    'NestJS',
    [
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/platform-express',
      '@nestjs/swagger',
      'reflect-metadata',
      'rxjs',
      'class-validator',
      'class-transformer',
    ],
    'nest.mjs',
  ),
  onNpm(
    'express-zod-api',
    ['express-zod-api', 'express', 'http-errors', 'typescript', 'zod', '@types/express', '@types/http-errors'],
    'express-zod-api.mjs',
  ),
  onNpm('oRPC', ['@orpc/openapi', '@orpc/server', '@orpc/zod', 'zod'], 'orpc.mjs'),
  onNpm(
    'Feathers',
    ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa', '@feathersjs/memory', 'feathers-swagger'],
    'feathers.mjs',
  ),
  onNpm('hapi', ['@hapi/hapi', '@hapi/boom', '@hapi/inert', '@hapi/vision', 'hapi-swagger', 'joi'], 'hapi.mjs'),
  onNpm('Elysia', ['elysia', '@elysiajs/node', '@elysiajs/openapi'], 'elysia.mjs'),
];

export function folderFor(base, { name }) {
  const folder = join(base, name.toLowerCase().replaceAll(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}
