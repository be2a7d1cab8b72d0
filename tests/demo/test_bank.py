"""The demo bank: what it promises, checked on the files themselves."""

import hashlib
import itertools
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stdnum.cn import ric

from analytics.demo import make_bank
from analytics.demo.bank import write_bank
from analytics.demo.plan import Plan
from analytics.demo.rows import Cohort, Rows
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract, parse_contract
from tests.demo.shelf import CALENDAR, ROOT, Bank


@pytest.fixture(scope="module")
def contract() -> Contract:
    return parse_contract((ROOT / "data" / "contract.toml").read_text(encoding="utf-8"))


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


class TestFiles:
    def test_the_same_seed_gives_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            make_bank(tmp_path / name, customers=400, quarters=3, seed=7)
        assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")

    def test_another_seed_gives_another_bank(self, tmp_path: Path) -> None:
        one = make_bank(tmp_path / "one", customers=100, quarters=1, seed=7)
        two = make_bank(tmp_path / "two", customers=100, quarters=1, seed=8)
        assert one.quarters[0].sha256 != two.quarters[0].sha256

    @pytest.mark.parametrize("small", [1, 499, 500, 501, 1_300])
    def test_a_smaller_bank_is_a_part_of_a_larger_one_in_every_quarter(self, tmp_path: Path, small: int) -> None:
        for name, size in (("large", 1_700), ("small", small)):
            write_bank(tmp_path / name, Plan(size, 3, 5, chunk=500), lambda _: None)
        for quarter in ("2025Q2", "2025Q3", "2025Q4"):
            large, actual = (
                pq.read_table(tmp_path / name / f"customers_{quarter}.parquet").combine_chunks()
                for name in ("large", "small")
            )
            founder = np.array([int(number[3:]) for number in large["customer_id"].to_pylist()])
            assert large.filter(pa.array(founder < small)).combine_chunks().equals(actual)

    def test_no_chunk_holds_more_founders_than_it_may(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        sizes: list[int] = []
        begin = Cohort.__init__

        def watched(self: Cohort, streams: object, world: object, index: np.ndarray, born: object) -> None:
            sizes.append(len(index))
            begin(self, streams, world, index, born)  # type: ignore[arg-type]

        monkeypatch.setattr(Cohort, "__init__", watched)
        write_bank(tmp_path, Plan(1_050, 1, 5, chunk=250), lambda _: None)
        assert sizes == [250, 250, 250, 250, 50]

    def test_the_manifest_says_what_the_files_hold(self, bank: Bank) -> None:
        written = json.loads((bank.folder / "manifest.json").read_text(encoding="utf-8"))
        assert json.loads(bank.manifest.to_json()) == written
        assert [entry.quarter for entry in bank.manifest.quarters] == CALENDAR
        for entry in bank.manifest.quarters:
            kinds = bank.table(entry.quarter)["kind"].to_pylist()
            assert (entry.rows, entry.persons) == (len(kinds), kinds.count("person"))
            assert entry.enterprises == entry.rows - entry.persons
            assert entry.sha256 == hashlib.sha256((bank.folder / entry.file).read_bytes()).hexdigest()
        assert bank.manifest.quarters[-1].as_of == "2025-12-31"

    def test_nothing_but_the_bank_is_left_in_the_folder(self, bank: Bank) -> None:
        files = {f"customers_{quarter}.parquet" for quarter in CALENDAR}
        assert files | {"manifest.json"} == {path.name for path in bank.folder.iterdir()}

    def test_a_run_that_breaks_leaves_the_bank_before_it_untouched(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        make_bank(tmp_path, customers=50, quarters=2)
        before = _hashes(tmp_path)

        def broken(*_: object) -> Rows:
            raise OSError("no space left")

        monkeypatch.setattr(Cohort, "rows", broken)
        with pytest.raises(OSError, match="no space left"):
            make_bank(tmp_path, customers=60, quarters=2)
        assert before == _hashes(tmp_path)

    def test_a_new_bank_takes_the_place_of_the_old_and_of_nothing_else(self, tmp_path: Path) -> None:
        (tmp_path / "mapping.toml").write_text("kept", encoding="utf-8")
        make_bank(tmp_path, customers=50, quarters=3)
        make_bank(tmp_path, customers=50, quarters=1)
        names = {path.name for path in tmp_path.iterdir()}
        assert names == {"customers_2025Q4.parquet", "manifest.json", "mapping.toml"}

    def test_progress_rises_to_one(self, tmp_path: Path) -> None:
        told: list[float] = []
        make_bank(tmp_path, customers=20, quarters=4, progress=told.append)
        assert told == [0.25, 0.5, 0.75, 1.0]

    @pytest.mark.parametrize(
        ("customers", "quarters", "seed", "code"),
        [(0, 8, 1, "DEMO-001"), (10**8, 8, 1, "DEMO-001"), (9, 0, 1, "DEMO-001"), (9, 1, -1, "DEMO-002")],
    )
    def test_a_bank_that_cannot_be_is_refused_before_anything_is_written(
        self, tmp_path: Path, customers: int, quarters: int, seed: int, code: str
    ) -> None:
        with pytest.raises(TierdeskError) as refusal:
            make_bank(tmp_path / "bank", customers=customers, quarters=quarters, seed=seed)
        assert refusal.value.code == code
        assert not (tmp_path / "bank").exists()


class TestContract:
    def test_columns_are_those_of_the_contract_without_the_derived_ones(self, bank: Bank, contract: Contract) -> None:
        expected = [column.name for column in contract.columns if column.derived_from is None]
        assert expected == bank.table("2025Q4").column_names

    def test_types_are_plain(self, bank: Bank, contract: Contract) -> None:
        types = {"money": pa.decimal128(18, 2), "number": pa.int32(), "date": pa.date32(), "flag": pa.bool_()}
        for field in bank.table("2024Q1").schema:
            assert types.get(contract[field.name].type, pa.string()) == field.type

    def test_codes_and_ranges_are_in_the_contract(self, bank: Bank, contract: Contract) -> None:
        table = bank.table("2025Q4")
        for column in (contract[name] for name in table.column_names):
            values = [value for value in table[column.name].unique().to_pylist() if value is not None]
            if column.type == "code":
                assert set(values) <= {code.id for code in column.codes}
            if column.minimum is not None:
                assert min(values) >= column.minimum
            if column.maximum is not None:
                assert max(values) <= column.maximum
            if column.longest is not None:
                assert max(map(len, values)) <= column.longest

    def test_required_columns_but_assets_are_never_empty(self, bank: Bank) -> None:
        for quarter in CALENDAR:
            table = bank.table(quarter)
            assert [table[name].null_count for name in ("customer_id", "kind", "region", "branch")] == [
                0,
                0,
                0,
                0,
            ]

    def test_a_customer_number_is_never_given_twice(self, bank: Bank) -> None:
        for quarter in CALENDAR:
            numbers = bank.table(quarter)["customer_id"]
            assert len(numbers) == len(numbers.unique())

    def test_persons_and_enterprises_have_the_facts_of_their_kind(self, bank: Bank) -> None:
        frame = bank.frame("2025Q4")
        person = frame["kind"] == "person"
        for name in ("birth_date", "sex"):
            assert frame[name].notna().equals(person)
        for name in ("industry", "employees"):
            assert frame[name].isna().equals(person)


class TestPapers:
    def test_every_resident_id_has_the_check_digit_birth_date_and_sex_of_its_person(self, bank: Bank) -> None:
        people = bank.frame("2025Q4").query("id_type == 'resident_id'")
        for number, birth, sex in zip(people["id_number"], people["birth_date"], people["sex"], strict=True):
            weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
            assert number[17] == "10X98765432"[weighted % 11]
            assert number[6:14] == f"{birth:%Y%m%d}"
            assert (int(number[16]) % 2 == 1) == (sex == "male")

    def test_a_second_opinion_accepts_the_resident_ids(self, bank: Bank) -> None:
        people = bank.frame("2025Q4").query("id_type == 'resident_id'")
        assert [number for number in people["id_number"][:3000] if not ric.is_valid(number)] == []

    def test_company_codes_are_right_but_for_a_few_of_the_pilot_kind(self, bank: Bank) -> None:
        codes = bank.frame("2025Q4").query("kind == 'enterprise'")["id_number"]
        alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        wrong = 0
        for code in codes:
            weighted = sum(alphabet.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:17]))
            wrong += code[17] != alphabet[-weighted % 31]
            assert code[16] == _organisation_check(code[8:16])
        assert 0 < wrong < 0.02 * len(codes)

    def test_names_and_phones_are_plainly_invented(self, bank: Bank) -> None:
        frame = bank.frame("2025Q4")
        enterprise = frame["kind"] == "enterprise"
        assert frame.loc[enterprise, "name"].str.fullmatch("演示[甲乙丙丁戊己庚辛壬癸]{3}..有限公司").all()
        assert frame.loc[~enterprise, "name"].str.contains("[甲乙丙丁戊己庚辛壬癸]").all()
        assert frame["phone"].dropna().str.fullmatch(r"154\d{8}").all()


