// Keeps what is being written as a draft on the server: within four seconds of the first change, and
// when the page is left. Without this script forms work as they do; the server then keeps what a
// refused form said and no more.
const WAIT = 4000;
const MOST_ON_LEAVING = 60000; // bytes that a browser sends after its page has gone
const WORDS = {
  saved: "This form has been saved. Open it again to write something new: what is written here now is not kept.",
  tooLong: "This is too long to be kept for you. Save it before you leave the page.",
  signedOut: "You are signed out. Press the button to sign in again: what you wrote will come back.",
  notKept: "What you write on this page cannot be kept for you. Save it before you leave.",
  failed: "What you wrote could not be kept just now. Trying again.",
};

function watch(form) {
  let changed = false;
  let sending = false;
  let stopped = false;
  let timer = 0;
  const note = document.createElement("p");
  note.className = "nl-draft-kept";
  note.hidden = true;
  form.append(note);

  function say(words, isFault) {
    note.hidden = false;
    if (isFault) note.setAttribute("role", "alert");
    else note.removeAttribute("role");
    if (note.textContent !== words) note.textContent = words;
  }

  function written() {
    const said = new FormData(form);
    for (const input of form.elements) {
      if (input.type === "password" || input.type === "file") said.delete(input.name);
    }
    said.set("draft_step", "keep");
    return new URLSearchParams(said).toString();
  }

  function answered(answer) {
    if (answer.type === "opaqueredirect") return stop(WORDS.signedOut);
    if (answer.status === 205) return stop(WORDS.saved);
    if (answer.status === 403) return stop(WORDS.notKept);
    if (answer.status === 413) return say(WORDS.tooLong, true);
    if (!answer.ok) return later();
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return say(`Kept for you at ${time}. It is not saved yet.`, false);
  }

  function stop(words) {
    stopped = true;
    say(words, true);
  }

  function later() {
    changed = true;
    say(WORDS.failed, true);
    schedule();
  }

  function schedule() {
    if (!timer) timer = window.setTimeout(keep, WAIT);
  }

  async function keep(leaving = false) {
    window.clearTimeout(timer);
    timer = 0;
    if (!changed || stopped) return;
    if (sending && !leaving) {
      schedule();
      return;
    }
    changed = false;
    sending = true;
    const body = written();
    try {
      const answer = await fetch(window.location.pathname + window.location.search, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        redirect: "manual",
        keepalive: leaving && body.length < MOST_ON_LEAVING,
      });
      answered(answer);
    } catch {
      later();
    } finally {
      sending = false;
    }
  }

  function typed() {
    changed = true;
    schedule();
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  // A draft that arrives after the form itself is refused: the form's key tells.
  form.addEventListener("submit", () => keep(true));
  window.addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
}

for (const form of document.querySelectorAll("form")) {
  if (form.elements.namedItem("form_key")) watch(form);
}
