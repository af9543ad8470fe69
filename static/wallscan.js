// Reads the code before the tablet's camera where the browser can; the form below works without. Nothing that is read is opened:
// it is sent to our server as text, and told from ours there.
"use strict";
(function () {
  const box = document.getElementById("camera");
  if (!box || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const form = document.getElementById("scanned");
  const video = box.querySelector("video");
  const button = box.querySelector("button");
  const detector = new BarcodeDetector({formats: ["qr_code"]});
  let stream = null;

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
  }

  async function look() {
    if (!stream) return;
    const codes = await detector.detect(video).catch(() => []);
    if (!codes.length) return setTimeout(look, 200);
    form.elements.said.value = codes[0].rawValue;
    stop();
    form.submit();
  }

  button.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}, audio: false});
    } catch (error) {
      box.hidden = true;
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    look();
  });
  window.addEventListener("pagehide", stop);
  box.hidden = false;
})();
