/**
 * The `Content-Disposition` of a file that is to be saved under its own name, whatever letters it has (RFC 6266, and
 * RFC 8187: `encodeURIComponent` leaves some characters that a header value may not hold).
 * @param plain the name for old programs; ASCII letters, digits, `.`, `-` and `_` only.
 */
export function attachment(fileName: string, plain = 'file'): string {
  const encoded = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
