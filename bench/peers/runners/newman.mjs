import { readFileSync } from 'node:fs';
import path from 'node:path';
import newman from 'newman';
import { serve } from './serve.mjs';

const [folder = '.'] = process.argv.slice(2);
const collection = JSON.parse(readFileSync(path.join(folder, 'collection.json'), 'utf8'));

const paths = JSON.parse(readFileSync(path.join(folder, 'paths.json'), 'utf8'));

/** The collection without requests to other APIs; the folder of the chain stays whole. */
function only(items, apis) {
  return items.flatMap((item) => {
    if (item.name === 'Integration Tests') return [item];
    if (item.item) return [{ ...item, item: only(item.item, apis) }];
    const where = `/${item.request.url.path.join('/')}`;
    return apis.some((api) => paths[api] === where) ? [item] : [];
  });
}

serve(
  (url, apis) =>
    new Promise((resolve, reject) => {
      newman.run(
        {
          collection: apis ? { ...collection, item: only(collection.item, apis) } : collection,
          envVar: [{ key: 'baseUrl', value: `${url}/open-api` }],
          timeoutRequest: 15_000,
          ignoreRedirects: true,
          reporters: [],
        },
        (error, summary) => {
          if (error) return reject(error);
          resolve(
            summary.run.failures.map(({ source, parent, error: one }) =>
              [parent?.name, source?.name, one?.test ?? one?.name].filter(Boolean).join(': '),
            ),
          );
        },
      );
    }),
);
