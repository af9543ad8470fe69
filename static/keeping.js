// Keeps a half-written answer while it is typed, and opens the facts beside it on a wide screen whose browser does not. Without script a
// button keeps it.
const form = document.querySelector("form[data-keeps]")
const box = form?.querySelector("#text")
const said = document.getElementById("kept")
if (form && box && said) {
  let waits = 0
  let sent = box.value
  const typed = () => {
    const data = new FormData(form)
    data.set("quiet", "1")
    return data
  }
  const keep = async () => {
    waits = 0
    const text = box.value
    if (text === sent) return
    try {
      const answer = await fetch(form.dataset.keeps, { method: "POST", body: typed(), redirect: "manual" })
      said.textContent = answer.status === 204 ? said.dataset.good : said.dataset.bad
      if (answer.status === 204) sent = text
    } catch {
      said.textContent = said.dataset.bad
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waits)
    waits = setTimeout(keep, 3000)
  })
  let leaves = false
  form.addEventListener("submit", () => {
    clearTimeout(waits)
    leaves = true
  })
  addEventListener("pagehide", () => {
    if (!leaves && box.value !== sent) navigator.sendBeacon(form.dataset.keeps, typed())
  })
}
if (matchMedia("(min-width: 48rem)").matches) {
  for (const facts of document.querySelectorAll("details.facts")) facts.open = true
}
