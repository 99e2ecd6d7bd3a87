import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sourceFiles } from './source-files.js';

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ parameters: z.array(z.object({ name: z.string() })).optional() }),
    ),
  ),
});

/** POSTs of the API that may be sent twice and mean it, each with its reason. */
const MEANT_TWICE = new Map([
  ['/api/v1/sessions', 'signing in twice is two sessions'],
  ['/api/v1/users/{id}/passwords', 'a new password set twice is the same password'],
  ['/api/v1/banks/{bank}/notices', 'a notice has an id of its own'],
  ['/api/v1/alertmanager', 'an alert has a fingerprint of its own'],
]);

/** The same of the console's forms. */
const FORMS_MEANT_TWICE = new Map([
  ['sign-in', 'signing in twice is two sessions'],
  ['sign-out', 'nobody is there the second time'],
  ['language', 'the same language is chosen twice'],
  ['account/password', 'the old password is wrong the second time'],
  ['account/sessions/ending', 'what has ended is ended'],
  ['admin/users/:id/password', 'a new password set twice is the same password'],
  ['admin/files/:id/downloads', 'a file is taken twice, and both times are written down'],
]);

const ROUTE = /@Post\('([^']*)'\)([\s\S]*?)\n {2}(?:async )?\w+\(/g;

describe("the console's forms", () => {
  it('bring a key that makes sending them twice one act', () => {
    const controllers = sourceFiles('src/console').filter(({ path }) =>
      path.includes('.controller.'),
    );
    const routes = controllers.flatMap(({ text }) => [...text.matchAll(ROUTE)]);
    const keyless = routes.filter(([, , decorators]) => !decorators?.includes('@Idempotent('));
    expect(routes.length).toBeGreaterThan(60);
    expect(keyless.map(([, path]) => path).sort()).toEqual([...FORMS_MEANT_TWICE.keys()].sort());
  });
});

describe('the committed OpenAPI document', () => {
  it('asks for an Idempotency-Key at every POST that creates or moves something', () => {
    const { paths } = document.parse(JSON.parse(readFileSync('src/openapi.json', 'utf8')));
    const posts = Object.entries(paths).flatMap(([path, { post }]) =>
      post ? [{ path, post }] : [],
    );
    const keyless = posts
      .filter(({ post }) => !post.parameters?.some(({ name }) => name === 'Idempotency-Key'))
      .map(({ path }) => path);
    expect(posts.length).toBeGreaterThan(20);
    expect(keyless.sort()).toEqual([...MEANT_TWICE.keys()].sort());
  });
});
