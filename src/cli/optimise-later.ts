import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode that run in a function before it is thought of optimising it. */
const budget = 400_000;
/** The same by default, in the engine of Node 20. */
const usual = 67_584;
/** After so many requests what answers them has been seen in all its shapes: it is used again and again, and is optimised soon. */
const manyRequests = 5000;

/** The first V8 with a compiler between the interpreter and the optimising one, which knows by itself when it is time. */
const midTier = 12;

/**
 * The flags that have code optimised later than Node 20 does. Most of what is done for a document is done a few hundred times, and
 * what is optimised that early is thrown away at the next schema of another shape: a third of the processor time of a first answer
 * went there, and a fifth of that of a check.
 * @param v8 as in `process.versions`
 */
export function laterOptimising(v8: string | undefined): readonly string[] {
  return hasNoMidTier(v8) ? [`--interrupt-budget=${budget}`] : [];
}

const hasNoMidTier = (v8: string | undefined): boolean => v8 !== undefined && Number.parseInt(v8, 10) < midTier;

/** Who answers requests, for whom code is optimised as soon as by default once they have been many. */
export function optimisingSoon<Mock, Request, Answer>(
  ask: (mock: Mock, request: Request) => Answer,
): (mock: Mock, request: Request) => Answer {
  if (!hasNoMidTier(process.versions.v8)) return ask;
  let requests = 0;
  return (mock, request) => {
    requests += 1;
    if (requests === manyRequests) setFlagsFromString(`--interrupt-budget=${usual}`);
    return ask(mock, request);
  };
}
