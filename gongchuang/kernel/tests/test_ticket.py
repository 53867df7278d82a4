"""The write ticket is first come, first served, and gives up with a clear word at its deadline."""

import threading
import time

import pytest
from django.db import connection

from gongchuang.kernel.errors import Busy
from gongchuang.kernel.ticket import ticket

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no write ticket")


def test_waiters_are_served_in_the_order_they_came():
    order: list[int] = []

    def wait(number: int) -> None:
        with ticket():
            order.append(number)

    with ticket():
        threads = []
        for number in range(6):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            time.sleep(0.03)  # so that each stands in the queue before the next
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_a_late_one_is_refused_and_the_queue_goes_on():
    refused: list[Exception] = []

    def try_once() -> None:
        try:
            with ticket(deadline=0.05):
                pass
        except Busy as busy:
            refused.append(busy)

    with ticket():
        thread = threading.Thread(target=try_once)
        thread.start()
        thread.join()
    assert len(refused) == 1 and refused[0].status == 503
    with ticket(deadline=0.05):
        pass
