"""Where to give: the questionnaire. Start it with `python3 run.py`.

Streamlit reads this file twice: as a module, for the server, and as the script of each visit.
"""

import streamlit as st

from recommender.ui import headers, server, shell

if __name__ == "__main__":
    shell.run()
else:
    app = st.App(
        __file__,
        lifespan=server.ready,
        middleware=headers.middleware(),
        exception_handlers={500: headers.failed},
    )
