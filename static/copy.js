// Copies a text of the page. The button is hidden where there is no script; then the text is marked and copied by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const text = document.getElementById(button.dataset.copy)
  button.hidden = false
  button.addEventListener("click", async () => {
    text.select()
    try {
      await navigator.clipboard.writeText(text.value)
    } catch {
      document.execCommand("copy") // WeChat's browser and plain http have no clipboard
    }
    button.textContent = button.dataset.done
  })
}
