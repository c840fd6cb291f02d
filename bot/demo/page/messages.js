// @ts-check
/** The list of messages: order, days, groups, scrolling, focus. */

import { bubble } from "./bubble.js";
import { calm, el, icon } from "./dom.js";
import { measure } from "./entities.js";
import { day } from "./when.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./bubble.js").Hands} Hands */

const NEAR = 48; // px from the end that still count as "at the end"
const GLANCE = 4000; // ms after which what stands at the end in plain sight counts as read
const MARGIN = 10; // px above a long message that is scrolled to its beginning

export class Messages {
  /**
   * @param {Hands} hands
   * @param {() => boolean} watched whether somebody looks at this phone
   * @param {() => void} onRead the end of the list is seen
   */
  constructor(hands, watched, onRead) {
    this.hands = hands;
    this.watched = watched;
    this.onRead = onRead;
    this.unread = 0;
    this.glanceTimer = 0;
    /** @type {Set<number>} */
    this.pinned = new Set();
    this.list = el("ol", { class: "messages", role: "list", tabindex: "0", "aria-label": "Nachrichten" });
    this.badge = el("span", { class: "badge", hidden: true });
    this.toEnd = el(
      "button",
      { type: "button", class: "to-end", "aria-label": "Zur neuesten Nachricht", hidden: true, onclick: () => this.end() },
      icon("down"),
      this.badge,
    );
    this.element = el("div", { class: "scroll" }, this.list, this.toEnd);
    this.height = 0;
    this.length = 0;
    this.list.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.list.addEventListener("click", () => this.#scrolled()); // a quote may have been unfolded
    this.list.addEventListener("keydown", (event) => this.#keys(event));
    this.list.addEventListener("load", () => this.#settle(), true); // pictures
    this.stuck = true;
    new ResizeObserver(() => this.#settle()).observe(this.list);
  }

  /** @param {readonly Message[]} messages */
  fill(messages) {
    this.list.replaceChildren();
    for (const message of messages) this.#append(message);
    measure(this.list);
    this.unread = 0;
    this.end();
  }

  /**
   * A new or changed message.
   *
   * @param {Message} message
   */
  put(message) {
    const old = this.item(message.id);
    if (old) {
      this.#replace(old, message);
      return;
    }
    const stuck = this.#atEnd();
    const item = this.#append(message);
    measure(item);
    item.classList.add("arrives");
    if (!message.from_bot) {
      this.end();
    } else if (stuck) {
      this.#show(item);
    }
    if (message.from_bot && (!this.watched() || !this.#atEnd())) this.unread += 1;
    this.#scrolled();
  }

  /** @param {number} id */
  remove(id) {
    const item = this.item(id);
    if (!item) return;
    const [before, after] = [item.previousElementSibling, item.nextElementSibling];
    item.remove();
    if (before?.classList.contains("day") && (!after || after.classList.contains("day"))) before.remove();
    for (const neighbour of [before, after]) this.#group(neighbour);
    this.#scrolled();
  }

  /** @param {number} id @returns {HTMLLIElement | null} */
  item(id) {
    return this.list.querySelector(`#m-${id}`);
  }

  /** Show the end. */
  end() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#scrolled();
  }

  /**
   * Show a message and let it light up.
   *
   * @param {number} id
   */
  jump(id) {
    const item = this.item(id);
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    item.focus({ preventScroll: true });
    item.classList.remove("lit");
    void item.offsetWidth; // begin the animation again
    item.classList.add("lit");
  }

  /** The phone was hidden and is shown again: begin where reading stopped. */
  reveal() {
    if (this.stuck) {
      this.#settle();
      const unread = [...this.list.querySelectorAll(".theirs")].at(-this.unread);
      if (this.unread > 0 && unread instanceof HTMLElement) this.#show(unread);
    }
    this.#scrolled();
  }

  /** Somebody looks at the phone: what is on the screen counts as read. */
  seen() {
    this.#scrolled();
  }

  /** @param {Message} message @returns {HTMLLIElement} */
  #append(message) {
    const last = this.list.lastElementChild;
    const today = day(message.wire.date);
    if (last instanceof HTMLElement ? last.dataset.day !== today : true) {
      this.list.append(el("li", { class: "day", "data-day": today }, el("span", {}, today)));
    }
    const item = bubble(message, this.hands, this.pinned.has(message.id));
    item.dataset.day = today;
    this.list.append(item);
    this.#group(item);
    this.#group(item.previousElementSibling);
    return item;
  }

  /**
   * A changed message takes the place of the old one; whoever was inside it with the keyboard stays there.
   *
   * @param {HTMLLIElement} old
   * @param {Message} message
   */
  #replace(old, message) {
    const stuck = this.stuck;
    const focused = old.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const item = bubble(message, this.hands, this.pinned.has(message.id));
    item.dataset.day = old.dataset.day;
    old.replaceWith(item);
    measure(item);
    this.#group(item);
    this.#group(item.previousElementSibling);
    if (focused === old) item.focus({ preventScroll: true });
    else if (focused) this.#refocus(item, focused.dataset.key);
    if (stuck) this.list.scrollTop = this.list.scrollHeight;
    this.#scrolled();
  }

  /**
   * @param {HTMLElement} item
   * @param {string | undefined} key
   */
  #refocus(item, key) {
    const same = key && item.querySelector(`[data-key="${key}"]`);
    const target = same || item.querySelector(".key") || item;
    /** @type {HTMLElement} */ (target).focus({ preventScroll: true });
  }

  /**
   * Messages of one side that follow each other stand closer; the last one has the tail.
   *
   * @param {Element | null} item
   */
  #group(item) {
    if (!item?.classList.contains("message")) return;
    const side = item.classList.contains("mine") ? "mine" : "theirs";
    item.classList.toggle("follows", Boolean(item.previousElementSibling?.classList.contains(side)));
    item.classList.toggle("tail", !item.nextElementSibling?.classList.contains(side));
  }

  /**
   * Show a new message: its end, or its beginning when it is longer than the screen.
   *
   * @param {HTMLElement} item
   */
  #show(item) {
    const end = this.list.scrollHeight - this.list.clientHeight;
    this.list.scrollTop = Math.min(end, item.offsetTop - MARGIN);
    this.#scrolled();
  }

