from pages.ui.frame import page

with page("intake") as here:
    pass
