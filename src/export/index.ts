import { yamlText } from '../document/yaml-text.js';
import type { Mock } from '../mock/index.js';
import { resultInSlices } from '../operation/index.js';
import { brunoCollection, writingCollection } from './bruno.js';
import { documentWithExamples, writingDocument } from './document.js';
import { httpFile, writingHttpFile } from './http.js';
import { loadScript, writingLoadScript } from './k6.js';

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
 * What a mock knows, in the form of another tool, worked out in slices.
 * @param options.json whether a document is written as JSON, or else as YAML
 * @param options.allowWrites whether a load script sends what may change something
 */
export async function exported(
  format: ExportFormat,
  mock: Mock,
  { json, allowWrites }: { readonly json: boolean; readonly allowWrites: boolean },
): Promise<Exported> {
  if (format === 'bruno') return resultInSlices(writingCollection(mock));
  if (format !== 'openapi') {
    const work = format === 'http' ? writingHttpFile(mock) : writingLoadScript(mock, allowWrites);
    const { text, notes } = await resultInSlices(work);
    return { files: new Map([['', text]]), notes };
  }
  const { root, notes } = await resultInSlices(writingDocument(mock));
  return { files: new Map([['', json ? `${JSON.stringify(root, null, 2)}\n` : await yamlText(root)]]), notes };
}
