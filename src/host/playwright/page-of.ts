import type { Request } from 'playwright/test';

/** The address of the page that sends a request; null for a service worker's, and for a page that has none yet. */
export function pageOf(request: Request): string | null {
  try {
    const url = request.frame().url();
    return /^https?:/.test(url) ? url : null;
  } catch {
    return null;
  }
}
