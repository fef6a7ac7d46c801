/** Rows from the compact data: a text is looked up when it is read. */
/* global document */

/** @param {{ texts: string[], columns: Record<string, number[]> }} data */
export function reader({ texts, columns }) {
  const names = Object.keys(columns);
  const length = columns[names[0]]?.length ?? 0;
  return {
    length,
    /** One cell. */
    at: (row, column) => texts[columns[column][row]],
    /** The position of a cell's text: equal positions are equal texts. */
    code: (row, column) => columns[column][row],
    codeOf: (text) => texts.indexOf(text),
    /** For every row whether one of the columns holds the words; texts are searched once, not once a row. */
    matcher(words, searched) {
      const wanted = words.trim().toLowerCase().split(/\s+/u).filter(Boolean);
      if (wanted.length === 0) return () => true;
      const holds = wanted.map((word) => texts.map((text) => text.toLowerCase().includes(word)));
      return (row) => holds.every((hit) => searched.some((column) => hit[columns[column][row]]));
    },
  };
}

/** An element with children; texts never become markup. */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {}))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}
