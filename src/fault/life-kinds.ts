import { type Operation, operationsBeside, type RequestValues } from '../operation/index.js';
import {
  type Beside,
  findResources,
  type ListRole,
  listedIn,
  type QueryRole,
  type Role,
  withSent,
} from '../resource/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { jsonOf, succeeds, withBody } from './body.js';
import type { Fault, FaultContext, Remembered } from './types.js';

/** What an operation does with the things of a resource; undefined where it is about none. */
export function roleOf(operation: Operation): Role | undefined {
  return findResources(operationsBeside(operation)).roleOf(operation.id);
}

/** What an operation does besides, with several of its things or with their number. */
export function besideOf(operation: Operation): Beside | undefined {
  return findResources(operationsBeside(operation)).besideOf(operation.id);
}

/** Why a fault cannot show: the operation has none of these roles. */
export function not(words: string, ...kinds: Role['kind'][]): Fault['unfit'] {
  return (operation) => {
    const role = roleOf(operation);
    return role !== undefined && kinds.includes(role.kind) ? null : `the operation ${words}`;
  };
}

/** What all of them have. */
export const common = { family: 'life', generated: true } as const;

/** A fault of what is remembered: what is answered is right. */
export function forgetting(
  id: string,
  summary: string,
  caughtBy: readonly string[],
  unfit: Fault['unfit'],
  remembered: (row: JsonObject, context: FaultContext, before: JsonObject | null) => JsonObject | null,
): Fault {
  return {
    ...common,
    id,
    summary,
    caughtBy,
    unfit,
    remember: <Change extends Remembered>(
      all: readonly Change[],
      context: FaultContext,
      before: (change: Change) => Json | null | undefined,
    ) =>
      all.flatMap((change): Change[] => {
        const was = before(change);
        const row = isObject(change.row) ? remembered(change.row, context, isObject(was) ? was : null) : null;
        return row === null ? [] : [{ ...change, row }];
      }),
  };
}

/** A fault of a list: some parameters are as if they had not been sent. */
export function heedless(
  id: string,
  summary: string,
  caughtBy: readonly string[],
  roles: readonly QueryRole['role'][],
): Fault {
  const own = (operation: Operation): readonly QueryRole[] => {
    const role = roleOf(operation);
    return role?.kind === 'list' ? withSent(role).query.filter((each) => roles.includes(each.role)) : [];
  };
  return {
    ...common,
    id,
    summary,
    caughtBy,
    unfit: (operation) => (own(operation).length > 0 ? null : `no parameter of the operation is one for ${roles[0]}`),
    heed(values: RequestValues, operation): RequestValues {
      const left = own(operation).map(({ parameter }) => parameter);
      const heeded = <Asked extends object>(asked: Asked): Asked =>
        Object.fromEntries(Object.entries(asked).filter(([name]) => !left.includes(name))) as Asked;
      const { query, body } = values;
      const isOfBody = isObject(body) && Object.keys(body).some((name) => left.includes(name));
      const isAny = isOfBody || Object.keys(query).some((name) => left.includes(name));
      return isAny ? { ...values, query: heeded(query), body: isOfBody ? heeded(body) : body } : values;
    },
  };
}

/** A fault of the items that a list shows, or of what it says beside them. */
export function listing(
  id: string,
  summary: string,
  caughtBy: readonly string[],
  unfit: Fault['unfit'],
  spoilt: (body: Json, rows: readonly Json[], role: ListRole) => Json | null,
): Fault {
  return {
    ...common,
    id,
    summary,
    caughtBy,
    unfit,
    spoil(answer, { operation }) {
      const role = roleOf(operation);
      const body = jsonOf(answer);
      if (role?.kind !== 'list' || role.answer === null || body === undefined || !succeeds(answer)) return null;
      const rows = listedIn(body, role.answer);
      const other = rows !== undefined ? spoilt(body, rows, role) : null;
      return other === null ? null : withBody(answer, JSON.stringify(other));
    },
  };
}
