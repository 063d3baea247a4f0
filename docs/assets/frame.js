// Pages that belong to no edition stand in a frame of the first one: header, search and footer. Readers of another
// edition get that one's frame, which such a page carries, too.
// @ts-check

import { recall } from "./storage.js";

/**
 * Put the frame of the reader's edition in place of the first one's: the edition chosen last, else the first that is
 * in a script and language that the browser asks for.
 * @param {Document} page
 */
export function takeFrame(page) {
  const frames = [...page.querySelectorAll("template")];
  const frame = chosenOf(frames, page.documentElement.lang);
  for (const each of frames) each.remove();
  if (!frame) return;
  page.documentElement.lang = frame.lang;
  for (const part of [...frame.content.children]) page.querySelector(`body > .${part.className}`)?.replaceWith(part);
}

/**
 * Return the frame that a reader is to get, or nothing for the one that is there.
 * @param {HTMLTemplateElement[]} frames
 * @param {string} own the language of the frame that is there
 * @returns {HTMLTemplateElement | undefined}
 */
function chosenOf(frames, own) {
  const chosen = recall("edition");
  if (chosen) return frames.find((each) => each.dataset.frame === chosen);
  for (const language of navigator.languages) {
    const asked = written(language);
    if (asked === written(own)) return undefined;
    const frame = frames.find((each) => written(each.lang) === asked);
    if (frame) return frame;
  }
  return undefined;
}

/**
 * Return a language with the script in which it is written: zh-TW and zh-HK are zh-Hant (CLDR's likely subtags). Some
 * systems name none, as with C or POSIX.
 * @param {string} tag
 * @returns {string}
 */
function written(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return "";
  }
}
