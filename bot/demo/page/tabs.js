// @ts-check
/** Three columns, or tabs when the window is narrow. */

import { el } from "./dom.js";

/** @typedef {import("./phone.js").Phone} Phone */

const NARROW = "(max-width: 939px)";

export class Tabs {
  /**
   * @param {HTMLElement} bar
   * @param {HTMLElement} room where the phones stand
   * @param {Phone[]} phones
   */
  constructor(bar, room, phones) {
    this.bar = bar;
    this.room = room;
    this.phones = phones;
    this.chosen = 0;
    this.badges = phones.map(() => el("span", { class: "badge", hidden: true }));
    this.tabs = phones.map(({ person, element }, at) =>
      el(
        "button",
        { type: "button", role: "tab", id: `tab-${at + 1}`, class: `role-${at + 1}`, "aria-controls": element.id, onclick: () => this.choose(at) },
        person.role,
        this.badges[at],
      ),
    );
    bar.replaceChildren(...this.tabs);
    room.replaceChildren(...phones.map(({ element }) => element));
    bar.addEventListener("keydown", (event) => this.#keys(event));
    this.media = matchMedia(NARROW);
    this.media.addEventListener("change", () => this.#lay());
    this.#lay();
  }

  /**
   * Show a phone (in columns all are shown).
   *
   * @param {number} at
   */
  choose(at) {
    const { element, messages } = this.phones[at];
    const hidden = element.hidden;
    this.chosen = at;
    this.#lay();
    if (hidden) messages.reveal();
    this.unread();
  }

  /** Unread messages at the tabs. */
  unread() {
    this.phones.forEach(({ unread, badge }, at) => {
      this.badges[at].hidden = unread === 0;
      this.badges[at].textContent = unread === 0 ? "" : String(unread);
      badge.hidden = unread === 0;
      badge.textContent = `${unread} neu`;
    });
  }

  #lay() {
    const narrow = this.media.matches;
    this.room.dataset.narrow = String(narrow);
    this.bar.hidden = !narrow;
    this.phones.forEach(({ element }, at) => {
      element.hidden = narrow && at !== this.chosen;
      if (narrow) element.setAttribute("role", "tabpanel");
      else element.removeAttribute("role");
      this.tabs[at].setAttribute("aria-selected", String(at === this.chosen));
      this.tabs[at].tabIndex = at === this.chosen ? 0 : -1;
    });
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.choose((this.chosen + step + this.phones.length) % this.phones.length);
    this.tabs[this.chosen].focus();
  }
}
