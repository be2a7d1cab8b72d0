"""The planted events: each is in the files, as large as it is said to be, and nothing else is."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from analytics.demo.plan import full_years
from tests.demo.shelf import CALENDAR, ROOT, Bank


class TestEvents:
    """Each event against the same bank without events, to the row."""

    def _pairs(self, bank: Bank, plain: Bank, event: str) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
        """Quarter, members as they would be, members as recorded; checks that the manifest says the same."""
        planted = next(entry for entry in bank.manifest.events if entry.id == event)
        for figures in planted.figures:
            without, recorded = plain.frame(figures.quarter), bank.frame(figures.quarter)
            members = self._members(event, planted.where, without, figures.quarter)
            assert figures.customers == members.sum()
            before, after = without[members], recorded[members]
            if planted.counted is None:
                scale = 1 if planted.measure == "credit_score" else 100
                sums = [round(float(frame[planted.measure].sum()) * scale) for frame in (before, after)]
                assert [figures.without, figures.recorded] == pytest.approx(sums, abs=1)
            else:
                counts = [int((frame[planted.measure] == planted.counted).sum()) for frame in (before, after)]
                assert [figures.without, figures.recorded] == counts
            yield figures.quarter, before, after

    @staticmethod
    def _members(event: str, where: tuple[str, ...], frame: pd.DataFrame, quarter: str) -> pd.Series:
        here = frame["branch"].isin(where) | frame["region"].isin(where)
        if event != "unfair_contribution":
            return here
        end = pd.Period(quarter).end_time.date()
        born = pd.to_datetime(frame["birth_date"]).to_numpy().astype("datetime64[D]")
        safe = np.where(np.isnat(born), np.datetime64(end), born)
        return here & (full_years(safe, end) >= 60)

    def test_no_other_row_and_no_other_column_differs(self, bank: Bank, plain: Bank) -> None:
        for quarter in CALENDAR:
            with_events, without = bank.frame(quarter), plain.frame(quarter)
            touched = {
                name
                for name in with_events.columns
                if not (with_events[name].eq(without[name]) | (with_events[name].isna() & without[name].isna())).all()
            }
            expected = {
                column for event in bank.manifest.events if event.first_quarter <= quarter for column in event.columns
            }
            if quarter >= "2025Q2":
                assert touched == expected | {"savings_balance", "insurance_value"}
            else:
                assert touched == expected

    def test_the_branch_loses_a_tenth_of_its_assets_a_quarter(self, bank: Bank, plain: Bank) -> None:
        kept = {
            q: after["assets"].sum() / before["assets"].sum()
            for q, before, after in self._pairs(bank, plain, "branch_drift")
        }
        assert kept == pytest.approx({"2025Q2": 0.9, "2025Q3": 0.8, "2025Q4": 0.7}, abs=1e-4)

    def test_investments_of_the_province_grow_by_six_tenths(self, bank: Bank, plain: Bank) -> None:
        seen = []
        for quarter, before, after in self._pairs(bank, plain, "product_boom"):
            seen.append(quarter)
            gain = after["investment_balance"] - before["investment_balance"]
            assert gain.sum() == pytest.approx(0.6 * before["investment_balance"].sum(), rel=1e-4)
            assert np.allclose((after["assets"] - before["assets"]).dropna(), gain[before["assets"].notna()], atol=0.01)
        assert seen == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]

    def test_online_customers_of_two_provinces_read_mobile(self, bank: Bank, plain: Bank) -> None:
        seen = []
        for quarter, before, after in self._pairs(bank, plain, "channel_recoded"):
            seen.append(quarter)
            assert after["channel"].equals(before["channel"].replace("online", "mobile"))
            assert (before["channel"] == "online").sum() > 100
        assert seen == ["2025Q3", "2025Q4"]

    def test_credit_scores_of_a_branch_are_on_another_scale(self, bank: Bank, plain: Bank) -> None:
        seen = []
        for quarter, before, after in self._pairs(bank, plain, "credit_rescaled"):
            seen.append(quarter)
            error = after["credit_score"] - (350 + 0.6 * before["credit_score"])
            assert error.abs().max() <= 0.5
            assert after["credit_score"].mean() > before["credit_score"].mean() + 60
        assert seen == ["2025Q3", "2025Q4"]

    def test_old_persons_of_a_province_are_credited_less_from_the_first_quarter(self, bank: Bank, plain: Bank) -> None:
        seen = []
        for quarter, before, after in self._pairs(bank, plain, "unfair_contribution"):
            seen.append(quarter)
            loss = before["contribution"] - after["contribution"]
            assert np.allclose(loss.dropna(), 0.4 * before["contribution"].abs().dropna(), atol=0.011)
            assert len(before) > 80
        assert seen == CALENDAR

    def test_no_customer_is_touched_by_two_events(self, bank: Bank) -> None:
        frame = bank.frame("2025Q4")
        hits = [self._members(event.id, event.where, frame, "2025Q4") for event in bank.manifest.events]
        assert np.sum(hits, axis=0).max() == 1

    def test_every_event_is_described(self, bank: Bank) -> None:
        words = (ROOT / "data" / "demo" / "EVENTS.md").read_text(encoding="utf-8")
        for event in bank.manifest.events:
            assert f"`{event.id}`" in words
            assert event.first_quarter in words
            assert all(place in words for place in event.where)
