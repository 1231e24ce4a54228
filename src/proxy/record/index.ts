import { extname } from 'node:path';
import { yamlText } from '../../document/yaml-text.js';
import type { Operations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { ProxiedExchange } from '../types.js';
import { HarWriter, readArchive } from './har.js';
import { Recorder } from './recorder.js';

export { exchangesIn } from './har.js';

/** What is written of exchanges. */
export interface TrafficRecord {
  add(exchange: ProxiedExchange): void;
  /** All of it so far: a fixture file, or an HTTP Archive. */
  value(): JsonObject;
  /** What was seen and is not in it, as sentences. */
  readonly skipped: readonly string[];
}

/**
 * Begins a record.
 *
 * @param options.format `fixtures` for scripted cases, `har` for an HTTP Archive
 */
export function createRecord(options: {
  readonly operations: Operations;
  readonly format: 'fixtures' | 'har';
  readonly version?: string;
}): TrafficRecord {
  const { operations, format, version = '' } = options;
  const salt = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  if (format === 'har') {
    const writer = new HarWriter(operations, salt, version);
    return {
      add: (exchange) => writer.add(exchange),
      value: () => writer.archive(),
      get skipped() {
        return writer.skipped;
      },
    };
  }
  const recorder = new Recorder(operations, salt);
  return {
    add: (exchange) => recorder.add(exchange),
    value: () => recorder.fixtures(),
    get skipped() {
      return recorder.skipped;
    },
  };
}

/**
 * The scripted cases of an HTTP Archive (HAR 1.2), as a browser exports it.
 *
 * @throws CounterproofError USAGE where it is no archive
 */
export function recordOfHar(text: string, name: string, operations: Operations): TrafficRecord {
  const record = createRecord({ operations, format: 'fixtures' });
  const { exchanges, bodiless } = readArchive(text, name, operations);
  for (const exchange of exchanges) record.add(exchange);
  const answers = bodiless === 1 ? '1 answer' : `${bodiless} answers`;
  const left = bodiless === 0 ? [] : [`${answers} not recorded: the archive has the head alone`];
  return { ...record, skipped: [...record.skipped, ...left] };
}

/** What a record is written as, by the ending of its file: `.har`, `.json`, and else YAML. */
export function formatOfFile(file: string): 'fixtures' | 'har' {
  return extname(file).toLowerCase() === '.har' ? 'har' : 'fixtures';
}

/** The text of a record for a file of this name. */
export async function recordText(record: TrafficRecord, file: string): Promise<string> {
  const isJson = ['.har', '.json'].includes(extname(file).toLowerCase());
  return isJson ? `${JSON.stringify(record.value(), null, 2)}\n` : await yamlText(record.value());
}
