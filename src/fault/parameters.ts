import type { Operation, Parameter } from '../operation/types.js';
import type { Violation } from '../schema/index.js';
import { listedValues, viewOf } from '../schema/view.js';
import { declares, withStatus } from './body.js';
import { requestSites } from './sites.js';
import { noInput } from './status.js';
import type { Fault, FaultContext } from './types.js';

/** A fault that takes invalid input. */
function lenient(
  id: string,
  summary: string,
  overlooks: (violation: Violation, context: FaultContext) => boolean,
  unfit: (operation: Operation) => string | null = noInput,
): Fault {
  return {
    id,
    family: 'parameters',
    summary,
    caughtBy: ['rejects-invalid'],
    unfit,
    judge: (violations, context) => violations.filter((one) => one.in === 'security' || !overlooks(one, context)),
  };
}

/** A fault that takes a value that resembles one of a closed list. */
function nearMiss(id: string, summary: string, resembles: (sent: string, allowed: string) => boolean): Fault {
  return lenient(
    id,
    summary,
    ({ keyword, expected, received }) =>
      keyword === 'enum' &&
      Array.isArray(expected) &&
      typeof received === 'string' &&
      expected.some((allowed) => typeof allowed === 'string' && resembles(received, allowed)),
    noEnum,
  );
}

/** The family of input that is taken though it is invalid, or refused though it is valid. */
export const parameterFaults: readonly Fault[] = [
  lenient(
    'parameter-missing-accepted',
    'does without a required parameter or member',
    ({ keyword }) => ['missing', 'required'].includes(keyword),
    noRequired,
  ),
  nearMiss(
    'parameter-other-case-accepted',
    'takes a listed value in other case',
    (sent, allowed) => sent !== allowed && sent.toLowerCase() === allowed.toLowerCase(),
  ),
  nearMiss(
    'parameter-blank-accepted',
    'takes a listed value with blanks around it',
    (sent, allowed) => sent.trim() === allowed,
  ),
  nearMiss(
    'parameter-prefix-accepted',
    'takes the beginning of a listed value',
    (sent, allowed) => sent !== '' && allowed.startsWith(sent),
  ),
  nearMiss('parameter-suffix-accepted', 'takes a listed value with more behind it', (sent, allowed) =>
    sent.startsWith(allowed),
  ),
  nearMiss('parameter-empty-accepted', 'takes an empty value for a listed one', (sent) => sent === ''),
  nearMiss('parameter-unknown-accepted', 'takes a value that is not in the list', () => true),
  {
    id: 'parameter-value-refused',
    family: 'parameters',
    summary: 'refuses one of the listed values',
    caughtBy: ['accepts-valid'],
    unfit: noEnum,
    judge: (violations, context) => [...violations, ...lastValueRefused(context)],
  },
  {
    id: 'parameter-value-bad-request',
    family: 'parameters',
    summary: 'refuses one of the listed values with 400',
    caughtBy: ['accepts-valid', 'status-documented'],
    unfit: (operation) => noEnum(operation) ?? (declares(operation, 400) ? '400 is declared' : null),
    judge: (violations, context) => [...violations, ...lastValueRefused(context)],
    spoil: (answer, context) =>
      lastValueRefused(context).length > 0 && answer.status >= 400 ? withStatus(answer, 400) : null,
  },
  lenient(
    'parameter-ignored',
    'never looks at one of its parameters',
    ({ in: where, pointer }, { operation }) => {
      const [ignored] = operation.parameters.filter(({ required }) => required).concat(operation.parameters);
      return ignored !== undefined && where === ignored.in && pointer.split('/')[1] === ignored.name;
    },
    (operation) => (operation.parameters.length === 0 ? 'the operation has no parameters' : null),
  ),
  {
    ...lenient(
      'parameter-keyword-ignored',
      'does not enforce one keyword of one schema',
      ({ schemaPointer }, context) => {
        const all = requestSites(context.operation);
        const site = context.site ?? all[Math.floor(context.random() * all.length)]?.pointer;
        return schemaPointer === site;
      },
      (operation) => (requestSites(operation).length === 0 ? 'no request schema asserts anything' : null),
    ),
    generated: true,
    sites: requestSites,
  },
  lenient(
    'parameter-broken-body-accepted',
    'takes a body that is not JSON',
    ({ in: where, keyword }) => where === 'body' && keyword === 'syntax',
    noBody,
  ),
  lenient(
    'parameter-media-type-accepted',
    'takes a body of any media type',
    ({ in: where }) => where === 'content-type',
    noBody,
  ),
];

function noRequired(operation: Operation): string | null {
  const required = operation.parameters.some((parameter) => parameter.required && parameter.in !== 'path');
  const body = operation.requestBody?.required || requestSites(operation).some(({ keyword }) => keyword === 'required');
  return required || body ? null : 'nothing is required';
}

function noBody({ requestBody }: Operation): string | null {
  const types = requestBody?.content.map(({ mediaType }) => mediaType) ?? [];
  if (types.length === 0) return 'the operation takes no body';
  return types.some((type) => /[/+]json/.test(type)) ? null : 'no JSON body is declared';
}

/** The values of a parameter's closed list of strings. */
function listed({ schema }: Parameter, { document }: Operation): readonly string[] {
  const values = listedValues(viewOf(document).certain(schema.pointer));
  return values.filter((one): one is string => typeof one === 'string');
}

function noEnum(operation: Operation): string | null {
  return operation.parameters.some((parameter) => listed(parameter, operation).length > 1)
    ? null
    : 'no parameter has a closed list of values';
}

function lastValueRefused({ operation, values }: FaultContext): Violation[] {
  const parameter = operation.parameters.find((one) => listed(one, operation).length > 1);
  if (!parameter) return [];
  const allowed = listed(parameter, operation);
  const refused = allowed.at(-1);
  const sent = values[parameter.in][parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name];
  if (refused === undefined || sent !== refused) return [];
  return [
    {
      in: parameter.in,
      pointer: `/${parameter.name}`,
      keyword: 'enum',
      message: `"${refused}" is not accepted`,
      expected: allowed.slice(0, -1),
      received: refused,
      schemaPointer: parameter.schema.pointer,
      params: { allowedValues: allowed.slice(0, -1) },
    },
  ];
}
