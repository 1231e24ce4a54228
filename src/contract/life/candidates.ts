import type { Operation } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Life } from './life.js';
import { likenessOf } from './likeness.js';
import { counting, easeOf, isUsualOf, type Member, mayBe, naming, othersFor, secret } from './members.js';
import { mayBeShown, showingsOf } from './showable.js';

/** Another value for a member. */
export interface Candidate {
  readonly member: Member;
  readonly value: Json;
  /** The smaller, the likelier a server takes it. */
  readonly ease: number;
}

/** Of what is not there yet: what it may be is often another member's affair. */
export const hardest = 5;
/** To be what it would be by itself: first others are changed, so that it shows whether they reset it. */
const usual = 4.5;

/**
 * Values that a server most likely takes first.
 * @param drawn a valid value for each member, for those of which none can be made of the value that it has
 */
export function changesOf(
  life: Life,
  operation: Operation,
  taken: readonly Member[],
  row: JsonObject,
  drawn: JsonObject,
): Candidate[] {
  const names = naming(life.resource);
  const shown = showingsOf(life, ['change']);
  return taken
    .flatMap((member) => {
      const { name } = member;
      const showings = shown(name);
      const isPossible = (value: Json) => mayBe(operation, member, value) && mayBeShown(showings, value);
      const old = Object.hasOwn(row, name) ? row[name] : undefined;
      if (old === undefined || names.has(name) || counting.test(name) || secret.test(name)) return [];
      const described = [member, ...showings.map((each) => each.member)];
      const others = old === null ? [] : described.flatMap((each) => othersFor(each, old)).filter(isPossible);
      const other = Object.hasOwn(drawn, name) ? drawn[name] : undefined;
      const isOther = other !== undefined && other !== null && likenessOf(other, old) === 'other' && isPossible(other);
      const values = others.length === 0 && isOther ? [other] : others;
      return values.map((value) => {
        const ease = described.some((each) => isUsualOf(each, value)) ? usual : easeOf(member, value);
        return { member, value, ease: old === null ? hardest : ease };
      });
    })
    .sort((a, b) => a.ease - b.ease);
}
