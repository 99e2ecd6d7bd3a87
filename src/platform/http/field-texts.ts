import type { z } from 'zod';
import type { Bilingual } from '../../kernel/index.js';

type Issue = z.core.$ZodRawIssue;

const FORMATS: Readonly<Record<string, Bilingual>> = {
  uuid: { vi: 'phải là một mã (UUID)', en: 'must be an id (a UUID)' },
  date: { vi: 'phải là ngày, dạng 2026-11-25', en: 'must be a date such as 2026-11-25' },
  datetime: {
    vi: 'phải là ngày giờ, dạng 2026-11-25T08:00:00Z',
    en: 'must be a date and time such as 2026-11-25T08:00:00Z',
  },
};

const KINDS: Readonly<Record<string, Bilingual>> = {
  string: { vi: 'văn bản trong ngoặc kép', en: 'a text in quotes' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  array: { vi: 'danh sách [ … ]', en: 'a list [ … ]' },
  object: { vi: 'đối tượng JSON { … }', en: 'a JSON object { … }' },
};

/** What a number of counts: characters of a text, items of a list, nothing of a number. */
const COUNTED: Readonly<Record<string, Bilingual>> = {
  string: { vi: ' ký tự', en: ' characters' },
  array: { vi: ' mục', en: ' items' },
};

/**
 * The usual faults of a field in words an officer knows: zod's own texts speak of "undefined" and show regular
 * expressions. Null where zod's text will do.
 */
export function fieldText(issue: Issue): Bilingual | null {
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? null;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'unrecognized_keys':
      return unknownFields(issue.keys);
    case 'too_small':
    case 'too_big':
      return bound(issue);
    default:
      return null;
  }
}

function wrongKind(issue: {
  readonly expected: string;
  readonly input: unknown;
}): Bilingual | null {
  if (issue.input === undefined)
    return { vi: 'còn thiếu; xin điền', en: 'is missing; please give it' };
  const kind = KINDS[issue.expected];
  return kind ? { vi: `phải là ${kind.vi}`, en: `must be ${kind.en}` } : null;
}

function oneOf(values: readonly string[]): Bilingual {
  const listed = values.join(', ');
  return { vi: `chỉ nhận: ${listed}`, en: `must be one of: ${listed}` };
}

/** More unknown names than this, or a longer one, and the answer would grow with a hostile body. */
const NAMES_MAX = 10;
const NAME_LENGTH_MAX = 60;

function unknownFields(keys: readonly string[]): Bilingual {
  const named = keys.slice(0, NAMES_MAX).map((key) => `"${key.slice(0, NAME_LENGTH_MAX)}"`);
  const listed = [...named, ...(keys.length > NAMES_MAX ? ['…'] : [])].join(', ');
  return {
    vi: `không có mục tên ${listed}; xin sửa tên hoặc bỏ đi`,
    en: `there is no field ${listed}; please correct its name or leave it out`,
  };
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Bilingual | null {
  if (issue.inclusive === false || issue.origin === 'date') return null;
  const counted = COUNTED[issue.origin] ?? { vi: '', en: '' };
  return issue.code === 'too_small'
    ? { vi: `ít nhất ${issue.minimum}${counted.vi}`, en: `at least ${issue.minimum}${counted.en}` }
    : {
        vi: `nhiều nhất ${issue.maximum}${counted.vi}`,
        en: `at most ${issue.maximum}${counted.en}`,
      };
}
