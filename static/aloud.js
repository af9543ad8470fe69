// Reads a page in large type aloud, sentence by sentence, and shows where it is. Runs in that view only, and only where the browser can speak.
(() => {
  "use strict";
  const box = document.getElementById("aloud");
  if (!box || !("speechSynthesis" in window)) return;

  const speech = window.speechSynthesis;
  const tongue = document.documentElement.lang.slice(0, 2);
  const button = box.querySelector("button");
  const words = { off: button.textContent, pause: box.dataset.pause, on: box.dataset.on };
  const MAIN = "h1, h2, .state, .say, .good, .wrong, .big li, [data-aloud]";
  let sentences = [];
  let next = 0;
  let running = 0; // counts the readings begun, so that the end of one that was stopped moves nothing

  // A page says in data-aloud how it is spoken, where that is not how it is written: 四万八千二百一十元五角.
  const spoken = (part) => (part.dataset.aloud || part.textContent).replace(/\s+/g, " ").trim();

  const gather = () =>
    [...document.querySelector("main").querySelectorAll(MAIN)]
      .filter((part) => part.offsetParent && !part.parentElement.closest(MAIN))
      // Some browsers stop in the middle of a text that takes them over 15 seconds.
      .flatMap((part) => (spoken(part).match(/[^。！？；]+[。！？；]?/g) || []).map((text) => ({ part, text })));

  const voice = () => {
    const ours = speech.getVoices().filter((one) => one.lang.slice(0, 2) === tongue);
    return ours.find((one) => /^zh[-_]CN/.test(one.lang)) || ours[0];
  };

  const mark = (part) => {
    document.querySelectorAll(".reading").forEach((one) => one.classList.remove("reading"));
    if (!part) return;
    part.classList.add("reading");
    part.scrollIntoView({ block: "center" });
  };

  const read = (reading) => {
    if (reading !== running) return;
    const { part, text } = sentences[next] || {};
    mark(part);
    if (!part) return stop(words.off, 0);
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice();
    said.lang = said.voice.lang;
    said.rate = 0.9;
    said.onend = () => {
      if (reading !== running) return;
      next += 1;
      read(reading);
    };
    said.onerror = () => reading === running && stop(words.on, next);
    speech.speak(said);
  };

  // Not speech.pause(): Android's browsers end there and never resume. The sentence is begun again instead.
  const stop = (label, from) => {
    running += 1;
    next = from;
    speech.cancel();
    button.textContent = label;
  };

  button.addEventListener("click", () => {
    if (button.textContent === words.pause) return stop(words.on, next);
    speech.cancel();
    if (!next) sentences = gather();
    button.textContent = words.pause;
    running += 1;
    read(running);
  });

  const offer = () => { box.hidden = !voice(); };
  speech.addEventListener?.("voiceschanged", offer); // most browsers learn of their voices only after a while
  window.addEventListener("pagehide", () => speech.cancel());
  offer();
})();
