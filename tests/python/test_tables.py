"""Tables: the cells of `dateline export --format csv`, typed."""
import csv
import io
import sys

import dateline
import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def path(tmp_path_factory, program):
    path = tmp_path_factory.mktemp("tables") / "story.db"
    program("add", path, ROOT / "examples", "--quiet")
    return path


def as_csv(value):
    """A cell as the CSV has it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        value = "; ".join(value)
    return "" if value is None else str(value)


def without_apostrophe(cell):
    return cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@", "'\t", "'\r") else cell


@pytest.mark.parametrize("name", dateline.TABLES)
def test_arrow_has_the_cells_of_the_csv(examples, program, path, name):
    pytest.importorskip("pyarrow")
    expected = list(csv.DictReader(io.StringIO(program("export", path, "--format", "csv", "--table", name), newline="")))
    expected = [{column: without_apostrophe(cell) for column, cell in row.items()} for row in expected]
    with dateline.Store(path, read_only=True) as store:
        tables = [store.to_arrow(name), store.to_arrow()[name]]
    for table in (*tables, dateline.to_arrow(examples, name), dateline.to_arrow(examples)[name]):
        assert tuple(table.column_names) == dateline.TABLES[name]
        assert [{column: as_csv(cell) for column, cell in row.items()} for row in table.to_pylist()] == expected
    assert expected


@pytest.mark.parametrize("name", dateline.TABLES)
def test_pandas_has_the_same(examples, name):
    pandas = pytest.importorskip("pandas")
    table, frame = dateline.to_arrow(examples, name), dateline.to_pandas(examples, name)
    assert list(frame.columns) == table.column_names
    cells = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert cells == table.to_pylist()
    assert isinstance(frame, pandas.DataFrame)


def test_columns_have_one_type_also_without_rows(examples):
    pytest.importorskip("pyarrow")
    full, empty = dateline.to_arrow(examples), dateline.to_arrow([])
    for name in dateline.TABLES:
        assert empty[name].schema == full[name].schema and empty[name].num_rows == 0
        assert full[name].num_rows > 0


def test_misuse_is_named(examples, path):
    with pytest.raises(dateline.Error, match="cars"):
        dateline.to_arrow(examples, "cars")
    with pytest.raises(dateline.Error, match="JSON"):
        dateline.to_arrow([dateline.Record.from_json(examples[0].to_json())])


@pytest.mark.parametrize("module", ["pyarrow", "pandas"])
def test_what_is_not_installed_is_named(examples, monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(dateline.Error, match=f"pip install {module}"):
        (dateline.to_arrow if module == "pyarrow" else dateline.to_pandas)(examples)
