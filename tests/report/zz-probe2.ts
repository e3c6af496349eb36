import { launchChromium } from './zz-browser.ts';
import { readFileSync, writeFileSync } from 'node:fs';
const html = readFileSync('/tmp/fixture-reports/report.html', 'utf8');
writeFileSync('/tmp/nocsp.html', html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
writeFileSync('/tmp/plain.html', '<h1>hi</h1>');
for (const f of ['/tmp/fixture-reports/report.html']) {
  const b = await launchChromium();
  const page = await b.newPage();
  page.on('crash', () => console.log('crash', f));
  b.on('disconnected', () => console.log('disconnected', f));
  await page.goto('file://' + f).catch(e => console.log(String(e).slice(0,200)));
  await page.waitForTimeout(2000).catch(e => console.log(f, String(e).slice(0,200)));
  await b.close();
  console.log('ok', f);
}
