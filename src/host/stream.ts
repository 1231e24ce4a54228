import type { WireEffect } from '../operation/index.js';

/** How a host sends the items of a stream. */
export interface StreamOptions {
  /** Milliseconds between two items: 0, and 1000 for a stream without an end. */
  readonly interval?: number;
  /** Whether a stream goes on for as long as its client listens (false). */
  readonly endless?: boolean;
}

type StreamEffect = Extract<WireEffect, { kind: 'stream' }>;

/** Milliseconds between two items. */
export function intervalOf({ interval, endless = false }: StreamOptions): number {
  return interval ?? (endless ? 1000 : 0);
}

/** The frame with this number, from 0; null where the stream is over. */
export function frameAt(
  { frames, more }: StreamEffect,
  index: number,
  { endless = false }: StreamOptions,
): string | null {
  return frames[index] ?? (endless ? more(index) : null);
}
