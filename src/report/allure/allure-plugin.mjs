// Allure's report without its analytics. Plain JavaScript: Allure loads it without tsx.
import AwesomePlugin from '@allurereport/plugin-awesome';

/** Nothing but what the page itself holds may be loaded or sent to. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
  "style-src 'unsafe-inline' data: blob:",
  'img-src data: blob:',
  'font-src data: blob:',
  'media-src data: blob:',
  'connect-src data: blob:',
  'frame-src data: blob:',
  'worker-src data: blob:',
  "form-action 'none'",
  "base-uri 'self' file: data: blob:",
].join('; ');

/** A page without Google's scripts, and with a policy that keeps a browser from asking anyone. */
export function stripAnalytics(html) {
  const stripped = html
    .replaceAll(/<script[^>]*\bsrc="https?:[^"]*"[^>]*>\s*<\/script>/g, '')
    .replaceAll(/<script>(?:(?!<\/script>)[\s\S])*?\bgtag\((?:(?!<\/script>)[\s\S])*?<\/script>/g, '');
  if (/googletagmanager/.test(stripped.slice(0, stripped.indexOf('allureReportData')))) {
    throw new Error(
      "Allure's page has analytics in a form that src/report/allure/allure-plugin.mjs does not know",
    );
  }
  return stripped.replace(
    '<head>',
    `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}

export default class QuietAwesomePlugin extends AwesomePlugin {
  constructor(options) {
    super(options);
    for (const name of ['start', 'update', 'done']) {
      const original = this[name];
      this[name] = (context, store) =>
        original.call(this, { ...context, reportFiles: quiet(context.reportFiles) }, store);
    }
  }
}

function quiet(files) {
  return {
    addFile: (name, data) =>
      files.addFile(
        name,
        name.endsWith('.html') ? Buffer.from(stripAnalytics(Buffer.from(data).toString('utf8'))) : data,
      ),
  };
}
