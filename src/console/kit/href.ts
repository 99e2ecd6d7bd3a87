type Value = string | number | boolean | null | undefined;

/** An address with its query; empty values are left out. `href('/payments', { state: 'failed' })` */
export function href(
  path: string,
  query: Readonly<Record<string, Value | readonly string[]>> = {},
) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value as string[]) search.append(name, item);
    else if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** This address with some of its query changed; what is null is taken away. */
export function changed(url: string, query: Readonly<Record<string, Value>>): string {
  const [path = '/', search = ''] = url.split('?');
  const now = new URLSearchParams(search);
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') now.delete(name);
    else now.set(name, String(value));
  }
  const text = now.toString();
  return text === '' ? path : `${path}?${text}`;
}

export function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split('?')[1] ?? '');
}

const LONGEST_PATH = 2_000;

/** An address of ours that somebody sent back, or null: never another site's, nor a scheme. */
export function ownPath(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > LONGEST_PATH) return null;
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(value) && !value.includes('\\') ? value : null;
}
