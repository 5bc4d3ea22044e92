/** @param {string} name @returns {string} Léa → LÉ, Léa Martin → LM */
export function initials(name) {
  const parts = name.trim().split(/\s+/);
  const letters =
    parts.length > 1 ? [...parts[0]][0] + [...parts[parts.length - 1]][0] : [...name.trim()].slice(0, 2).join("");
  return letters.toLocaleUpperCase();
}
