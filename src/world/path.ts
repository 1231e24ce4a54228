import type { Json, JsonObject } from '../text/value.js';

/** The way to a value inside another one, through members and items. */
export type Path = readonly (string | number)[];

export function at(value: Json, path: Path): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path) found = (found as Record<string | number, Json> | undefined)?.[step];
  return found;
}

/** A copy with another value at a path of which all but the last step is there. */
export function replaced(value: Json, [step, ...steps]: Path, inner: Json): Json {
  if (step === undefined) return inner;
  const held = value as Record<string | number, Json>;
  const changed = replaced(held[step] as Json, steps, inner);
  return Array.isArray(value) ? value.with(Number(step), changed) : { ...(value as JsonObject), [step]: changed };
}
