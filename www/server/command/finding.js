/**
 * What a check finds. An error keeps the feed from being shown; a warning, something in it, or readers from getting it
 * well; a hint is what could be better.
 *
 * @typedef {{ level: "error" | "warning" | "hint", code: string, message: string, remedy: string }} Finding
 */

/** @param {string} code @param {string} message @param {string} remedy @returns {Finding} */
export const error = (code, message, remedy) => ({ level: "error", code, message, remedy });

/** @param {string} code @param {string} message @param {string} remedy @returns {Finding} */
export const warning = (code, message, remedy) => ({ level: "warning", code, message, remedy });

/** @param {string} code @param {string} message @param {string} remedy @returns {Finding} */
export const hint = (code, message, remedy) => ({ level: "hint", code, message, remedy });
