/** Answers are other people's text: no control character of theirs reaches a terminal, and each stays on its line. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
