import type { ServerResponse } from 'node:http';
import type { Answer } from '../../operation/index.js';
import { orDestroy, sendWithEffect } from './effect.js';
import { headOf } from './head.js';

/**
 * Sends an answer, after its delay and with its effect on the wire.
 * @throws RangeError at once, and before anything is sent, where HTTP cannot carry its head
 */
export function send(response: ServerResponse, answer: Answer): void {
  const head = headOf(answer);
  if (answer.delay > 0) {
    sendLater(response, answer);
  } else if (answer.effect !== null) {
    sendWithEffect(response, answer, head);
  } else {
    response.writeHead(answer.status, head as string[]);
    // Node sends no body for HEAD, 204 and 304.
    response.end(answer.status === 205 ? '' : answer.body);
  }
}

const maximumDelay = 2 ** 31 - 1;

function sendLater(response: ServerResponse, answer: Answer): void {
  const timer = setTimeout(
    () => orDestroy(response, () => send(response, { ...answer, delay: 0 })),
    Math.min(answer.delay, maximumDelay),
  );
  response.once('close', () => clearTimeout(timer));
}