def _organisation_check(body: str) -> str:
    """GB 11714: digits are worth themselves, A is 10 ... Z is 35."""
    weighted = sum(int(letter, 36) * weight for letter, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0X987654321"[weighted % 11] if weighted % 11 else "0"


class TestMovement:
    def test_customers_come_and_leave_as_the_manifest_says(self, bank: Bank) -> None:
        for before, after in itertools.pairwise(CALENDAR):
            old, new = (set(bank.table(quarter)["customer_id"].to_pylist()) for quarter in (before, after))
            entry = bank.manifest.quarters[CALENDAR.index(after)]
            assert (entry.arrivals, entry.departures) == (len(new - old), len(old - new))
            assert 0.014 < entry.arrivals / len(old) < 0.026
            assert 0.006 < entry.departures / len(old) < 0.014

    def test_who_left_does_not_come_back(self, bank: Bank) -> None:
        gone: set[str] = set()
        seen: set[str] = set()
        for quarter in CALENDAR:
            here = set(bank.table(quarter)["customer_id"].to_pylist())
            assert not here & gone
            gone |= seen - here
            seen |= here

    def test_savings_swell_in_the_fourth_quarter(self, plain: Bank) -> None:
        average = [plain.frame(quarter)["savings_balance"].clip(upper=1e6).mean() for quarter in CALENDAR]
        assert average[3] > 1.03 * average[2]
        assert average[7] > 1.03 * average[6]
        assert average[4] < average[3]

    def test_customers_change_little_by_little(self, plain: Bank) -> None:
        first, second = (plain.frame(quarter).set_index("customer_id") for quarter in ("2024Q1", "2024Q2"))
        both = pd.concat([first["assets"], second["assets"]], axis=1, join="inner", keys=["before", "after"])
        both = both[(both > 0).all(axis=1)]
        change = np.log(both["after"] / both["before"])
        assert 0.1 < change.std() < 0.35
        assert np.corrcoef(np.log(both["before"]), np.log(both["after"]))[0, 1] > 0.98


@pytest.fixture(scope="module")
def frame(bank: Bank) -> pd.DataFrame:
    """The first quarter."""
    return bank.frame("2024Q1")


@pytest.fixture(scope="module")
def persons(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["kind"] == "person"]


class TestContent:
    def test_seven_in_a_hundred_are_enterprises(self, frame: pd.DataFrame) -> None:
        assert (frame["kind"] == "enterprise").mean() == pytest.approx(0.07, abs=0.008)

    def test_few_persons_hold_most_of_the_assets(self, persons: pd.DataFrame) -> None:
        affluent = persons["assets"] >= 500_000
        assert 0.018 < affluent.mean() < 0.032
        assert persons.loc[affluent, "assets"].sum() > 0.5 * persons["assets"].sum()
        assert 0.0003 < (persons["assets"] >= 6_000_000).mean() < 0.003

    def test_enterprises_are_larger(self, frame: pd.DataFrame) -> None:
        middle = frame.groupby("kind")["assets"].median()
        assert middle["enterprise"] > 10 * middle["person"]

    def test_assets_are_the_sum_of_the_holdings_to_the_fen(self, bank: Bank) -> None:
        names = ["assets", "savings_balance", "investment_balance", "insurance_value"]
        for quarter in CALENDAR:
            columns = (bank.table(quarter)[name].to_pylist() for name in names)
            wrong = [row for row in zip(*columns, strict=True) if row[0] not in (None, sum(row[1:], Decimal(0)))]
            assert wrong == []

    def test_facts_hang_together(self, persons: pd.DataFrame) -> None:
        facts = pd.DataFrame(
            {
                "assets": persons["assets"],
                "contribution": persons["contribution"],
                "credit": persons["credit_score"],
                "risk": persons["risk_level"].str[1].astype(float),
                "age": 2024 - pd.to_datetime(persons["birth_date"]).dt.year,
            }
        )
        assets, contribution, credit, risk, age = facts.dropna().rank().to_numpy().T
        assert np.corrcoef(assets, credit)[0, 1] > 0.3
        assert np.corrcoef(assets, contribution)[0, 1] > 0.4
        assert np.corrcoef(age, risk)[0, 1] < -0.3
        assert 0.2 < (persons["contribution"] < 0).mean() < 0.45

    def test_the_loan_class_is_never_better_than_the_days_past_due_allow(self, bank: Bank) -> None:
        order = ["normal", "special_mention", "substandard", "doubtful", "loss"]
        frame = bank.frame("2025Q4")
        assert (frame["loan_class"].isna() == (frame["loan_balance"] == 0)).all()
        assert (frame.loc[frame["loan_class"].isna(), "days_past_due"] == 0).all()
        loans = frame[frame["loan_class"].notna()]
        given = loans["loan_class"].map(order.index)
        demanded = np.searchsorted([1, 91, 271, 361], loans["days_past_due"], side="right")
        assert set(given - demanded) == {0, 1}
        assert 0.005 < (loans["days_past_due"] > 90).mean() < 0.03

    def test_a_small_group_dresses_the_window_at_every_quarter_end(self, bank: Bank) -> None:
        dressers = []
        for quarter in CALENDAR:
            frame = bank.frame(quarter).query("assets > 1000")
            dressers.append(set(frame[frame["assets_point"] > 1.7 * frame["assets"]]["customer_id"]))
            assert 0.003 < len(dressers[-1]) / len(frame) < 0.02
        assert len(dressers[0] & dressers[7]) > 0.8 * len(dressers[0])

    @pytest.mark.parametrize(
        ("name", "share"),
        [
            ("assets", 0.003),
            ("contribution", 0.02),
            ("credit_score", 0.035),
            ("risk_level", 0.05),
            ("relationship_start", 0.015),
            ("phone", 0.01),
        ],
    )
    def test_values_are_missing_at_the_stated_rate(self, frame: pd.DataFrame, name: str, share: float) -> None:
        assert frame[name].isna().mean() == pytest.approx(share, abs=0.35 * share)

    def test_flags_are_rare(self, frame: pd.DataFrame) -> None:
        shares = frame[["manual_only", "integrity_breach", "marketing_opt_out"]].mean()
        assert list(shares) == pytest.approx([0.005, 0.004, 0.06], abs=0.006)

    def test_all_provinces_are_served_each_branch_in_one(self, frame: pd.DataFrame) -> None:
        assert frame["region"].nunique() == 31
        assert frame["branch"].nunique() == 60
        assert (frame.groupby("branch")["region"].nunique() == 1).all()

    def test_nobody_came_before_being_born_or_after_the_date(self, persons: pd.DataFrame) -> None:
        known = persons.dropna(subset=["relationship_start"])
        assert (known["relationship_start"] > known["birth_date"]).all()
        assert (known["relationship_start"] <= date(2024, 3, 31)).all()
