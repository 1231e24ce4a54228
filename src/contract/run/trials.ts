import { outcomeOf } from '../checks/outcome.js';
import { signatureOf } from '../signature.js';
import type { Aspect, BaseAnswer, ContractCase, Exchange } from '../types.js';

/** Cases of a kind that have to be refused in the same words until no more are sent; others are sent whatever came. */
const mostTried: Partial<Record<Aspect, number>> = { accepted: 3, rejected: 3, hostile: 2, repetition: 2 };
/** So many have to fail as the valid request does, in whatever words: refusals in other words show that what was sent is looked at. */
const mostOfStatus = 8;

/** What a case was sent for: to see whether its kind is looked at. */
export interface Trial {
  /** @param exchange null where nothing was sent */
  end(exchange: Exchange | null): void;
}

/** What an answer has in common with that to the valid request. */
interface Likeness {
  readonly words: boolean;
  readonly status: boolean;
}

const untried: Trial = { end: () => {} };

/**
 * Of an operation whose valid request is refused: which kinds of cases get just that refusal, so that nothing is learnt from
 * more of them. Which are sent does not depend on the answer that comes first.
 */
export class Trials {
  /** By kind, of the first cases of it. */
  readonly #alike = new Map<string, Promise<Likeness>[]>();

  /** null where the case is not worth sending. */
  async begin({ aspect, varies, title }: ContractCase, base: BaseAnswer | undefined): Promise<Trial | null> {
    const most = mostTried[aspect];
    // Of the values of a closed list each may be the one that is taken.
    const isListed = aspect === 'accepted' && (varies.keyword === 'enum' || varies.keyword === 'const');
    if (base === undefined || base.isAccepted || most === undefined || isListed) return untried;
    // What stands where something else belongs is told by the title: null is met by other code than a number.
    const [how = ''] = (aspect !== 'repetition' && /\([^()]*\)$/.exec(title)) || [];
    const kind = `${aspect} ${varies.in} ${varies.keyword} ${how}`;
    const tried = this.#alike.get(kind) ?? [];
    this.#alike.set(kind, tried);
    let end: Trial['end'] = () => {};
    const own = new Promise<Likeness>((resolve) => {
      end = (exchange) => resolve(exchange === null ? { words: false, status: false } : likenessOf(base, exchange));
    });
    const before = tried.slice(0, mostOfStatus);
    tried.push(own);
    if (before.length < most) return { end };
    const first = await Promise.all(before.slice(0, most));
    const isSame =
      first.every(({ words }) => words) ||
      (base.status >= 500 &&
        before.length === mostOfStatus &&
        (await Promise.all(before)).every(({ status }) => status));
    if (!isSame) return { end };
    end(null);
    return null;
  }
}

function likenessOf(base: BaseAnswer, exchange: Exchange): Likeness {
  const status = outcomeOf(exchange) === base.status;
  return { status, words: status && signatureOf(exchange) === base.signature };
}
