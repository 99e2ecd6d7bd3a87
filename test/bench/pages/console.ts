import { NAVIGATION } from '../../../src/console/kit/navigation.js';
import type { Asker } from './measure.js';
import { deepCursor, type Known, type Question } from './requests.js';

/** Pages of a kind that are looked into for links, and pages of a kind that are asked for. */
const LOOKED_INTO = 2;
const ASKED_FOR = 30;
/** What a form's field of the console is called, where the API calls it otherwise. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  q: 'search',
  commune: 'communeCode',
};
/** Other kinds of answers than pages. */
const NO_PAGES =
  /^\/(api|assets|session|language|sign-out)|live\b|\.(xlsx|csv|pdf)|export|download|content/;

interface Place {
  readonly addresses: Set<string>;
  lookedInto: number;
}

/**
 * Every page that can be reached from the navigation by links, each kind with up to thirty of its addresses, the lists
 * also by every choice of their filters and from deep within. A kind is an address without its ids and values.
 */
export async function questionsOfConsole(asker: Asker, known: Known): Promise<Question[]> {
  const places = new Map<string, Place>();
  const found = (address: string): void => {
    const clean = address.split('#')[0] ?? '';
    if (!clean.startsWith('/') || clean.startsWith('//') || NO_PAGES.test(clean)) return;
    const kind = kindOf(clean);
    const place = places.get(kind) ?? { addresses: new Set<string>(), lookedInto: 0 };
    if (place.addresses.size < ASKED_FOR) place.addresses.add(clean);
    places.set(kind, place);
  };
  for (const { href } of NAVIGATION.flatMap(({ items }) => items)) found(href);
  for (const collection of ['batches', 'runs', 'imports', 'payments', 'beneficiaries']) {
    for (const id of known.values(`${collection}.id`, '')) found(`/${collection}/${id}`);
  }
  for (let next = toLookInto(places); next; next = toLookInto(places)) {
    const { status, text } = await asker.get(next);
    if (status !== 200) places.get(kindOf(next))?.addresses.delete(next);
    else for (const address of addressesIn(text, known)) found(address);
  }
  return [...places].flatMap(([kind, { addresses }]) =>
    addresses.size === 0 ? [] : [{ name: kind, addresses: [...addresses], isPaged: false }],
  );
}

function toLookInto(places: ReadonlyMap<string, Place>): string | null {
  for (const [kind, place] of places) {
    // What a filter finds has the links of the list itself.
    if (kind.includes('?')) continue;
    if (place.lookedInto >= Math.min(LOOKED_INTO, place.addresses.size)) continue;
    const address = [...place.addresses][place.lookedInto];
    place.lookedInto += 1;
    if (address !== undefined) return address;
  }
  return null;
}

/** `/batches/{id}?state=draft`: ids and long values are left out, the words of a choice stay. */
function kindOf(address: string): string {
  const [path = '', query = ''] = address.split('?');
  const terms = [...new URLSearchParams(query)].filter(([, value]) => value !== '');
  const said = terms.map(
    ([name, value]) => `${name}=${/^[\p{L} _-]{1,24}$/u.test(value) ? value : '…'}`,
  );
  const kind = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/\/\d[\w-]*/g, '/{nr}');
  return said.length > 0 ? `${kind}?${said.sort().join('&')}` : kind;
}

const text = (html: string): string =>
  html.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');

function addressesIn(html: string, known: Known): string[] {
  const links = [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)].map(([, href = '']) => text(href));
  return [...links, ...links.flatMap((link) => deepIn(link, known)), ...filtersIn(html, known)];
}

/** The same list from deep within, of a link to its next page. */
function deepIn(link: string, known: Known): string[] {
  const cursor = /[?&]cursor=([^&]+)/.exec(link)?.[1];
  if (!cursor) return [];
  const [path = ''] = link.split('?');
  const deep = deepCursor(decodeURIComponent(cursor), known, `/api/v1${path}`);
  return [link.replace(/([?&])cursor=[^&]+/, `$1cursor=${deep}`)];
}

/** What a list's filters can be set to, one at a time. */
function filtersIn(html: string, known: Known): string[] {
  return [
    ...html.matchAll(/<form[^>]*method="get"[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs),
  ].flatMap(([, action = '', body = '']) => {
    const asked = (name: string, value: string): string =>
      `${action}${action.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
    const choices = [
      ...body.matchAll(/<select[^>]*\bname="([^"]+)"[^>]*>(.*?)<\/select>/gs),
    ].flatMap(([, name = '', options = '']) =>
      [...options.matchAll(/<option[^>]*\bvalue="([^"]+)"/g)].map(([, value = '']) =>
        asked(name, text(value)),
      ),
    );
    const typed = [...body.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
      const name = /\bname="([^"]+)"/.exec(input)?.[1] ?? '';
      if (/type="(hidden|submit)"/.test(input)) return [];
      if (/type="checkbox"/.test(input))
        return [asked(name, /\bvalue="([^"]+)"/.exec(input)?.[1] ?? 'on')];
      const values = known.values(name, '');
      const other = values.length > 0 ? values : known.values(ALSO_CALLED[name] ?? '', '');
      return other.map((value) => asked(name, value));
    });
    return [...choices, ...typed];
  });
}
