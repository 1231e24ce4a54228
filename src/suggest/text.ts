import { yamlText } from '../document/yaml-text.js';
import type { Evidence } from './evidence.js';
import { suggestOverlay } from './suggest.js';

/**
 * What was suggested, as the text of a file.
 * @param file whose ending says whether it is JSON or YAML
 * @returns null where there is nothing to suggest
 */
export async function suggestionText(evidence: Evidence, file: string): Promise<string | null> {
  const overlay = suggestOverlay(evidence);
  if (overlay === null) return null;
  return file.toLowerCase().endsWith('.json') ? `${JSON.stringify(overlay, null, 2)}\n` : yamlText(overlay);
}
