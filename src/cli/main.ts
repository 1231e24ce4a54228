#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isBelowFloor, nodeFloor } from './node-floor.js';
import { laterOptimising } from './optimise-later.js';

if (isBelowFloor(process.versions.node)) {
  console.error(`counterproof needs Node ${nodeFloor} or newer; this is ${process.versions.node}`);
  process.exit(2);
}

for (const flag of laterOptimising(process.versions.v8)) setFlagsFromString(flag);
// Node 22.10 and newer keep compiled code between runs. What runs long is more often killed than ended, and then Node
// keeps nothing: so it is kept while it runs, once it has answered whoever waited for it.
const { enableCompileCache, flushCompileCache } = nodeModule as {
  readonly enableCompileCache?: () => unknown;
  readonly flushCompileCache?: () => void;
};
enableCompileCache?.();
setTimeout(() => flushCompileCache?.(), 3000).unref();

const { report, runProgram, strayError } = await import('./program.js');
const { processTerminal } = await import('./terminal.js');

const terminal = processTerminal();
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    const stray = strayError(error);
    if (stray === null) process.exit(report(error, terminal));
    terminal.error(stray);
  });
}
// Node ends, and says nothing, where what is awaited can never come.
let isOver = false;
process.on('exit', (code) => {
  // A worker whose primary is gone is ended by node:cluster.
  if (isOver || code !== 0 || process.connected === false) return;
  terminal.error(
    'counterproof: a configuration file or a handler ends this process, or awaits something that never comes',
  );
  process.exitCode = 2;
});
const exitCode = await runProgram(process.argv.slice(2), terminal);
const failure = await terminal.end();
isOver = true;
if (failure !== null) terminal.error(`counterproof: standard output cannot be written: ${failure}`);
process.exit(failure === null ? exitCode : 2);
