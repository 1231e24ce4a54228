import { parsePointer } from '../text/pointer.js';

/** What cannot be the name of a type, or is used by what is written. */
const taken =
  `any as async await boolean break case catch class const continue debugger declare default delete do else enum
export extends false finally for function if implements import in instanceof interface let never new null number object package
private protected public return static string super switch symbol this throw true try type typeof undefined unknown var void
while with yield bigint infer is keyof readonly unique Record WithRequired OperationTypes`.split(/\s+/);

/** Gives each type a name that is an identifier, and no other's. */
export class TypeNames {
  readonly #taken = new Set(taken);
  readonly #components = new Map<string, string>();

  /** @param components pointers to those that keep their names where they can */
  constructor(components: readonly string[]) {
    const isAsWritten = (pointer: string) => isIdentifier(parsePointer(pointer).at(-1) ?? '');
    const ordered = [...components].sort((a, b) => Number(isAsWritten(b)) - Number(isAsWritten(a)));
    for (const pointer of ordered) this.#components.set(pointer, this.nameFor(pointer, ''));
  }

  /**
   * @param pointer where the type stands in the document
   * @param suffix what is put behind its name
   */
  nameFor(pointer: string, suffix: string): string {
    const known = this.#components.get(pointer);
    if (known !== undefined && suffix === '') return known;
    const steps = parsePointer(pointer);
    const isComponent = steps[0] === 'components' && steps.length === 3;
    const named = steps.findLast((step) => /\p{L}/u.test(step) && !structure.has(step));
    const base = identifierOf((isComponent ? steps[2] : named) ?? 'Type') + suffix;
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}${/\d$/.test(base) ? '_' : ''}${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** Steps of a pointer that say nothing of what stands there. */
const structure = new Set(
  'schema items properties allOf anyOf oneOf $defs definitions schemas components content additionalProperties'.split(
    ' ',
  ),
);

/** A name as it is where it can be one, else its words joined. */
function identifierOf(name: string): string {
  if (isIdentifier(name)) return name;
  const words = name.split(/[^\p{L}\p{N}_$]+/u).filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return isIdentifier(joined) ? joined : `Type${joined}`;
}

const isIdentifier = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);

/** The name of a member, quoted where it has to be. */
export function memberName(name: string): string {
  return isIdentifier(name) && name !== '__proto__' ? name : literal(name);
}

/** A string as it stands in a declaration. */
export function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Text that stands further inside. */
export const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
