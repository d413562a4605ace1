// Streamlit's field for files speaks English alone, and gives its drop zone a role that screen
// readers take for decoration: both are mended here, whenever it draws itself anew.
const said = new Map()
let watching

export default ({ data }) => {
  said.set(data.key, data)
  watching ??= new MutationObserver(mend)
  watching.observe(document.body, { childList: true, subtree: true })
  mend()
}

function mend() {
  for (const [key, data] of said) {
    const field = document.querySelector(`.st-key-${key}`)
    const zone = field?.querySelector('[data-testid="stFileUploaderDropzone"]')
    if (!zone) continue
    zone.setAttribute('role', 'group')
    zone.querySelector('input')?.setAttribute('aria-label', data.label)
    say(zone.querySelector('[data-testid="stBaseButton-secondary"] p'), data.choose)
    say(zone.querySelector('[data-testid="stFileUploaderDropzoneInstructions"] span'), data.limit)
    const second = zone.querySelector('[aria-label="Add files"]') // it would do the same
    if (second) second.hidden = true
    for (const chip of zone.querySelectorAll('[data-testid="stFileChip"]'))
      chip.querySelector('button')?.setAttribute('aria-label', data.remove)
  }
}

// Only what differs is written: a change is what wakes the observer.
function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}
