"""Where to give: the questionnaire. Start it with `python3 run.py`."""

from recommender.ui import shell

shell.run()
