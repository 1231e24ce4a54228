/**
 * What is made when it is first asked for, and then stays. What kept it from being made (too many open files, say) may be over when it is
 * asked for again, so that a failure is not kept.
 * @throws whatever `make` throws
 */
export function onceMade<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
