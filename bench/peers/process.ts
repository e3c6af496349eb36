import { fork } from 'node:child_process';
import path from 'node:path';
import type { Peer } from './peer.ts';

/** A peer in a process of its own that does one run after the other. */
export interface PeerProcess {
  /**
   * @param apis which requests to make besides the chain; all without
   * @returns the names of what failed
   * @throws {Error} when the peer itself did not work
   */
  run(url: string, apis?: readonly string[]): Promise<readonly string[]>;
  end(): void;
}

/** Milliseconds for one run. */
const patience = 180_000;

/** What peers must not do while they are measured: tell their makers. */
export const quiet = {
  STEPCI_DISABLE_ANALYTICS: '1',
  SCARF_ANALYTICS: 'false',
  DO_NOT_TRACK: '1',
  NO_UPDATE_NOTIFIER: '1',
} as const;

/** @throws {Error} when it ends before it is ready */
export async function startPeer(peer: Peer, folder: string): Promise<PeerProcess> {
  const child = fork(path.join(import.meta.dirname, 'runners', peer.runner), [folder], {
    execArgv: ['--no-deprecation'],
    stdio: ['ignore', 'ignore', process.env.PEERS_VERBOSE ? 'inherit' : 'ignore', 'ipc'],
    env: { ...process.env, ...quiet },
  });
  const told = (send: () => void) =>
    new Promise<unknown>((resolve, reject) => {
      const ended = (code: number | null) => {
        clearTimeout(timer);
        reject(new Error(`${peer.name} ended with ${code ?? 'a signal'}`));
      };
      const timer = setTimeout(
        () => reject(new Error(`${peer.name} took more than ${patience} ms`)),
        patience,
      );
      child.once('exit', ended);
      child.once('message', (message: unknown) => {
        clearTimeout(timer);
        child.removeListener('exit', ended);
        resolve(message);
      });
      send();
    });
  await told(() => undefined);
  return {
    async run(url, apis) {
      const message = await told(() => child.send({ url, apis }));
      if (typeof message === 'object' && message !== null) {
        if ('failures' in message && Array.isArray(message.failures)) return message.failures.map(String);
        if ('problem' in message) throw new Error(`${peer.name}: ${String(message.problem)}`);
      }
      throw new Error(`${peer.name} said nothing that can be understood`);
    },
    end: () => {
      if (child.connected) child.disconnect();
    },
  };
}
