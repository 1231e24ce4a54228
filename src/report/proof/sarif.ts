import type { Location } from '../../errors.js';
import { artifact } from '../run/sarif.js';
import { visible } from '../run/words.js';
import type { ProofResult, Trial } from './result.js';
import { survivors, trialName } from './words.js';

/** SARIF 2.1.0: each surviving fault at the line of the document where it strikes. */
export function sarif(result: ProofResult): string {
  const results = [
    ...survivors(result).map((trial) => ({
      ruleId: trial.fault,
      level: 'error',
      message: { text: `The suite does not notice ${trialName(trial)}.` },
      locations: [place(placeOf(result, trial))],
    })),
    ...result.falseAlarms.map(({ variant, operationId, check, message }) => ({
      ruleId: 'false-alarm',
      level: 'error',
      message: { text: visible(`${check} accuses ${variant ?? 'the mock as it is'} in ${operationId}: ${message}`) },
      locations: [place(result.places[operationId])],
    })),
  ];
  const rules = [...result.faults, { id: 'false-alarm', summary: 'a right implementation is accused' }];
  const driver = {
    name: 'counterproof prove',
    ...(result.tool.version && { version: result.tool.version }),
    rules: rules.map(({ id, summary }) => ({ id, shortDescription: { text: summary } })),
  };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function placeOf({ places }: ProofResult, { operationId, site }: Trial): Location | undefined {
  return (site === null ? undefined : places[site]) ?? places[operationId];
}

function place(location: Location | undefined) {
  const { file, line, column } = location ?? { file: '', line: 1, column: 1 };
  return { physicalLocation: { artifactLocation: artifact(file), region: { startLine: line, startColumn: column } } };
}
