"""The controls of the bench through the real app: what is chosen stays, what is typed fits."""

import json

from streamlit.testing.v1 import AppTest

from analytics.desks.house import House
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_bench import hand, news, tab, typed


def test_a_band_stays_in_the_hand_while_its_edge_is_moved(bank: House, visit: OPEN) -> None:
    chosen, place = "bench.band.dimension.assets.person", "dimension.assets.person.bands[3].from"
    app = tab(visit("bench"), "Bands")
    app = app.radio(key=chosen).set_value(3).run()
    for edge in (900_000, 800_000, 323_456.78):
        app = typed(app, place, edge)
        assert app.radio(key=chosen).value == 3
        assert next(each.value for each in app.number_input if str(each.key).endswith(place)) == edge
    assert not app.exception
    app = app.radio(key=chosen).set_value(1).run()
    assert app.radio(key=chosen).value == 1


def test_a_draft_with_faults_says_so_on_the_bench(bank: House, visit: OPEN) -> None:
    def told(app: AppTest) -> int:
        said = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]
        return next(int(each["n"]) for each in said if each.get("bench") == "bench.live.faults")

    app = visit("bench")
    assert told(app) == 0
    app = hand(app, assets=55)
    assert told(app) == 1
    assert "Faults to mend before it can be proposed: 1" in words_of(app)


def test_beside_the_live_bench_bands_have_edges_only(bank: House, visit: OPEN) -> None:
    app = tab(visit("bench"), "Bands")
    assert next(iter(app.radio(key="bench.band.dimension.assets.person").options)) == "From 50,000 yuan → 20 points"
    assert not any(str(each.key).endswith(".points") for each in app.number_input)


def test_a_typed_band_edge_stays_between_its_neighbours(bank: House, visit: OPEN) -> None:
    """Bands of a person's assets begin at 50,000, 200,000, 500,000 and 1,000,000: money has two decimals."""
    app = tab(visit("bench"), "Bands")
    app = app.radio(key="bench.band.dimension.assets.person").set_value(3).run()
    field = next(each for each in app.number_input if str(each.key).endswith("assets.person.bands[3].from"))
    assert (field.min, field.max, field.step) == (200_000.01, 999_999.99, 1)
    app = typed(app, "assets.person.bands[3].from", 1_500_000)
    edges = [int(edge) for edge in news(app)["now"][0]["edges"][0]]
    assert edges == sorted(set(edges))
