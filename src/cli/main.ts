#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22.8 and newer keep compiled code between runs; it halves the start.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { report, runProgram } = await import('./program.js');
const { processTerminal } = await import('./terminal.js');

const terminal = processTerminal();
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => process.exit(report(error, terminal)));
}
process.exit(await runProgram(process.argv.slice(2), terminal));
