import { useConsole } from './context.js';

/** Of a form that stands beside others with fields of the same names. */
export interface FormBesideOthers {
  /** It was refused just now: shown open, with what was typed. */
  readonly wasRefused: boolean;
  /** Of the refused form the plain id, to which the error summary leads; of any other one of its own. */
  readonly idOf: (field: string) => string | undefined;
}

export function useFormBesideOthers(action: string): FormBesideOthers {
  const { feedback } = useConsole();
  const wasRefused = feedback?.tone === 'refused' && feedback.form === action;
  const own = action.replace(/[^A-Za-z0-9]+/g, '-');
  return { wasRefused, idOf: (field) => (wasRefused ? undefined : `field${own}-${field}`) };
}
