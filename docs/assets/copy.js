// Copying text with the Clipboard API, or with execCommand where that is unavailable (plain http) or refused.
// @ts-check

/**
 * Copy a text and return whether that worked. Must be called while handling a key press or a click.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused; execCommand may still work.
    }
  }
  return copyByCommand(text);
}

/**
 * Copy a text by selecting it in a temporary field, then restore the reader's selection and focus.
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
    // Refused as well.
  }
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  selection?.removeAllRanges();
  if (range) selection?.addRange(range);
  return done;
}
