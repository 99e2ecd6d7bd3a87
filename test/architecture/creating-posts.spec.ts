import { readFileSync } from 'node:fs';
import { z } from 'zod';

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ parameters: z.array(z.object({ name: z.string() })).optional() }),
    ),
  ),
});

/** POSTs that may be sent twice and mean it, each with its reason. */
const MEANT_TWICE = new Map([
  ['/api/v1/sessions', 'signing in twice is two sessions'],
  ['/api/v1/users/{id}/passwords', 'a new password set twice is the same password'],
  ['/api/v1/banks/{bank}/notices', 'a notice has an id of its own'],
]);

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
