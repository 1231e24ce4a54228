import { pathPieces } from '../operation-rows.js';

/** A path in one line, which is shortened in its middle where there is no room: its end tells it from others. */
export function CutPath({ path, class: more = '' }: { readonly path: string; readonly class?: string }) {
  const [start, end] = pathPieces(path);
  return (
    <span class={`mono cut ${more}`.trim()}>
      {start === '' ? (
        <span class="cut-end">{end}</span>
      ) : (
        <>
          {/* In pieces it would be read as two paths. */}
          <span class="visually-hidden">{path}</span>
          <span class="cut-start" aria-hidden="true">
            {start}
          </span>
          <span class="cut-end" aria-hidden="true">
            {end}
          </span>
        </>
      )}
    </span>
  );
}
