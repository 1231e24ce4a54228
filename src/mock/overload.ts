/** A request that is not answered now, since too much waits already: 503 (RFC 9110, 15.6.4). */
export class Overload extends Error {
  override readonly name = 'Overload';
  readonly retryAfterSeconds: number;

  /** @param detail one sentence without a final period */
  constructor(detail: string, retryAfterSeconds: number) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
