import { z } from 'zod';
import type { Answer } from './send.js';

/** RFC 9457, with what this house promises beyond it. */
const problem = z.looseObject({
  type: z.string().startsWith('urn:chitra:problem:'),
  title: z.string().min(1),
  status: z.number().int(),
  detail: z.string().min(10),
  instance: z.string().startsWith('urn:chitra:request:'),
  code: z.string().regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/),
  messages: z.object({ vi: z.string().min(10), en: z.string().min(10) }),
});

/** Letters that only Vietnamese has: a Vietnamese sentence of any length holds one. */
const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

/** What a stranger must not learn: where the code stands, what the database was asked, what is secret. */
const LEAKS: readonly RegExp[] = [
  /\bat \S+ \(?(file:|node:|\/)/,
  /node_modules|\.[jt]s:\d+/,
  /\b(select|insert into|delete from|update) \S+ (from|set|values|where)\b/i,
  /QueryFailedError|syntax error at|violates .* constraint|relation "|duplicate key value/i,
  /\b(Type|Range|Syntax|Reference)Error\b/,
  /\$argon2|whsec_|postgres(ql)?:\/\//,
];

/** What is wrong with an answer, or null. Whatever was asked, an answer is never a fault. */
export function complaintAbout(answer: Answer): string | null {
  const { status, type, text } = answer;
  if (status >= 500 || status < 200) return 'is a fault of ours';
  if (status < 300) return null;
  if (status < 400) return 'leads elsewhere';
  if (answer.byTheParser) return text === '' ? null : 'the parser speaks';
  if (!type.startsWith('application/problem+json')) return `is no problem but ${type}`;
  const leak = LEAKS.find((pattern) => pattern.test(text));
  if (leak) return `tells too much (${leak.source})`;
  return complaintAboutProblem(status, text);
}

export function complaintAboutProblem(status: number, text: string): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  const parsed = problem.safeParse(body);
  if (!parsed.success) return `is no whole problem: ${parsed.error.issues[0]?.path.join('.')}`;
  const { messages, code, type } = parsed.data;
  if (parsed.data.status !== status) return 'says another status than its own';
  if (type !== `urn:chitra:problem:${code}`) return 'is of another type than its code';
  if (!VIETNAMESE.test(messages.vi)) return 'is not told in Vietnamese';
  if (VIETNAMESE.test(messages.en.replace(/[“"«].*?[”"»]/g, '').replaceAll('đồng', '')))
    return 'is not told in English';
  return null;
}
