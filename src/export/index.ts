import { yamlText } from '../document/yaml-text.js';
import type { Mock } from '../mock/index.js';
import { brunoCollection } from './bruno.js';
import { documentWithExamples } from './document.js';
import { httpFile } from './http.js';
import { loadScript } from './k6.js';

/** `counterproof/export`: what a document and its fixtures say, for other tools. */
export { brunoCollection, documentWithExamples, httpFile, loadScript };

/** What can be written, and what of it help says. */
export const exportFormats = ['openapi', 'http', 'bruno', 'k6'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Files by their path in a folder, or one without a name; and what could not be said in them, as sentences. */
export interface Exported {
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/**
 * What a mock knows, in the form of another tool.
 * @param options.json whether a document is written as JSON, or else as YAML
 * @param options.allowWrites whether a load script sends what may change something
 */
export async function exported(
  format: ExportFormat,
  mock: Mock,
  { json, allowWrites }: { readonly json: boolean; readonly allowWrites: boolean },
): Promise<Exported> {
  if (format === 'bruno') return brunoCollection(mock);
  if (format !== 'openapi') {
    const { text, notes } = format === 'http' ? httpFile(mock) : loadScript(mock, allowWrites);
    return { files: new Map([['', text]]), notes };
  }
  const { root, notes } = documentWithExamples(mock);
  return { files: new Map([['', json ? `${JSON.stringify(root, null, 2)}\n` : await yamlText(root)]]), notes };
}
