import { createHash } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/base';
import { type ScenarioCase, scenarioCases } from '../cases/scenario-cases.ts';
import { contractFolders, loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/model.ts';
import { createRedactor, type Redactor, sensitiveValues } from '../report/redact.ts';
import { loadReadyProfile, profileSecrets, type ReadyProfile } from '../target/profile.ts';
import { createHttpClient, type HttpClient } from '../wire/client.ts';
import { root, type Settings } from './settings.ts';

/** What the cases of one process share. */
export interface Session {
  readonly settings: Settings;
  readonly contract: Contract;
  readonly profile: ReadyProfile;
  readonly cases: readonly ScenarioCase[];
  readonly client: HttpClient;
  readonly redactor: Redactor;
  /** The one clock of a run. */
  readonly now: () => Date;
  /** A source of numbers in [0, 1) that depends on nothing but the seed and the case. */
  readonly randomFor: (caseId: string) => () => number;
}
