import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';

/**
 * Chromium out of its npm package. It unpacks itself (200 MB) below TMPDIR: here a folder of this process alone, since
 * two processes that unpack to one place break each other's copy. Closing the browser removes the folder.
 */
export async function launchChromium(): Promise<{
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}> {
  const own = mkdtempSync(path.join(tmpdir(), 'konaplate-chromium-'));
  const remove = () => rmSync(own, { recursive: true, force: true });
  try {
    const executablePath = await unpack(own);
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox'],
      env: { ...process.env, TMPDIR: own, FONTCONFIG_FILE: writeFontConfiguration(own) },
    });
    return {
      browser,
      close: async () => {
        await browser.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function unpack(folder: string): Promise<string> {
  const { TMPDIR } = process.env;
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

/** The package's own configuration looks for fonts below /tmp alone, and without any font Chromium aborts. */
function writeFontConfiguration(folder: string): string {
  const file = path.join(folder, 'fonts.conf');
  const folders = [path.join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig>${folders.map((one) => `<dir>${one}</dir>`).join('')}<cachedir>${path.join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  return file;
}
