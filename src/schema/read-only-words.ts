import type { JsonObject } from '../text/value.js';

/** A sentence by itself that says that only the server sets a value; as `[Output Only]` (Google's discovery) without a period too. */
const sentence =
  "(?:(?:this (?:field|property|attribute|value|member) is )?(?:read[ -]?only|output[ -]only)|populated by the (?:system|server)|you can(?:not|'t) (?:change|set) this(?: (?:field|property|attribute|value))?)";
const bracketed = String.raw`[[(]${sentence}[\])]`;
const said = new RegExp(
  String.raw`^(?:${sentence}(?:\.|$)|${bracketed})|[.:;!?)\]]\s+${sentence}\.?$|${bracketed}\.?$`,
  'i',
);
const reading = /\s*\b(?:more info|see also|see):? ?<?https?:\S*$/i;

/** Whether a schema says, by `readOnly` or in words alone, that only the server sets what it describes. */
export function isServers({ schema }: { readonly schema: JsonObject }): boolean {
  return schema.readOnly === true || saysReadOnly(schema.description);
}

/**
 * Whether a description says in words what `readOnly: true` says: a paragraph of it begins or ends with a sentence that says
 * so and no more. What it leads on to for further reading is no part of it.
 */
export function saysReadOnly(description: unknown): boolean {
  if (typeof description !== 'string') return false;
  return description.split(/\n\s*\n/).some((paragraph) => said.test(paragraph.trim().replace(reading, '').trim()));
}
