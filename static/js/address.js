// Suggestions below the address field: a combobox after the ARIA pattern. Without this file the form works as it is.
const form = document.querySelector("[data-suggestions]");
if (form) start(form.querySelector("input[name=adresse]"), form.dataset.suggestions);

function start(input, url) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let options = [];
  let active = -1;
  let asked = 0;
  let timer;

  Object.assign(list, { id: `${input.id}_liste`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Vorschläge");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.after(list, said);
  input.parentElement.classList.add("has-suggestions");
  input.autocomplete = "off"; // two lists would cover one another
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  close();

  function close() {
    clearTimeout(timer);
    asked++; // an answer that is still on its way must not open the list again
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    list.replaceChildren(
      ...found.map((text, i) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${list.id}_${i}`, textContent: text, className: "suggestions__option" });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        // Before the field loses the focus, which would close the list.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(i));
        return option;
      }),
    );
    options = [...list.children];
    active = -1;
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = options.length === 1 ? "1 Vorschlag" : `${options.length} Vorschläge`;
  }

  function mark(i) {
    options[active]?.setAttribute("aria-selected", "false");
    active = (i + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  // A street wants its number; an address is asked for at once.
  function take(i) {
    const text = options[i].textContent;
    input.value = /\d+\s?[a-z]?$/.test(text) ? text : `${text} `;
    close();
    input.focus();
    if (input.value === text) form.requestSubmit();
    else ask();
  }

  async function ask() {
    const typed = input.value;
    const mine = ++asked;
    if (typed.trim().length < 2) return close();
    try {
      const response = await fetch(url, { method: "POST", body: new URLSearchParams({ adresse: typed }) });
      const { vorschlaege } = await response.json();
      if (mine !== asked || document.activeElement !== input) return;
      show(vorschlaege.filter((text) => text !== typed));
    } catch {
      close(); // the button works without suggestions
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) ask();
      else mark(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      take(active);
    } else {
      return;
    }
    event.preventDefault();
  });
}
