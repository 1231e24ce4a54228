/** A JSON value that is written already: whoever has its text need not write it, nor anybody else, once more. */
export class WrittenJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
