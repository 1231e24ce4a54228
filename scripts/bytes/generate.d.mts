export function bytesOf(seed: number, paths: readonly string[]): Buffer;
