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

// A new list takes the place of the old one, and all in it is folded: what was open opens again.
const opened = new Set()
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const added of addedNodes)
      for (const fold of added.parentElement?.querySelectorAll('details[data-fold]') ?? [])
        if (added.contains(fold) && opened.has(fold.dataset.fold)) {
          fold.open = true
          fillAll(fold) // at once: what grows later would move the page under the reader's eyes
        }
}).observe(document, { childList: true, subtree: true })

document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!target.isConnected) return
    if (target.open) fillAll(target)
    if (target.dataset.fold) opened[target.open ? 'add' : 'delete'](target.dataset.fold)
  },
  true, // since it doesn't bubble
)

// Facts come apart from the list, which changes with every answer while they don't.
function fillAll(fold) {
  for (const place of fold.querySelectorAll('[data-facts]:empty')) {
    const facts = document.getElementById(`facts-${place.dataset.facts}`)
    place.append(...(facts?.cloneNode(true).childNodes ?? []))
  }
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
