import type { Json } from '../text/value.js';

/** A value as YAML 1.2, for people to read and to change. Loaded when it is asked for. */
export async function yamlText(value: Json): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });
}
