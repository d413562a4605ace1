// The cards and the chips are HTML: this hears their buttons, and tells Python which was pressed.
let waiting

export default ({ setTriggerValue }) => {
  // Assigned, not added: Streamlit calls this again whenever it likes, without a farewell.
  document.onclick = ({ target, detail }) => {
    const button = target.closest('button[data-say]')
    if (!button) return
    const { say, of } = button.dataset // of "restore", a facet's name, or none for all
    setTriggerValue('said', { say, of })
    keepFocus(button, detail === 0)
  }
}

// Facts come apart from the list, which changes with every answer while they don't.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.open) target.querySelectorAll('[data-facts]:empty').forEach(fill)
  },
  true, // since it doesn't bubble
)

function fill(place) {
  const facts = document.getElementById(`facts-${place.dataset.facts}`)
  place.append(...(facts?.cloneNode(true).childNodes ?? []))
}

// The new list takes the place of the old with all its buttons: the focus goes to the same button
// of the same charity, or to the results' heading. Only who works by keyboard is scrolled along.
function keepFocus(button, byKeyboard) {
  waiting?.disconnect()
  waiting = new MutationObserver((_, observer) => {
    if (button.isConnected) return
    observer.disconnect()
    if (document.activeElement !== document.body) return
    const { say, of } = button.dataset
    const same = [...document.getElementsByClassName(button.className)].find(
      ({ dataset }) => dataset.say === say && dataset.of === of,
    )
    const folded = same?.closest('.wg-folded')
    if (folded) folded.open = true
    const next = same ?? document.querySelector('#results')
    next?.focus({ preventScroll: !byKeyboard })
  })
  waiting.observe(document.body, { childList: true, subtree: true })
}
