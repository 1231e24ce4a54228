/** Bytes of bytecode that run in a function before it is optimised: V8's own, with no tier between, is 135,168. */
const budget = 400_000;

/** The first V8 with a compiler between the interpreter and the optimising one, which knows by itself when it is time. */
const midTier = 12;

/**
 * The flags that have code optimised later than Node 20 does. Most of what is done for a document is done a few hundred times, and
 * what is optimised that early is thrown away at the next schema of another shape: a third of the processor time of a first answer
 * went there, and a fifth of that of a check.
 * @param v8 as in `process.versions`
 */
export function laterOptimising(v8: string | undefined): readonly string[] {
  return v8 !== undefined && Number.parseInt(v8, 10) < midTier ? [`--interrupt-budget=${budget}`] : [];
}
