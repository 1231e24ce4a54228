import { upgrade } from '@scalar/openapi-upgrader';
import { CounterproofError } from '../errors.js';
import { createDocument } from './document.js';
import { isSource, type Source, sourceFromText, sourceFromValue } from './source.js';
import type { Document, JsonObject } from './types.js';

export interface ReadOptions {
  /** What messages call the document; by default the file name as given. */
  readonly name?: string;
  /** Hosts from which referred files may be fetched. */
  readonly allowRemote?: readonly string[];
  readonly fetch?: typeof fetch;
}

export async function readDocument(source: string | JsonObject, options: ReadOptions = {}): Promise<Document> {
  if (typeof source !== 'string') {
    return documentFromObject(source, options);
  }
  const { readFile } = await import('node:fs/promises');
  return documentFromText(await readFile(source, 'utf8'), { name: options.name ?? source });
}

export function documentFromText(text: string, options: { readonly name: string }): Document {
  const source = sourceFromText(options.name, text);
  if (!isSource(source)) {
    throw new CounterproofError('DOCUMENT_INVALID', source.problems);
  }
  return fromSource(source);
}

export function documentFromObject(root: JsonObject, options: { readonly name?: string } = {}): Document {
  return fromSource(sourceFromValue(options.name ?? 'document', structuredClone(root)));
}

function fromSource(source: Source): Document {
  const value = source.value as JsonObject;
  const declaredVersion = String(value.openapi ?? value.swagger);
  const root = (declaredVersion.startsWith('3.1') ? value : upgrade(value, '3.1')) as JsonObject;
  return createDocument({ name: source.name, declaredVersion, root, warnings: source.warnings, locate: source.locate });
}
