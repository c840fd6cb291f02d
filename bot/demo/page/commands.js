// @ts-check
/** The command menu: opened by „/“ or its button. */

import { PickList } from "./picklist.js";

/** @typedef {import("./types.js").Command} Command */

/** @extends {PickList<Command>} */
export class CommandMenu extends PickList {
  /** @type {Command[]} */
  commands = [];

  /** @param {(command: string) => void} choose */
  constructor(choose) {
    super(
      { label: "Befehle", css: "commands", id: "commands", row: ({ command, description }) => ({ title: `/${command}`, text: description }) },
      ({ command }) => choose(`/${command}`),
    );
  }

  /**
   * Show the commands that begin with what was typed.
   *
   * @param {string} typed „/“ and perhaps some letters; anything else closes the menu
   */
  filter(typed) {
    const found = /^\/([a-z0-9_]*)$/i.exec(typed);
    this.show(found ? this.commands.filter(({ command }) => command.startsWith(found[1].toLowerCase())) : []);
  }
}
