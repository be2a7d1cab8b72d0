from pages.ui.frame import page

with page("runs") as here:
    pass
