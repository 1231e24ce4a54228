/** The smallest files that a program of each kind reads, as base64. */
const samples: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'image/gif': 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  'image/jpeg':
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'image/webp': 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
  'application/zip': 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==',
  'application/gzip': 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=',
};

const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><path fill="#7bd" d="M0 0h64v64H0z"/></svg>';

const encoder = new TextEncoder();

/** A small real file of a binary media type, or null where none is kept. */
export function sampleOf(mediaType: string): Uint8Array | null {
  const essence = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (essence === 'image/svg+xml') return encoder.encode(svg);
  if (essence === 'application/pdf') return encoder.encode(pdf);
  const name = essence === 'image/jpg' ? 'image/jpeg' : essence.replace(/\/x-(zip|gzip)/, '/$1');
  const sample = Object.hasOwn(samples, name) ? samples[name] : undefined;
  return sample === undefined ? null : Uint8Array.from(atob(sample), (character) => character.charCodeAt(0));
}
