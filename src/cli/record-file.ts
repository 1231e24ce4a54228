import type { Operations } from '../index.js';
import { createRecord, formatOfFile, type ProxiedExchange, recordText } from '../proxy/index.js';
import { version } from '../version.js';
import { usage } from './arguments.js';
import { replaceFile } from './report-files.js';
import type { Terminal } from './terminal.js';

/** How often what was seen meanwhile is written, in milliseconds. */
const intervalMilliseconds = 1000;

/** A file with what passes through a proxy. It is whole at any time, also when this process is killed. */
export interface RecordFile {
  add(exchange: ProxiedExchange): void;
  /** Writes what is left, and says what was not recorded. */
  close(terminal: Terminal): Promise<void>;
}

/** @throws CounterproofError USAGE where it cannot be written */
export async function openRecord(file: string, operations: Operations): Promise<RecordFile> {
  const record = createRecord({ operations, format: formatOfFile(file), version });
  let isNew = true;
  const write = async () => {
    if (!isNew) return;
    isNew = false;
    replaceFile(file, await recordText(record, file));
  };
  try {
    await write();
  } catch (error) {
    throw usage('proxy', `--record ${file} cannot be written: ${(error as Error).message}`);
  }
  let failure: Error | null = null;
  const clock = setInterval(() => {
    write().catch((error: Error) => {
      isNew = true;
      failure = error;
    });
  }, intervalMilliseconds);
  return {
    add(exchange) {
      isNew = true;
      record.add(exchange);
    },
    async close({ error }) {
      clearInterval(clock);
      try {
        await write();
      } catch (last) {
        failure = last as Error;
      }
      if (failure !== null && isNew) error(`counterproof proxy: ${file} cannot be written: ${failure.message}`);
      for (const sentence of record.skipped) error(`! ${sentence}`);
    },
  };
}
