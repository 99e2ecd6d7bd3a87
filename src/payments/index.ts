export { paymentLifecycle, type PaymentState } from './payment.lifecycle.js';
export { runLifecycle, type RunState } from './run.lifecycle.js';
export { paymentsFailed } from './payments.events.js';
export { RecordOutcomes, type OutcomeItem, type RecordedOutcome } from './record-outcomes.js';
