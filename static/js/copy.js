/* Buttons that copy: the words in data-copy, or those of the field that data-copy-from names. Hidden without scripts. */
const words = (button) => button.dataset.copy ?? document.getElementById(button.dataset.copyFrom).value;

const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(field);
  field.select();
  document.execCommand("copy"); // pages without HTTPS have nothing else
  field.remove();
};

document.querySelectorAll("[data-copy], [data-copy-from]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(words(button));
    const said = button.parentElement.querySelector("[data-copied]");
    said.textContent = said.dataset.copied;
    button.focus();
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
});
