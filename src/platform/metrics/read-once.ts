/**
 * One reading for all gauges that show it: whoever asks while it is under way gets its answer. A reading that failed is
 * not kept.
 * @param rest so many times as long as it took, a reading is kept: asked however often, a figure over very many rows
 *   takes no more than its share of the database.
 */
export function readOnce<T>(read: () => Promise<T>, rest = 0): () => Promise<T> {
  let known: Promise<T> | null = null;
  return () => {
    if (known) return known;
    const begun = performance.now();
    const asked = read();
    const forget = () => {
      if (known === asked) known = null;
    };
    known = asked;
    asked.then(() => {
      const keepMs = (performance.now() - begun) * rest;
      if (keepMs > 0) setTimeout(forget, keepMs).unref();
      else forget();
    }, forget);
    return asked;
  };
}
