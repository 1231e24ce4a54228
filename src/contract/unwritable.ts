/** Thrown by a `Send` for a request that cannot be put on its wire at all. The run counts it and goes on. */
export class UnwritableRequest extends TypeError {
  override readonly name = 'UnwritableRequest';
}
