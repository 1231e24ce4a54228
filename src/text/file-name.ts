/** The name of a document without the ending of its file. */
export function withoutEnding(name: string): string {
  return name.replace(/(?<=.)\.(?:ya?ml|json|mdx?)$/i, '');
}

/** Whether a user means a file by a name: as it was given, by the end of it, with or without its ending. */
export function isCalled(file: string, name: string): boolean {
  return [file, withoutEnding(file)].some((known) => known === name || known.endsWith(`/${name.replace(/^\.\//, '')}`));
}
