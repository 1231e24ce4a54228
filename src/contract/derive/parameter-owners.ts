import type { Operation, Parameter, SecurityScheme } from '../../operation/index.js';

/** Fields that the client writes, and those that OpenAPI 3.1, 4.8.12.1 takes out of `parameters`. */
const clientFields = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a case may choose the parameter's value: the client does not write it itself, nor is it a credential. */
export function isFree(operation: Operation, parameter: Parameter): boolean {
  const name = parameter.name.toLowerCase();
  // A field of cookies is a field like others where nothing else puts a cookie into it.
  const isOwn = name === 'cookie' && !hasCookies(operation);
  if (parameter.in === 'header' && clientFields.has(name) && !isOwn) return false;
  return schemeOf(operation, parameter) === undefined;
}

function hasCookies({ parameters, security }: Operation): boolean {
  const all = [...parameters, ...security.flat()];
  return all.some(({ in: place }) => place === 'cookie');
}

/**
 * Whether the method gives a body no meaning (RFC 9110, 9.3.1, 9.3.2, 9.3.5): OpenAPI 3.1, 4.8.10 permits one there,
 * and those between client and server may drop it.
 */
export function hasVagueBody({ method }: Operation): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'DELETE' || method === 'TRACE';
}

/** Some documents declare an API key twice: as a security scheme, and as a parameter. */
export function schemeOf(operation: Operation, parameter: Parameter): SecurityScheme | undefined {
  const nameOf = (name: string) => (parameter.in === 'header' ? name.toLowerCase() : name);
  return operation.security
    .flat()
    .find(
      ({ type, in: place, parameterName }) =>
        type === 'apiKey' && place === parameter.in && nameOf(parameterName ?? '') === nameOf(parameter.name),
    );
}
