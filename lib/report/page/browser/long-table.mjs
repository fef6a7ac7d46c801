/** A table of any length: only the rows in view exist. One row at a time can be open. */
/* global document, getComputedStyle, ResizeObserver */
import { element } from './rows.mjs';

/** Rows above and below the view that exist already, so that scrolling and tabbing meet them. */
const AROUND = 8;
/** Rows of a printed table; more is counted. */
const PRINTED = 500;

export class LongTable {
  /**
   * @param {{ id: string, row: (index: number, open: boolean) => HTMLElement[], detail?: (index: number) => HTMLElement,
   *   words: (shown: number) => string }} options
   */
  constructor({ id, row, detail, words }) {
    this.view = document.getElementById(`${id}-view`);
    this.table = document.getElementById(`${id}-table`);
    this.body = document.getElementById(`${id}-body`);
    this.status = document.getElementById(`${id}-status`);
    this.id = id;
    this.row = row;
    this.detail = detail;
    this.words = words;
    this.rows = [];
    this.open = -1;
    this.extra = 0;
    this.made = new Map();
    this.printing = false;
    this.view.addEventListener('scroll', () => this.draw(), { passive: true });
    this.body.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-row]');
      if (button) this.toggle(Number(button.dataset.row));
    });
    new ResizeObserver(() => this.draw()).observe(this.view);
  }

  /** Shows these rows, from the first. */
  show(rows) {
    this.rows = rows;
    this.close();
    this.clear();
    this.view.scrollTop = 0;
    this.status.textContent = this.words(rows.length);
    this.table.setAttribute('aria-rowcount', String(rows.length + 1));
    this.draw();
  }

  clear() {
    for (const made of this.made.values()) made.remove();
    this.made.clear();
  }

  close() {
    this.open = -1;
    this.extra = 0;
  }

  toggle(position) {
    const again = this.open === position;
    const before = this.open;
    this.close();
    if (!again) this.open = position;
    for (const one of [before, position]) this.remake(one);
    this.draw();
    this.body.querySelector(`button[data-row="${position}"]`)?.focus({ preventScroll: true });
  }

  remake(position) {
    this.made.get(position)?.remove();
    this.made.delete(position);
  }

  get height() {
    return parseFloat(getComputedStyle(this.view).getPropertyValue('--row')) || 44;
  }

  top(position) {
    return position * this.height + (this.open >= 0 && position > this.open ? this.extra : 0);
  }

  draw() {
    if (this.printing) return;
    const { height } = this;
    const { scrollTop, clientHeight } = this.view;
    const first = Math.max(0, Math.floor((scrollTop - this.extra) / height) - AROUND);
    const last = Math.min(this.rows.length, Math.ceil((scrollTop + clientHeight) / height) + AROUND);
    for (const [position, made] of this.made)
      if ((position < first || position >= last) && !made.contains(document.activeElement)) {
        made.remove();
        this.made.delete(position);
      }
    for (let position = first; position < last; position += 1) this.make(position);
    if (this.open >= 0 && this.made.has(this.open)) {
      const detail = this.made.get(this.open).querySelector('.detail');
      this.extra = detail ? detail.offsetHeight : 0;
    }
    this.body.style.height = `${this.rows.length * height + this.extra}px`;
    for (const [position, made] of this.made) made.style.transform = `translateY(${this.top(position)}px)`;
  }

  make(position) {
    if (this.made.has(position)) return;
    const open = position === this.open;
    const made = element('div', { role: 'row', 'aria-rowindex': position + 2, class: open ? 'row open' : 'row' });
    made.append(...this.row(this.rows[position], position, open));
    if (open && this.detail) {
      const detail = this.detail(this.rows[position]);
      detail.id = `${this.id}-detail`;
      made.append(detail);
    }
    const after = [...this.made].filter(([other]) => other > position).sort(([a], [b]) => a - b)[0];
    this.body.insertBefore(made, after ? after[1] : null);
    this.made.set(position, made);
  }

  /** All rows, as far as paper goes; afterwards the view as it was. */
  print(printing) {
    if (printing === this.printing) return;
    this.printing = printing;
    this.clear();
    this.body.style.height = '';
    if (!printing) {
      this.status.textContent = this.words(this.rows.length);
      this.draw();
      return;
    }
    const count = Math.min(PRINTED, this.rows.length);
    for (let position = 0; position < count; position += 1) this.make(position);
    if (count < this.rows.length)
      this.status.textContent = `${this.words(this.rows.length)}; the first ${count} are printed, the file of the register has all`;
  }
}
