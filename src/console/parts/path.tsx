import type { ComponentChildren } from 'preact';

/** A path that is broken between its segments rather than in the middle of a word. */
export function Path({ path }: { path: string }) {
  const [first = '', ...rest] = path.split('/');
  const pieces: ComponentChildren[] = [first];
  for (const segment of rest) pieces.push(<wbr />, `/${segment}`);
  return <>{pieces}</>;
}
