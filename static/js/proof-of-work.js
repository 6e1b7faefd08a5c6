// Solves the task of a form while somebody fills it in (contacts/proof_of_work.py). Without this file, or without a
// solution, the form is sent all the same and comes back once with the request to wait.
const LANES = 4; // numbers tried at once; the browser spreads them over its threads
const LONGEST = 5; // times the patience; who left the form open does not pay for it with the battery

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
  const begin = () => (begun ??= solve(field.dataset).then((number) => (field.value = number ?? ""), console.warn));
  form.addEventListener("input", begin, { once: true });

  let waiting; // for the click that this object stands for
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    if (waiting) return;
    const click = (waiting = {});
    label.textContent = said.textContent = field.dataset.words;
    await Promise.race([begin(), pause(field.dataset.patience)]);
    if (waiting !== click) return;
    waiting = undefined;
    form.submit(); // without another event; Safari before 16 has no requestSubmit
  });

  // Whoever comes back by the browser's button finds the page as it was left, and nothing is sent without a new click.
  window.addEventListener("pagehide", () => {
    waiting = undefined;
    label.textContent = words;
    said.textContent = "";
  });
}

// Return the number, as text, that makes PBKDF2 of the nonce begin with enough zero bits; undefined if none is found in
// several times the seconds that anybody would wait for it.
async function solve({ nonce, rounds, bits, patience }) {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode(nonce), "PBKDF2", false, ["deriveBits"]);
  const fits = async (number) => {
    const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(number), iterations: Number(rounds) };
    const found = await crypto.subtle.deriveBits(how, key, 256);
    return Math.clz32(new DataView(found).getUint32(0)) >= Number(bits);
  };
  const end = performance.now() + LONGEST * patience * 1000;
  for (let first = 0; performance.now() < end; first += LANES) {
    const numbers = Array.from({ length: LANES }, (_, i) => String(first + i));
    const found = (await Promise.all(numbers.map(fits))).indexOf(true);
    if (found >= 0) return numbers[found];
  }
}

function pause(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
