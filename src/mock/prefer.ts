import { type DataDemand, dataDemands } from '../fake/index.js';
import type { Preference } from './types.js';

/** A `Prefer` field that has been read: what is wanted, as it was asked for, and what makes no sense in it. */
export type ParsedPreference = Preference & {
  /** Sentences without a final period. */
  readonly problems: readonly string[];
};

/** token, optional value (token or quoted string), parameters that are skipped (RFC 7240, 2). */
const preferencePattern =
  /[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?((?:[ \t]*;(?:[^",]|"(?:[^"\\]|\\.)*")*)?))[ \t]*(?:,|$)/y;

interface Draft {
  status?: number;
  example?: string;
  validate?: boolean;
  dynamic?: boolean;
  seed?: number;
  data?: DataDemand;
  fault?: string;
  delay?: number;
  state?: boolean;
}

/**
 * Each reads its value into the draft, or says what was expected. Preferences that are not here are
 * somebody else's (`respond-async`, `return=minimal`) and are ignored, as RFC 7240, 2 demands.
 */
const readers: Readonly<Record<string, (value: string, draft: Draft) => string | undefined>> = {
  code(value, draft) {
    if (!/^[1-5]\d\d$/.test(value)) return 'a status code of three digits';
    draft.status = Number(value);
    return undefined;
  },
  example(value, draft) {
    if (value === '') return 'the name of an example or a scripted case';
    draft.example = value;
    return undefined;
  },
  dynamic: (value, draft) => readSwitch(value || 'true', (on) => Object.assign(draft, { dynamic: on })),
  validate: (value, draft) => readSwitch(value || 'true', (on) => Object.assign(draft, { validate: on })),
  state: (value, draft) => readSwitch(value || 'true', (on) => Object.assign(draft, { state: on })),
  seed(value, draft) {
    if (!/^-?\d{1,15}$/.test(value)) return 'an integer';
    draft.seed = Number(value);
    return undefined;
  },
  data(value, draft) {
    if (!Object.hasOwn(dataDemands, value)) return `one of ${Object.keys(dataDemands).join(', ')}`;
    draft.data = value as DataDemand;
    return undefined;
  },
  delay(value, draft) {
    if (!/^\d{1,6}$/.test(value)) return 'milliseconds, up to 999999';
    draft.delay = Number(value);
    return undefined;
  },
  fault(value, draft) {
    if (value === '') return 'the id of a fault';
    draft.fault = value;
    return undefined;
  },
};

function readSwitch(value: string, set: (on: boolean) => void): string | undefined {
  const lower = value.toLowerCase();
  if (['off', 'false', 'no', '0'].includes(lower)) set(false);
  else if (['on', 'true', 'yes', '1'].includes(lower)) set(true);
  else return 'on or off';
  return undefined;
}

/**
 * Reads a `Prefer` field (RFC 7240). Several fields are given joined by commas, as `node:http` does, or as a list.
 * Of a preference that is there more than once the first counts. What is not of the form is passed over.
 */
export function parsePrefer(header: string | readonly string[] | undefined): ParsedPreference {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  const draft: Draft = {};
  const problems: string[] = [];
  const seen = new Set<string>();
  let position = 0;
  while (position < text.length) {
    preferencePattern.lastIndex = position;
    const match = preferencePattern.exec(text);
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined) {
      const end = text.indexOf(',', position);
      position = end < 0 ? text.length : end + 1;
      continue;
    }
    position = preferencePattern.lastIndex;
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (read === undefined || seen.has(name)) continue;
    seen.add(name);
    const value = match[2]?.replaceAll(/\\(.)/g, '$1') ?? match[3] ?? '';
    const expected = read(value, draft);
    if (expected !== undefined) problems.push(`Prefer has ${name}="${value}", expected ${expected}`);
  }
  return { ...draft, problems };
}

/** Most requests ask for nothing: the same object for all of these. */
export const nothingAsked: Preference = {};
const nothing = { asked: nothingAsked, problems: [] };

/** What the `Prefer` field of a request asks for, and what makes no sense in it. */
export function askedBy(header: string | readonly string[] | undefined): {
  readonly asked: Preference;
  readonly problems: readonly string[];
} {
  if (header === undefined) return nothing;
  const { problems, ...asked } = parsePrefer(header);
  return { asked, problems };
}

/** What the request asks for outranks what a host has set: whole, where both choose an answer. */
export function mergePreferences(request: Preference, host: Preference | undefined): Preference {
  if (host === undefined) return request;
  const chooses = request.status !== undefined || request.example !== undefined || request.fault !== undefined;
  if (!chooses) return { ...host, ...request };
  const { status, example, fault, body, headers, merge, ...rest } = host;
  return { ...rest, ...request };
}

/**
 * The value of `Preference-Applied` (RFC 7240, 3), or null where nothing was.
 * @param chosen whether the answer is the one that was asked for, and no refusal
 */
export function preferenceApplied(preference: Preference, chosen: boolean): string | null {
  if (preference === nothingAsked) return null;
  const { status, example, dynamic, data, seed, validate, delay, fault, state } = preference;
  const applied = [
    chosen && status !== undefined && `code=${status}`,
    chosen && example !== undefined && `example=${word(example)}`,
    chosen && dynamic !== undefined && `dynamic=${dynamic}`,
    chosen && data !== undefined && `data=${data}`,
    seed !== undefined && `seed=${seed}`,
    validate !== undefined && `validate=${validate ? 'on' : 'off'}`,
    delay !== undefined && `delay=${delay}`,
    state !== undefined && `state=${state ? 'on' : 'off'}`,
    chosen && fault !== undefined && `fault=${word(fault)}`,
  ].filter((part) => part !== false);
  return applied.length > 0 ? applied.join(', ') : null;
}

function word(value: string): string {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value)
    ? value
    : `"${value.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Whether somebody wants another answer: how many requests came before is no wish. */
export function isSwitched(preference: Preference | undefined): boolean {
  return Object.entries(preference ?? {}).some(([name, value]) => name !== 'ordinal' && value !== undefined);
}
