import type { FaultSummary, Outcome, ProofResult } from '../../src/report/index.js';

/** A proof for the tests of reports. `text` stands wherever a document has a say. */
export function sampleProof(text = 'x'): ProofResult {
  const operationId = `list ${text}`;
  const site = `/site/${text}`;
  const trial = (fault: string, outcome: Outcome) => ({ fault, operationId, site, outcome });
  const fault = (id: string, counts: Partial<FaultSummary>): FaultSummary => {
    const none = { killed: 0, survived: 0, notApplicable: 0, notTried: 0 };
    return { id, family: 'status', summary: `it has ${id}`, caughtBy: ['response-schema'], ...none, ...counts };
  };
  return {
    schemaVersion: 1,
    tool: { name: 'counterproof', version: '1.2.3' },
    document: { name: 'spec/things.yaml', title: `Things ${text}`, version: '1' },
    seed: 1,
    operations: 1,
    cases: 12,
    requests: 34,
    duration: 1234,
    trials: [
      trial('caught', { kind: 'killed', by: ['response-schema'], caseId: '0123456789ab', title: text, requests: 2 }),
      trial('status-500', { kind: 'survived', requests: 9, example: text }),
      trial('untried', { kind: 'not-tried', reason: 'no answer brings it there' }),
    ],
    faults: [fault('caught', { killed: 1 }), fault('status-500', { survived: 1 }), fault('untried', { notTried: 1 })],
    falseAlarms: [
      { variant: 'odd-variant', operationId, check: 'evidence', caseId: 'ba9876543210', title: text, message: text },
    ],
    variants: 3,
    unusable: [],
    places: { [operationId]: { file: 'spec/things.yaml', line: 12, column: 5, pointer: `/paths/${text}` } },
    score: 0.5,
    notTried: 1,
    placesLeftOut: 2,
  };
}
