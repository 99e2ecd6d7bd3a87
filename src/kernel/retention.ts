/**
 * Luật Kế toán 88/2015/QH13, Điều 41, and Nghị định 174/2016/NĐ-CP, Điều 13: what accounts rest on is kept for ten years
 * from the end of its accounting year. Counted from a month: ten years, at most eleven months to the end of its year, and a
 * year more, as a bank may return in the year after what was paid in this one.
 */
export const RECORDS_KEPT_MONTHS = 120 + 12 + 12;
