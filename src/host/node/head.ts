import { type Answer, headProblem } from '../../operation/index.js';
import { attached } from '../../text/attached.js';

/** The head as it goes on the wire, flat as `writeHead` likes it best, with its Content-Length. */
export type WireHead = (string | readonly string[])[];

/**
 * Heads by answer. A mock that remembers its answers returns the same object again, and then nothing
 * is left to do for it but to send.
 */
const heads = attached<Answer, WireHead>();

/** @throws RangeError where HTTP cannot carry this head */
export function headOf(answer: Answer): WireHead {
  let head = heads.get(answer);
  if (head === undefined) {
    head = makeHead(answer);
    heads.set(answer, head);
  }
  return head;
}

/** Fields without a Content-Length: those of answers that differ in their bodies alone are often the same object. */
const fields = attached<Answer['headers'], WireHead>();

function makeHead(answer: Answer): WireHead {
  const { status, headers, body } = answer;
  let known = fields.get(headers);
  const problem = headProblem(known === undefined ? answer : { status, headers: {} });
  if (problem !== null) throw new RangeError(problem);
  if (known === undefined) {
    known = [];
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) known.push(name, value);
    }
    fields.set(headers, known);
  }
  const head = [...known];
  // RFC 9110, 8.6: none with 204; with 304 it would speak of another representation.
  if (status !== 204 && status !== 304)
    head.push('Content-Length', String(status === 205 ? 0 : Buffer.byteLength(body)));
  return head;
}

export function withContentLength(head: WireHead, length: number): WireHead {
  return [...withoutContentLength(head), 'Content-Length', String(length)];
}

export function withoutContentLength(head: WireHead): WireHead {
  const kept: WireHead = [];
  for (let index = 0; index < head.length; index += 2) {
    const [name, value] = [head[index], head[index + 1]];
    if (name !== 'Content-Length' && name !== undefined && value !== undefined) kept.push(name, value);
  }
  return kept;
}
