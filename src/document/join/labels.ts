import { withoutEnding } from '../../text/file-name.js';

/**
 * What documents are told apart by: the name of the file without its ending, or where several files are called so, the nearest
 * folder in which they differ; numbered where nothing differs.
 * @param names as the user gave them: paths or addresses
 */
export function labelsOf(names: readonly string[]): string[] {
  const steps = names.map((name) => name.replace(/[?#].*$/s, '').split(/[/\\]/));
  const own = steps.map((path) => labelOf(withoutEnding(path.at(-1) ?? '')));
  const labels = own.map((label, index) => {
    const alike = own.flatMap((other, at) => (other === label ? [at] : []));
    return alike.length === 1 ? label : (folderOf(index, alike, steps) ?? label);
  });
  const taken = new Set<string>();
  return labels.map((label) => {
    let free = label;
    for (let count = 2; taken.has(free); count += 1) free = `${label}${count}`;
    taken.add(free);
    return free;
  });
}

/** The last folder of one path that is no other's at that place. */
function folderOf(index: number, alike: readonly number[], steps: readonly (readonly string[])[]): string | undefined {
  const longest = Math.max(...alike.map((each) => steps[each]?.length ?? 0));
  for (let depth = 2; depth <= longest; depth += 1) {
    const folders = alike.map((each) => steps[each]?.at(-depth));
    const folder = steps[index]?.at(-depth);
    if (folder && new Set(folders).size === alike.length) return labelOf(folder);
  }
  return undefined;
}

/** Of what the name of a component may have (OpenAPI 3.2, 4.7). */
function labelOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '') || 'document';
}
