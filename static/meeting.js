// A meeting's page: a row at a time by key or tap, and objections that wait here until there is a network. Only the number of the row, the
// choice, the words and a token are kept on the device, and no name; without this script the page is one long list whose buttons send at once.
(() => {
  "use strict";
  const queue = document.getElementById("queue");
  const form = document.getElementById("object");
  if (!queue || !form) return;

  const NEXT = [" ", "ArrowRight", "ArrowDown", "PageDown", "Enter"]; // a presenter's remote control sends PageDown
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
  const CONTROLS = "a, button, summary, input, textarea, select, dialog";
  const key = queue.dataset.key;
  const [state, noted, upload, printing, again] = ["state", "noted", "upload", "receipts", "again"].map((id) => document.getElementById(id));
  const given = new Map(); // token -> receipt and day, on this page alone: a receipt is not kept on the device
  let memory = []; // where the browser keeps nothing for us

  const load = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) || [];
    } catch {
      return memory;
    }
  };
  const save = (items) => {
    memory = items;
    try {
      localStorage.setItem(key, JSON.stringify(items));
    } catch {
      // it waits on the page, which asks before it is left
    }
  };
  // What was sent a week ago is of no use to anybody.
  const forget = (before) => {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith("meeting:"))) {
        const items = JSON.parse(localStorage.getItem(name));
        if (items.every((one) => one.sent && one.at < before)) localStorage.removeItem(name);
      }
    } catch {
      // nothing is kept, or it is not ours
    }
  };
  const unsent = () => load().filter((one) => !one.sent);
  const put = (tag, text, parent) => {
    const made = parent.appendChild(document.createElement(tag));
    made.textContent = text;
    return made;
  };
  const labelled = (text, value) => text.replace("{n}", value);
  const token = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

  const show = (said = "") => {
    const items = load();
    const waiting = unsent().length;
    queue.hidden = !items.length;
    state.textContent = said || (waiting ? labelled(state.dataset.waits, waiting) : items.length ? state.dataset.sent : state.dataset.none);
    noted.replaceChildren();
    for (const one of items) {
      const line = put("li", `${labelled(noted.dataset.row, one.row)} · ${one.label} · ${one.sent ? noted.dataset.done : noted.dataset.waiting}`, noted);
      if (one.fault) put("p", one.fault, line).className = "wrong";
      const got = given.get(one.token);
      if (!got) continue;
      const hidden = put("details", "", line);
      put("summary", noted.dataset.receipt, hidden);
      put("b", got.receipt, hidden).className = "receipt";
      put("p", noted.dataset.due + got.due, hidden);
    }
    upload.textContent = waiting ? upload.dataset.first : upload.dataset.again;
    upload.hidden = !waiting && given.size >= items.length;
    printing.hidden = !given.size;
    printing.querySelectorAll("[name=receipt]").forEach((one) => one.remove());
    for (const got of given.values()) {
      const hidden = printing.appendChild(document.createElement("input"));
      Object.assign(hidden, { type: "hidden", name: "receipt", value: got.receipt });
    }
    const badge = document.getElementById("waiting");
    if (badge) {
      badge.hidden = !waiting;
      badge.textContent = labelled(state.dataset.waits, waiting);
    }
    mark(items);
  };

  const mark = (items) => {
    document.querySelectorAll(".screen .badge").forEach((one) => one.remove());
    for (const one of items) {
      const screen = document.getElementById(`r${one.row}`);
      if (screen) screen.querySelector(".move").before(Object.assign(document.createElement("p"), { className: "badge", textContent: one.label }));
    }
  };

  upload.dataset.first = upload.textContent;
  upload.addEventListener("click", async () => {
    const items = load();
    const body = new FormData(form);
    body.set("items", JSON.stringify(items.map(({ token, row, what, words }) => ({ token, row, what, words }))));
    upload.disabled = true;
    let said = "";
    try {
      const answer = await fetch(form.dataset.upload, { method: "POST", body });
      again.hidden = answer.status !== 401;
      if (answer.ok) {
        for (const got of await answer.json()) {
          if (got.receipt) given.set(got.token, got);
          for (const one of items) {
            if (one.token !== got.token) continue;
            one.fault = got.fault || "";
            one.sent = !got.fault;
            if (one.sent) one.words = ""; // no longer needed here
          }
        }
        const added = load().slice(items.length); // noted while this was under way
        save([...items, ...added]);
        document.getElementById("known")?.remove(); // what it listed when the page was opened is no longer all
      } else {
        said = answer.status === 401 ? state.dataset.out : state.dataset.fault;
      }
    } catch {
      said = state.dataset.off;
    }
    upload.disabled = false;
    show(said);
  });

  window.addEventListener("beforeunload", (event) => {
    if (document.getElementById("meeting") && (unsent().length || !navigator.onLine)) event.preventDefault();
  });
  forget(Date.now() - 7 * 86_400_000);
  show();

  const screens = [...document.querySelectorAll(".screen")];
  if (!screens.length) return;

  // A screen at a time. Each has its address, so that the browser's own "back" goes to the row before and not away from the list.
  const now = () => screens.find((one) => `#${one.id}` === location.hash) || screens[0];
  const turn = () => {
    const chosen = now();
    screens.forEach((one) => one.classList.toggle("now", one === chosen));
    window.scrollTo(0, 0);
  };
  const go = (step) => {
    const link = now().querySelector(step > 0 ? ".next" : ".back");
    if (!link) return;
    location.hash = link.hash;
    turn(); // at once, and not when the browser gets to say so: the next key is for the screen that is seen
  };
  document.documentElement.classList.add("stepping");
  window.addEventListener("hashchange", turn);
  turn();

  const dialog = document.getElementById("say");
  document.addEventListener("keydown", (event) => {
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, input, select")) return;
    const pressing = [" ", "Enter"].includes(event.key) && event.target.closest("a, button, summary");
    const step = NEXT.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
    if (!step || pressing) return;
    event.preventDefault();
    go(step);
  });
  document.addEventListener("click", (event) => {
    const next = event.target.closest(".next, .back");
    if (next) setTimeout(() => document.activeElement?.blur()); // or the space bar would press the button of a hidden screen
    if (event.target.closest(".told, .spoken, .progress") && !event.target.closest(CONTROLS) && !getSelection().toString()) go(1);
  });

  let objection = null;
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[name=objection]");
    if (!pressed) return;
    event.preventDefault();
    const [row, what] = pressed.value.split(".");
    objection = { row, what, label: pressed.textContent, screen: pressed.closest("details") };
    document.getElementById("say-heading").textContent = `${labelled(noted.dataset.row, row)} · ${objection.label}`;
    document.getElementById("words").value = "";
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (!objection) return;
    const { row, what, label, screen } = objection;
    if (dialog.returnValue === "keep") {
      const words = document.getElementById("words").value.trim();
      save([...load(), { token: token(), row: Number(row), what, label, words, at: Date.now(), sent: false }]);
      screen.open = false;
      show();
    }
    objection = null;
    document.activeElement?.blur();
  });
})();
