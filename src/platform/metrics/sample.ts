/**
 * Whole đồng as Prometheus keeps every figure: a float64, exact below nine quadrillion. For screens only; nothing is
 * decided by it, and nothing comes back from it.
 */
export function sampleOf(digits: string): number {
  return Number(digits);
}
