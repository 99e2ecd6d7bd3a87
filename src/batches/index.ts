export { batchLifecycle, type BatchState } from './batch.lifecycle.js';
export {
  BatchDigest,
  batchDigest,
  canonicalHeader,
  canonicalLine,
  lineDigest,
  type BatchHeader,
  type SignedLine,
} from './canonical-form.js';
