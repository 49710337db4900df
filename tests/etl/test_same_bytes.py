"""One locked file from two units gives each its own question."""

from analysis.etl.clean_file import FileTask, unreadable
from analysis.etl.same_bytes import own_ids
from tests.returns import reference


def sent(file, data=b"locked"):
    return unreadable(FileTask(file, data, reference()), "xlsx", "M05")


def ids(results):
    return {one.submission.file: [query.query_id for query in one.queries] for one in results}


def test_the_same_bytes_from_two_units_give_two_questions():
    found = ids(own_ids([sent("市财政局.xlsx"), sent("市教育局.xlsx")]))

    assert found["市财政局.xlsx"] != found["市教育局.xlsx"]


def test_the_ids_do_not_depend_on_the_order_of_the_files():
    one, other = sent("市财政局.xlsx"), sent("市教育局.xlsx")

    assert ids(own_ids([one, other])) == ids(own_ids([other, one]))


def test_a_file_of_its_own_keeps_its_ids():
    one = sent("市财政局.xlsx")

    assert ids(own_ids([one, sent("市教育局.xlsx", b"other")]))["市财政局.xlsx"] == [one.queries[0].query_id]
