/** A link of a page that leads to another address of ours: `/batches/1?x=2`, without what follows `#`. */
export function linksOf(html: string): string[] {
  const found = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&').replace(/#.*$/, ''),
  );
  return [...new Set(found)].filter((link) => /^\/(?!\/)/.test(link));
}

/** Which page an address is of, whatever thing it shows: `/batches/:id/lines`. */
export function pageOf(path: string): string {
  const [address = ''] = path.split('?');
  return address
    .replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/g, '/:id')
    .replace(/\/\d[\w.-]*/g, '/:id')
    .replace(/^\/(mending|admin\/banks|guide)\/[^/]+/, '/$1/:id');
}

export interface Found {
  readonly path: string;
  readonly page: string;
}

export interface Walked {
  /** One address for each page that somebody can reach by links. */
  readonly pages: readonly Found[];
  /** Links that lead nowhere: `status path (on page)`. */
  readonly broken: readonly string[];
  readonly followed: number;
}

/** Of one page, so many things are looked at: three batches show what thirty do. */
const EACH_PAGE_MOST = 4;

/**
 * Follows every link from the front page on, as somebody with this cookie. A page is looked at a few times, with other
 * things and other filters; a file is asked for as well, but not read.
 */
export async function walkPages(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Walked> {
  const seen = new Map<string, number>();
  const asked = new Set<string>();
  const pages: Found[] = [];
  const broken: string[] = [];
  const queue: { path: string; from: string }[] = [{ path: '/', from: '' }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { path, from } = next;
    const page = pageOf(path);
    if (asked.has(path) || (seen.get(page) ?? 0) >= EACH_PAGE_MOST) continue;
    asked.add(path);
    seen.set(page, (seen.get(page) ?? 0) + 1);
    const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
    const isHtml = (answer.headers.get('content-type') ?? '').startsWith('text/html');
    const html = await answer.text();
    if (answer.status !== 200) {
      broken.push(`${answer.status} ${path} (on ${from})`);
      continue;
    }
    if (!isHtml) continue;
    if (seen.get(page) === 1) pages.push({ path, page });
    queue.push(...linksOf(html).map((link) => ({ path: link, from: path })));
  }
  return { pages, broken, followed: asked.size };
}
