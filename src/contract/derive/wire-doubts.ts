import type { Parameter } from '../../operation/index.js';
import type { Json } from '../../text/value.js';

/**
 * Whether honest servers and clients differ over how a parameter's text is read, so that neither validity nor
 * invalidity of it can be judged.
 */
export function isDoubtful(parameter: Parameter, value: Json, text: string): boolean {
  // Many take a comma within an item for one between two, since they decode first (OpenAPI 3.2, appendix E).
  if (typeof value === 'object' && !parameter.explode && /%2c/i.test(text)) return true;
  switch (parameter.in) {
    case 'header':
      // Blanks around a field value are no part of it, and only visible ASCII is portable (RFC 9110, 5.5).
      return text === '' || text.trim() !== text || !/^[\x20-\x7e]*$/.test(text);
    case 'cookie': {
      // What RFC 6265, 4.1.1 calls cookie-octets; encoding beyond that is everybody's own affair.
      const value = text.slice(text.indexOf('=') + 1);
      return value === '' || !/^[\x21\x23-\x24\x26-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*(; [^;]*)*$/.test(value);
    }
    case 'path':
      // An empty segment, `.` and `..` make another path (RFC 3986, 3.3 and 5.2.4), as an encoded slash often does.
      return /^(\.|%2e){0,2}$/i.test(text) || /%2f|%5c|\/|%[01][0-9a-f]|%7f/i.test(text);
    case 'query':
    case 'querystring':
      return false;
  }
}
