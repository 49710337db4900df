"""A planned return of the sample as it is posted: in the file of its format, or by one of the stories."""

from __future__ import annotations

from tests.builder.mess import applied
from tests.builder.parcels import Letter
from tests.builder.sending import Built, Sending, built
from tests.builder.stories import STORIES
from tests.builder.whole import clean_return


def posted(sending: Sending) -> Built:
    """Everything of one planned return."""
    if not sending.story:
        return built(sending)
    manner = sending.manner
    earlier = applied(sending.earlier, manner, clean_return(manner))
    letter = Letter(
        sending.pages, manner.totals, sending.file, sending.received, manner.unit.code, manner.year, "", earlier
    )
    return STORIES[sending.story](letter)
