"""How often the script behind a page has ended, told by the page itself."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_FINISHED = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number

# Counts in the page how often the script has ended. An answer may come so soon that the page never
# shows that it was waited for, so the messages are looked into: for the field that says so, and
# that it holds "successfully". Then the page is given two frames to draw.
COUNT_RUNS = """
  window.runs = 0
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      this.addEventListener('message', ({ data }) => {
        if (ended(new Uint8Array(data)))
          requestAnimationFrame(() => requestAnimationFrame(() => { window.runs += 1 }))
      })
    }
  }
  function ended(message) {
    let at = 0
    const number = () => {
      let found = 0
      for (let shift = 0; ; shift += 7) {
        const byte = message[at++]
        found += (byte & 127) * 2 ** shift
        if (byte < 128) return found
      }
    }
    while (at < message.length) {
      const tag = number(), value = number()
      if (tag >> 3 === FINISHED) return value === 0
      if ((tag & 7) === 2) at += value
    }
    return false
  }
""".replace("FINISHED", str(_FINISHED))
