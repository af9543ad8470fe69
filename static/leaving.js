// Asks before a page with something typed is left other than by sending its form. Without script the tabs save, and nothing asks.
const form = document.querySelector("form[data-asks]")
if (form) {
  let typed = false
  form.addEventListener("input", () => (typed = true))
  document.addEventListener("submit", (event) => {
    if (event.target === form) typed = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault()
  })
}
