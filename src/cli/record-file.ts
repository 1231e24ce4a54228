import type { Operations } from '../index.js';
import { createRecord, formatOfFile, type ProxiedExchange, recordText } from '../proxy/index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { version } from '../version.js';
import { usage } from './arguments.js';
import type { Terminal } from './terminal.js';

/** How often what was seen meanwhile is written, in milliseconds. */
const intervalMilliseconds = 1000;

/** A file with what passes through a proxy. It is whole at any time, also when this process is killed. */
export interface RecordFile {
  add(exchange: ProxiedExchange): void;
  /**
   * Writes what is left, and says what was not recorded.
   * @returns whether the file has all that was recorded
   */
  close(terminal: Terminal): Promise<boolean>;
}

/** @throws CounterproofError USAGE where it cannot be written */
export async function openRecord(file: string, operations: Operations): Promise<RecordFile> {
  const record = createRecord({ operations, format: formatOfFile(file), version });
  let isNew = true;
  let failure: Error | null = null;
  let writing = Promise.resolve();
  const writeNew = async () => {
    if (!isNew) return;
    isNew = false;
    try {
      replaceFileSync(file, await recordText(record, file));
      failure = null;
    } catch (error) {
      isNew = true;
      failure = error as Error;
    }
  };
  /** One after the other, so that the last is the newest. */
  const write = () => {
    writing = writing.then(writeNew);
    return writing;
  };
  await write();
  const first = failure as Error | null;
  if (first !== null) throw usage('proxy', `--record ${file} cannot be written: ${whyUnwritten(first)}`);
  const clock = setInterval(write, intervalMilliseconds);
  return {
    add(exchange) {
      isNew = true;
      record.add(exchange);
    },
    async close({ error }) {
      clearInterval(clock);
      await write();
      if (failure !== null) error(`counterproof proxy: ${file} cannot be written: ${whyUnwritten(failure)}`);
      for (const sentence of record.skipped) error(`! ${sentence}`);
      return failure === null;
    },
  };
}
