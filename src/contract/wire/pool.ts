import type { Socket } from 'node:net';

/** A connection that waits for its next request. */
interface Idle {
  readonly socket: Socket;
  readonly since: number;
  readonly leave: () => void;
}

/** How long ago a connection may have been used for its closing to be no surprise, in milliseconds. */
const idleTimeFloor = 1000;

/**
 * Connections between two requests. The last one put back is taken first, since it is the least likely to
 * have been closed by the peer.
 *
 * Reuse is a loan of trust: a server may close an idle connection at any time, so a request that meets a
 * closed one is sent again and nothing is said. A server that *resets* some requests looks the same, and
 * would be hidden by that. So after two such surprises on connections that were hardly idle, no connection
 * is used twice, and whatever happens then is the server's.
 */
export class ConnectionPool {
  readonly #idle: Idle[] = [];
  #surprises = 0;
  /** New connections that have been waiting for a first byte. */
  #waiting = 0;
  /** Set once bytes came on an idle connection: from then on answers are listened to for longer. */
  spokenUnasked = false;

  take(): { socket: Socket; idleFor: number } | null {
    const idle = this.#surprises < 2 ? this.#idle.pop() : undefined;
    if (idle === undefined) return null;
    idle.leave();
    return { socket: idle.socket, idleFor: performance.now() - idle.since };
  }

  /**
   * A server that serves one connection at a time does not come to the next one while we keep the first. So
   * while a new connection waits for long, none is kept. Returns what to call once it has waited enough.
   */
  waits(): () => void {
    this.#waiting++;
    this.close();
    return () => {
      this.#waiting--;
    };
  }

  put(socket: Socket): void {
    if (this.#waiting > 0) {
      discard(socket);
      return;
    }
    const leave = () => {
      socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd);
    };
    const remove = () => {
      const at = this.#idle.findIndex((idle) => idle.socket === socket);
      if (at >= 0) this.#idle.splice(at, 1);
      leave();
      discard(socket);
    };
    const onData = () => {
      this.spokenUnasked = true;
      remove();
    };
    const onEnd = () => remove();
    socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd);
    this.#idle.push({ socket, since: performance.now(), leave });
  }

  /** A connection that had been used before was closed before any byte of an answer came. */
  surprise(idleFor: number): void {
    if (idleFor < idleTimeFloor) this.#surprises++;
  }

  close(): void {
    for (const { socket, leave } of this.#idle.splice(0)) {
      leave();
      discard(socket);
    }
  }
}

/** Ends a connection; what it still says is nobody's. */
export function discard(socket: Socket): void {
  socket.on('error', () => {});
  socket.destroy();
}
