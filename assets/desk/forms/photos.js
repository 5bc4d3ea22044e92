/**
 * A photo on its way to the server: made smaller where it is larger than anybody will see, and base64.
 */

export const LARGEST = 2 * 1024 * 1024; // bytes, as the server takes it
const LARGE = 400 * 1024; // bytes: what is below goes as it is
const LONGEST_SIDE = 1600; // pixels, as the server keeps it
const QUALITY = 0.82;

/** @param {Blob} file @returns {Promise<string | null>} null: it is too large, and no picture that could be made smaller */
export async function photoOf(file) {
  const sent = file.size > LARGE ? ((await smaller(file)) ?? file) : file;
  return sent.size > LARGEST ? null : encoded(sent);
}

/** @param {number} width @param {number} height @returns {[number, number]} within LONGEST_SIDE, in the same proportion */
export function fitting(width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return [Math.round(width * scale), Math.round(height * scale)];
}

/** @param {Blob} file @returns {Promise<Blob | null>} null: the browser knows no such picture */
async function smaller(file) {
  const found = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!found) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitting(found.width, found.height);
  canvas.getContext("2d")?.drawImage(found, 0, 0, canvas.width, canvas.height);
  found.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

/** @param {Blob} file @returns {Promise<string>} base64 */
export async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
