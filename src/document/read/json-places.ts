import type { LongContainers } from '../../text/json-parts.js';
import { JsonReader } from '../../text/json-reader.js';

/**
 * Finds the offset of the value that these reference tokens lead to: of its key where it is a member.
 * `found` says how many of the tokens exist; the offset is then that of the nearest ancestor.
 */
export type Places = (segments: readonly string[]) => { readonly offset: number; readonly found: number };

/**
 * Finds places in JSON text that JSON.parse has accepted. A container is read when a place in it is first asked
 * for, so that a text of many megabytes needs no second tree.
 * @param long what is known of its containers that are long: they are not read
 */
export function jsonPlaces(text: string, long?: LongContainers): Places {
  // Of a repeated key the last counts, as for JSON.parse.
  const reader = new JsonReader(text, { onDuplicate: () => {} });
  const root: Container = { place: text.search(/[^ \t\r\n]/), start: text.search(/[^ \t\r\n]/), members: undefined };
  return (segments) => {
    let container = root;
    let found = 0;
    for (const segment of segments) {
      const places = long?.get(container.start);
      // There may be very many items: of those that are known none is looked at but the one.
      const known = text[container.start] === '[' ? places : undefined;
      if (known === undefined) container.members ??= membersOf(reader, container.start, places);
      const member: Container | undefined = known ? itemOf(known, segment) : container.members?.get(segment);
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

function itemOf(places: readonly number[], segment: string): Container | undefined {
  const place = /^(?:0|[1-9]\d*)$/.test(segment) ? places[Number(segment)] : undefined;
  return place === undefined ? undefined : { place, start: place, members: undefined };
}

function membersOf(reader: JsonReader, offset: number, places?: readonly number[]): Map<string, Container> {
  const members = new Map<string, Container>();
  const visit = (key: string, place: number, start: number) => members.set(key, { place, start, members: undefined });
  if (places === undefined) reader.visitMembers(offset, visit);
  else reader.visitPlaces(places, visit);
  return members;
}
