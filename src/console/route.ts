import { useEffect, useState } from 'preact/hooks';
import type { Location } from './payloads.js';

/** What the fragment of the address says: the panes, a place in the document, rows, or what was exercised. */
export type Route =
  | { readonly kind: 'panes'; readonly operation: string | null }
  | { readonly kind: 'document'; readonly file: string | null; readonly line: number | null }
  | { readonly kind: 'data'; readonly collection: string | null }
  | { readonly kind: 'coverage' };

export function parseRoute(fragment: string): Route {
  const [place, first, second] = fragment.replace(/^#\/?/, '').split('/').map(decode);
  if (place === 'document') return { kind: 'document', file: first || null, line: Number(second) || null };
  if (place === 'coverage') return { kind: 'coverage' };
  if (place === 'data') return { kind: 'data', collection: first || null };
  return { kind: 'panes', operation: place === 'operation' && first ? first : null };
}

export const operationLink = (id: string): string => `#/operation/${encodeURIComponent(id)}`;

export const dataLink = (collection: string): string => `#/data/${encodeURIComponent(collection)}`;

export const documentLink = ({ file, line }: Pick<Location, 'file' | 'line'>): string =>
  `#/document/${encodeURIComponent(file)}/${line}`;

/** A file by its name and folder, where its whole path is long. */
export function shortName(file: string): string {
  const parts = file.split('/');
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : file;
}

export function useRoute(): Route {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const follow = () => setFragment(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return parseRoute(fragment);
}

/** A fragment that somebody has typed need not be encoded well. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
