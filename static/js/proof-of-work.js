// Solves the task of a form while somebody fills it in (contacts/proof_of_work.py). Without this file, or without a
// solution, the form is sent all the same and comes back once with the request to wait.
const LANES = 4; // numbers tried at once; the browser spreads them over its threads

const field = document.querySelector("input[data-nonce]");
if (field && window.crypto?.subtle) start(field, field.form);

function start(field, form) {
  const label = form.querySelector("[type=submit] .kern-label");
  const words = label.textContent;
  const said = document.createElement("p");

  field.value = ""; // some browsers restore what an earlier form had
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  form.append(said);

  let begun;
  const begin = () => (begun ??= solve(field.dataset).then((number) => (field.value = number), console.warn));
  form.addEventListener("input", begin, { once: true });

  let state = "open";
  form.addEventListener("submit", async (event) => {
    if (field.value || state === "done") return;
    event.preventDefault();
    if (state === "waiting") return;
    state = "waiting";
    label.textContent = said.textContent = field.dataset.words;
    await Promise.race([begin(), pause(field.dataset.patience)]);
    await pause(0); // a form takes no new submission before the event of the last one is over
    state = "done";
    form.requestSubmit();
  });

  // Whoever comes back by the browser's button finds the page as it was left.
  window.addEventListener("pagehide", () => {
    label.textContent = words;
    said.textContent = "";
  });
}

// Return the number, as text, that makes PBKDF2 of the nonce begin with enough zero bits.
async function solve({ nonce, rounds, bits }) {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode(nonce), "PBKDF2", false, ["deriveBits"]);
  const fits = async (number) => {
    const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(number), iterations: Number(rounds) };
    const found = await crypto.subtle.deriveBits(how, key, 256);
    return Math.clz32(new DataView(found).getUint32(0)) >= Number(bits);
  };
  for (let first = 0; ; first += LANES) {
    const numbers = Array.from({ length: LANES }, (_, i) => String(first + i));
    const found = (await Promise.all(numbers.map(fits))).indexOf(true);
    if (found >= 0) return numbers[found];
  }
}

function pause(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
