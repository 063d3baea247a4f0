// Copying a text: as browsers do it today, or as they always have where that is missing (plain http) or refused.
// @ts-check

/**
 * Copy a text and return whether that was done. Call it while a press of a key or a button is being handled.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused; the other way may be open.
    }
  }
  return copyByCommand(text);
}

/**
 * Copy a text that is selected in a field for a moment, and give the reader's own selection and focus back.
 * @param {string} text
 * @returns {boolean}
 */
function copyByCommand(text) {
  const selection = getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null;
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "offscreen";
  field.readOnly = true;
  field.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Forbidden, too.
  }
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  selection?.removeAllRanges();
  if (range) selection?.addRange(range);
  return done;
}
