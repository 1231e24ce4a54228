/** A sentence for each import of a folder laid out as `src/` that ARCHITECTURE.md does not allow. */
export function forbiddenImports(source: string): string[];