  /** A scroll that only follows a new height of the list or of something in it says nothing about what the reader wants. */
  #onScroll() {
    const { clientHeight, scrollHeight } = this.list;
    if (clientHeight === this.height && scrollHeight === this.length) this.#scrolled();
    else if (this.stuck) this.#settle();
  }

  /** Keep the end in view when the list or something in it changes its height. */
  #settle() {
    measure(this.list);
    this.#remember();
    if (this.stuck) this.list.scrollTop = this.list.scrollHeight;
  }

  #remember() {
    this.height = this.list.clientHeight;
    this.length = this.list.scrollHeight;
  }

  #atEnd() {
    return this.list.scrollHeight - this.list.clientHeight - this.list.scrollTop <= NEAR;
  }

  #scrolled() {
    this.#remember();
    this.stuck = this.#atEnd();
    if (this.unread > 0 && this.stuck) {
      if (this.watched()) this.#read();
      else this.#glance();
    }
    this.#badges();
  }

  #read() {
    this.unread = 0;
    this.#badges();
    this.onRead();
  }

  /** Nobody points at this phone, but it is on the screen: read a little later. */
  #glance() {
    clearTimeout(this.glanceTimer);
    this.glanceTimer = window.setTimeout(() => {
      if (this.#atEnd() && !document.hidden && this.list.offsetParent !== null) this.#read();
    }, GLANCE);
  }

  #badges() {
    this.toEnd.hidden = this.#atEnd();
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = String(this.unread);
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const inItem = target.closest("li.message");
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown" && event.key !== "Home" && event.key !== "End") return;
    const items = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("li.message")]);
    if (items.length === 0) return;
    event.preventDefault();
    const now = inItem instanceof HTMLElement ? items.indexOf(inItem) : items.length;
    const next = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: items.length - 1 }[event.key];
    const item = items[Math.max(0, Math.min(items.length - 1, next))];
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
}
