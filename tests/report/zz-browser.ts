import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';

/**
 * Chromium out of its npm package. It unpacks itself below TMPDIR, which is a folder of this process alone, since two
 * processes that unpack to one place break each other's copy.
 */
export async function launchChromium(): Promise<Browser> {
  const own = path.join(mkdtempSync(path.join(tmpdir(), 'konaplate-chromium-')), 'tmp');
  mkdirSync(own);
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const before = process.env.TMPDIR;
  process.env.TMPDIR = own;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await chromium.launch({ executablePath: await packaged.executablePath(), args: ['--no-sandbox','--headless=shell'] });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
