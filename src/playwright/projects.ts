import type { PlaywrightTestConfig } from '@playwright/test';
import { sharedStateTag } from '../run/split.ts';

const sharingState = new RegExp(`${sharedStateTag}(?:\\s|$)`);

/**
 * The runner's projects: one where one process does all cases, the scenarios first; where several do, cases that share
 * state are a project of their own with one process.
 */
export function projectsFor(workers: number): Pick<PlaywrightTestConfig, 'projects' | 'workers'> {
  if (workers === 1) return { projects: [{ workers: 1 }] };
  return {
    workers,
    projects: [
      { name: projects.sharing, grep: sharingState, workers: 1 },
      { name: projects.independent, grepInvert: sharingState },
    ],
  };
}

/** The names of the two. */
export const projects = { sharing: 'shared state', independent: 'independent' } as const;
