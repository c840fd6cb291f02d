// @ts-check
/** One step of the guided example or of the practice, as a row. */

import { el, icon } from "./dom.js";

/**
 * @param {{phone: number, title: string, text: string}} step the phone it happens on, from 0
 * @param {number} at its number, from 0
 * @param {{current: boolean, done: boolean}} state
 * @param {HTMLElement} button does the step; not shown any more when it is done
 */
export function stepRow({ phone, title, text }, at, { current, done }, button) {
  return el(
    "li",
    { class: `step role-${phone + 1}${done ? " done" : ""}`, "aria-current": current ? "step" : null },
    el("span", { class: "step-mark" }, done ? icon("check") : String(at + 1)),
    el("strong", {}, title, done && el("span", { class: "unseen" }, " (erledigt)")),
    el("p", {}, text),
    done ? null : button,
  );
}
