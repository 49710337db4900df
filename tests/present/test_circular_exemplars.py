"""What the circular says of exemplars: never a total that the table of S2 hides, for the hidden counts would follow."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.present.circular_text import exemplars_told
from analysis.present.labels import Words
from tests.present.made_up import sample_reference

WORDS = Words(sample_reference(8))


def table(city, unit, whole):
    rows = [("city", "learning", 7.0), ("city", "", city), ("unit", "", unit), ("organ", "", 0.0), ("", "", whole)]
    return pd.DataFrame(rows, columns=["exemplar_level", "exemplar_kind", "n_exemplars"])


@pytest.mark.parametrize(
    "city, unit, whole, said",
    [
        (38.0, 20.0, 58.0, "各单位报送本年度先进典型58个（市级38个、本单位20个）"),
        (38.0, None, 58.0, "各单位报送本年度先进典型58个"),
        (None, None, None, None),
        (0.0, 0.0, 0.0, None),
    ],
)
def test_levels_are_told_only_where_no_level_is_hidden(city, unit, whole, said):
    assert exemplars_told(table(city, unit, whole), WORDS) == said
