import { JsonReader } from './json-reader.js';

/**
 * Finds the offset of the value that these reference tokens lead to: of its key where it is a member.
 * `found` says how many of the tokens exist; the offset is then that of the nearest ancestor.
 */
export type Places = (segments: readonly string[]) => { readonly offset: number; readonly found: number };

/**
 * Finds places in JSON text that JSON.parse has accepted. A container is read when a place in it is first asked
 * for, so that a text of many megabytes needs no second tree.
 */
export function jsonPlaces(text: string): Places {
  // Of a repeated key the last counts, as for JSON.parse.
  const reader = new JsonReader(text, { onDuplicate: () => {} });
  const root: Container = { place: text.search(/[^ \t\r\n]/), start: text.search(/[^ \t\r\n]/), members: undefined };
  return (segments) => {
    let container = root;
    let found = 0;
    for (const segment of segments) {
      container.members ??= membersOf(reader, container.start);
      const member = container.members.get(segment);
      if (member === undefined) break;
      container = member;
      found += 1;
    }
    return { offset: container.place, found };
  };
}

interface Container {
  /** Offset of the key; of the value for an item. */
  readonly place: number;
  /** Offset of the value. */
  readonly start: number;
  members: Map<string, Container> | undefined;
}

function membersOf(reader: JsonReader, offset: number): Map<string, Container> {
  const members = new Map<string, Container>();
  reader.visitMembers(offset, (key, place, start) => members.set(key, { place, start, members: undefined }));
  return members;
}
