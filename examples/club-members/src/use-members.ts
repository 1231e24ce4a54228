import { useCallback, useEffect, useState } from 'react';
import { listMembers, type MemberPage, messageOf, type Query } from './members';

/** The page of members that a query asks for; the last one stays until the next is there. */
export function useMembers(query: Query) {
  const [page, setPage] = useState<MemberPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const { q, role, sort, page: number } = query;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is a reason to ask again
  useEffect(() => {
    const controller = new AbortController();
    listMembers({ q, role, sort, page: number }, controller.signal)
      .then((found) => {
        setPage(found);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setProblem(messageOf(error));
      });
    return () => controller.abort();
  }, [q, role, sort, number, round]);

  const refresh = useCallback(() => setRound((before) => before + 1), []);
  return { page, problem, refresh };
}
