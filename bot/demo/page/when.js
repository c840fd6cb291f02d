// @ts-check
/** Times and sizes in words. */

const TIME = new Intl.DateTimeFormat("de-DE", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("de-DE", { day: "numeric", month: "long" });
const DAY_OF_YEAR = new Intl.DateTimeFormat("de-DE", { day: "numeric", month: "long", year: "numeric" });
const NUMBER = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 1 });
const KIB = 1024;

/**
 * @param {number} seconds since 1970
 * @returns {string} „14:05“
 */
export function time(seconds) {
  return TIME.format(seconds * 1000);
}

/**
 * @param {number} seconds since 1970
 * @param {Date} [today]
 * @returns {string} „Heute“, „Gestern“, „3. Mai“ or „3. Mai 2024“
 */
export function day(seconds, today = new Date()) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === today.toDateString()) return "Heute";
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return "Gestern";
  return (date.getFullYear() === today.getFullYear() ? DAY : DAY_OF_YEAR).format(date);
}

/**
 * @param {number} bytes
 * @returns {string} „12,5 KB“
 */
export function size(bytes) {
  if (bytes < KIB) return `${bytes} Byte`;
  if (bytes < KIB * KIB) return `${NUMBER.format(bytes / KIB)} KB`;
  return `${NUMBER.format(bytes / KIB / KIB)} MB`;
}

/**
 * @param {number} seconds
 * @returns {string} „0:07“
 */
export function length(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
