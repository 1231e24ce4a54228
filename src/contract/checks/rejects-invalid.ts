import type { Operation } from '../../operation/index.js';
import { excerptBytes } from '../excerpt.js';
import type { Check, ContractCase, Kin, OperationComplaint } from '../types.js';
import { isAnsweredAs, isRefused } from './base.js';
import { outcomeOf } from './outcome.js';
import { describeStatus, statusClass } from './received.js';

/** An invalid request is refused as the client's mistake. That the refusal is a declared one, `status-documented` says. */
export const rejectsInvalid: Check = {
  id: 'rejects-invalid',
  summary: 'an invalid request gets a 4xx, a declared one where one is declared for that purpose',
  run(exchange, { bases }) {
    const { case: contractCase, operation, received } = exchange;
    const { expectation } = contractCase;
    if (expectation !== 'rejected' && expectation !== 'unsupported-media-type') return null;
    const status = outcomeOf(exchange);
    if (status === null) return null;
    // Where what is valid is refused, or led elsewhere, too, that shows nothing.
    const by = statusClass(status);
    const base = bases.get(operation.id);
    if (by === 4) return isRefused(base) ? null : [];
    if (by === 3 && base !== undefined && isAnsweredAs(exchange, base)) return null;
    const kin = alikeIn(contractCase);
    return [
      {
        severity: 'violation',
        message:
          by === 2
            ? `An invalid request was accepted: ${contractCase.title}`
            : `An invalid request was not refused with a 4xx: ${contractCase.title}`,
        expected: expectation === 'rejected' ? 'a 4xx' : '415 Unsupported Media Type, or another 4xx',
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: contractCase.varies.pointer,
        cause: `${by}xx ${ruleOf(contractCase)}`,
        // Who sends what no server takes there shows no more than that the place is not looked at.
        within: [`${by}xx ${typeAt(contractCase, operation)}`, nothingIn(contractCase.varies.in)],
        ...(kin !== null && { kin: { ...kin, cause: `${by}xx ${kin.cause}` } }),
      },
    ];
  },
  finish({ bases, operations }) {
    return operations.entries.flatMap(({ id, pointer }) =>
      [...(bases.get(id)?.invalid ?? [])].flatMap(([place, { sent, accepted }]): OperationComplaint[] => {
        if (sent < fewest || accepted < sent) return [];
        const cause = nothingIn(place);
        const message = `Nothing that is invalid in the ${place ?? 'request'} is refused`;
        const expected = 'a 4xx for at least one of the invalid requests';
        const received = `2xx for all ${sent}`;
        return [{ severity: 'violation', operationId: id, message, expected, received, pointer, cause }];
      }),
    );
  },
};

/** What frameworks look at before any operation: whether there is a body, of a type that is read, and whether it can be read. */
const ofAll: Readonly<Record<string, string>> = {
  content: 'type of the body',
  missing: 'absence of the body',
  empty: 'absence of the body',
  syntax: 'syntax of the body',
  'utf-8': 'syntax of the body',
  deep: 'syntax of the body',
};

/** The rule that is not kept; what is looked at before any operation is one rule in all of them. */
function ruleOf({ varies: { in: part, name, keyword, pointer } }: ContractCase): string {
  const isWhole = name === null && (part === 'body' || part === 'content-type');
  return (isWhole && ofAll[keyword]) || ruleAt(part, name, pointer);
}

/** Where the type of what a case varies is said. */
function typeAt({ varies: { in: part, name, pointer } }: ContractCase, operation: Operation): string {
  const parameter = operation.parameters.find((each) => each.in === part && each.name === name);
  return ruleAt(part, name, `${parameter?.schema.pointer ?? pointer}/type`);
}

/** A rule by its place; that of a parameter which several operations write out by itself is the same in all of them. */
function ruleAt(part: ContractCase['varies']['in'], name: string | null, pointer: string): string {
  const [, keyword] = /^\/paths\/[^/]+\/(?:[^/]+\/)?parameters\/\d+(\/.*)$/.exec(pointer) ?? [];
  return keyword === undefined ? pointer : `${part} ${name} ${keyword}`;
}

/** Members of one object, or parameters of one operation, of which the types, the listed values, or whether they say anything, are not looked at. */
function alikeIn({ varies: { keyword, name, pointer } }: ContractCase): Kin | null {
  if (keyword === 'empty' && name !== null)
    return {
      cause: `empty values in ${pointer.replace(/\/\d+(?:\/schema.*)?$/, '')}`,
      message: 'Empty values are accepted',
      place: pointer,
    };
  const [end = ''] = /\/(?:type|enum)$/.exec(pointer) ?? [];
  const isOfType = keyword === 'type' && end === '/type';
  if (!isOfType && end !== '/enum') return null;
  const owner = pointer.replace(/\/[^/]+(\/(items|schema|content\/[^/]+))*\/(?:type|enum)$/, '');
  return isOfType
    ? { cause: `other types in ${owner}`, message: 'Values of another type are accepted', place: pointer }
    : { cause: `unlisted values in ${owner}`, message: 'Values that are not listed are accepted', place: pointer };
}

/** So many invalid requests have to be sent before it can be said that none is refused. */
const fewest = 4;

/** The cause of all that is accepted in one part of a request, where none of it is looked at. */
function nothingIn(place: string | null): string {
  return `nothing is refused in ${place}`;
}
