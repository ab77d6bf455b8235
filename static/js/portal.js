/* Makes a page that already works a little quicker to use. Nothing here is needed to read or search. */
(() => {
  "use strict";
  const root = document.documentElement;

  // Menus close on Escape, on a click elsewhere and when focus leaves them.
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
  document.addEventListener("focusin", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // Reading comfort takes effect at once; the cookie is the one the server writes when the form is sent.
  const names = ["scheme", "text", "contrast"];
  const darkMedia = { light: "not all", dark: "screen", auto: "screen and (prefers-color-scheme: dark)" };
  document.querySelectorAll("form[data-comfort]").forEach((form) => {
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name]");
      if (!button) return;
      event.preventDefault();
      root.dataset[button.name] = button.value;
      form.querySelectorAll(`button[name="${button.name}"]`).forEach((other) => {
        other.setAttribute("aria-pressed", String(other === button));
      });
      document.querySelector("link[data-dark]").media = darkMedia[root.dataset.scheme];
      const value = names.map((name) => root.dataset[name]).join(".");
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `comfort=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    });
  });
})();
