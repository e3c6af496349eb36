import type { PreparedRequest } from '../cases/harmless.ts';
import type { Sent } from '../engine/send.ts';
import type { Session } from '../engine/session.ts';

/** What is looked at, in this order: each step counts on those before it. */
export const stepNames = [
  'profile',
  'environment',
  'launch',
  'dns',
  'tcp',
  'proxy',
  'tls',
  'path',
  'clock',
  'token',
  'encryption',
  'data',
] as const;

export type StepName = (typeof stepNames)[number];

/**
 * What became of a step: `warning`, a run is possible and its starter should know; `failed`, it is not, and nothing
 * behind it is tried; `unchecked`, there was nothing to look with.
 */
export type StepState = 'ok' | 'warning' | 'failed' | 'unchecked' | 'not-tried';

export interface StepResult {
  readonly state: Exclude<StepState, 'not-tried'>;
  /** One sentence; of what is not well with the likely cause and what to change. */
  readonly says: string;
}

/** A prepared request that was sent, with what came back. */
export interface Asked {
  readonly request: PreparedRequest;
  readonly sent: Sent;
}

/** A target that is looked at, with what the steps before have shown of it. */
export interface Patient {
  readonly session: Session;
  /** The environment of the command, for what of it may matter. */
  readonly env: NodeJS.ProcessEnv;
  /** Every request so far, in their order. */
  readonly asked: Asked[];
}

export const ok = (says: string): StepResult => ({ state: 'ok', says });
export const warning = (says: string): StepResult => ({ state: 'warning', says });
export const failed = (says: string): StepResult => ({ state: 'failed', says });
export const unchecked = (says: string): StepResult => ({ state: 'unchecked', says });
