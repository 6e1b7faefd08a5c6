// The menu is a disclosure that works without this file. Here it learns to close by Escape and when focus moves on.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  const toggle = menu.querySelector("summary");

  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      toggle.focus();
    }
  });

  menu.addEventListener("focusout", (event) => {
    // relatedTarget is empty while the window loses focus: then the menu stays.
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}
