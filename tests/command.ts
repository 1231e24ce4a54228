import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Another program than the built command. */
  readonly program?: readonly string[];
  /** Another user, by number: where this is root, who may read everything. */
  readonly user?: number | undefined;
}

/** A command that runs, and what it has printed so far. */
export interface Running {
  readonly child: ChildProcess;
  out(): string;
  error(): string;
  /** Waits until what was printed on standard output matches. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Waits for the end; with a signal, after sending it. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

const running = new Set<ChildProcess>();

/** Starts `counterproof` as a user would. */
export function start(
  args: readonly string[],
  { cwd = root, env = {}, program = [process.execPath, main], user }: RunOptions = {},
): Running {
  const [file = '', ...first] = program;
  const child = spawn(file, [...first, ...args], {
    cwd,
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user !== undefined && { uid: user, gid: user }),
  });
  const printed = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.error += text;
  });
  running.add(child);
  const closed = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return { code, signal };
  });

  return {
    child,
    out: () => printed.out,
    error: () => printed.error,
    async until(pattern) {
      for (const deadline = Date.now() + 300_000; Date.now() < deadline; ) {
        const match = printed.out.match(pattern);
        if (match !== null) return match;
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`${pattern} was not printed, but:\n${printed.out}\n${printed.error}`);
    },
    async end(signal) {
      if (signal !== undefined) child.kill(signal);
      return { ...(await closed), ...printed };
    },
  };
}

/** Runs `counterproof` to its end, in a process of its own; `run` of program.ts is quicker. */
export const runProcess = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  start(args, options).end();

/** Starts a mock on a free port. */
export async function startMock(
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Running & { url: string }> {
  const command = start(['mock', '--port', '0', ...args], options);
  const [url] = await command.until(/http:\/\/localhost:\d+/);
  return { ...command, url };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** For `afterEach`: nothing that a test has started outlives it. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Ours, less what would make the command behave as it does for somebody else. */
export function environment(): NodeJS.ProcessEnv {
  const { COUNTERPROOF_API_KEY, COUNTERPROOF_CONTROL_TOKEN, COUNTERPROOF_DEBUG, NODE_OPTIONS, ...rest } = process.env;
  return rest;
}
