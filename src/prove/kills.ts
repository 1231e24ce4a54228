import { type ContractCase, deriveCases } from '../contract/index.js';
import type { ProofResult } from '../report/proof/result.js';
import type { Kills } from './learn.js';
import { type ProveOptions, prove } from './prove.js';

/** An exhaustive proof, and for each operation which of its cases catch what. */
export async function proveAndLearn(options: ProveOptions): Promise<{ result: ProofResult; kills: readonly Kills[] }> {
  const { operations, fixtures, seed = 1 } = options;
  const byOperation = new Map<string, Map<string, Set<string>>>();
  const result = await prove({
    ...options,
    exhaustive: true,
    onKill({ operation, contractCase, trial }) {
      const killed = byOperation.get(operation.id) ?? new Map<string, Set<string>>();
      byOperation.set(operation.id, killed);
      killed.set(contractCase.id, (killed.get(contractCase.id) ?? new Set<string>()).add(trial));
    },
  });
  const casesOf = (id: string): readonly ContractCase[] => {
    const entry = operations.find(id);
    return entry ? deriveCases(operations.compile(entry), operations, { seed, ...(fixtures && { fixtures }) }) : [];
  };
  const kills = [...byOperation].map(([id, killed]) => ({ cases: casesOf(id), killed }));
  return { result, kills };
}
