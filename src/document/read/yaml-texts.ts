import { EVENT_ID, type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** Members of a Schema Object that hold a value of the type beside them, and those that hold several. */
const single: ReadonlySet<string> = new Set(['example', 'default', 'const']);
const several: ReadonlySet<string> = new Set(['enum', 'examples']);

/** What the core schema takes for a number or a boolean (YAML 1.2.2, 10.3.2), though another text would be written for it. */
const number = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+)$/;
const boolean = /^(?:True|TRUE|False|FALSE)$/;

/** A mapping, a sequence or a document that is being read. */
interface Open {
  scalar(event: ScalarEvent): void;
  /** What begins in it. */
  enter(isMapping: boolean): Open;
  end(): void;
}

/** In which nothing is text by what stands beside it. */
class Other implements Open {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  scalar(_event: ScalarEvent): void {}

  enter(isMapping: boolean): Open {
    return isMapping ? new Mapping(this.#text) : this;
  }

  end(): void {}
}

/** A mapping that may be a Schema Object. */
class Mapping implements Open {
  readonly #text: string;
  readonly #values: ScalarEvent[] = [];
  /** The key whose value comes next; null where a key does. */
  #key: string | null = null;
  #isText = false;

  constructor(text: string) {
    this.#text = text;
  }

  scalar(event: ScalarEvent): void {
    const key = this.#key;
    const written = writtenIn(this.#text, event);
    this.#key = key === null ? written : null;
    if (key === 'type') this.#isText = written === 'string';
    else if (key !== null && single.has(key)) this.#values.push(event);
  }

  enter(isMapping: boolean): Open {
    const key = this.#key ?? '';
    this.#key = null;
    if (isMapping) return new Mapping(this.#text);
    if (several.has(key)) return new List(this.#text, this.#values, () => {});
    if (key !== 'type') return new Other(this.#text);
    return new List(this.#text, [], (types) => {
      const names = types.map((type) => writtenIn(this.#text, type));
      this.#isText = names.includes('string') && names.every((name) => name === 'string' || name === 'null');
    });
  }

  end(): void {
    if (this.#isText) for (const value of this.#values) quoteIfNumber(this.#text, value);
  }
}

/** A list that is a member of a mapping: the values of an enum, or the types beside it. */
class List extends Other {
  readonly #scalars: ScalarEvent[];
  readonly #end: (scalars: readonly ScalarEvent[]) => void;

  constructor(text: string, scalars: ScalarEvent[], end: (scalars: readonly ScalarEvent[]) => void) {
    super(text);
    this.#scalars = scalars;
    this.#end = end;
  }

  override scalar(event: ScalarEvent): void {
    this.#scalars.push(event);
  }

  override end(): void {
    this.#end(this.#scalars);
  }
}

/**
 * Marks as quoted what stands for text by the `type` beside it, and would be read as a number that says less: `01234`, `1.10`,
 * a key of twenty digits.
 */
export function keepTextsAsWritten(text: string, events: readonly Event[]): void {
  const other = new Other(text);
  const open: Open[] = [other];
  for (const event of events) {
    const around = open.at(-1) ?? other;
    if (event.type === EVENT_ID.POP) open.pop()?.end();
    else if (event.type === EVENT_ID.SCALAR) around.scalar(event);
    else if (event.type === EVENT_ID.DOCUMENT) open.push(other);
    else if (event.type === EVENT_ID.ALIAS) around.enter(false);
    else open.push(around.enter(event.type === EVENT_ID.MAPPING));
  }
}

function writtenIn(text: string, { valueStart, valueEnd }: ScalarEvent): string {
  return text.slice(valueStart, valueEnd);
}

function quoteIfNumber(text: string, event: ScalarEvent): void {
  const written = writtenIn(text, event);
  const saysMore = number.test(written) ? String(Number(written)) !== written : boolean.test(written);
  if (saysMore) quote(event);
}

/** Takes a plain scalar without a tag for text. */
export function quote(event: ScalarEvent): void {
  if (event.style === SCALAR_STYLE.PLAIN && event.fast && event.tagStart < 0 && event.valueStart >= 0)
    event.style = SCALAR_STYLE.SINGLE_QUOTED;
}
