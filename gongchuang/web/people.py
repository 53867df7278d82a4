"""What is said after an account was opened (开通账号): the password, once, to whoever hands it over."""

from __future__ import annotations

from typing import Any

from gongchuang.kernel.text import Text
from gongchuang.people import accounts
from gongchuang.people.models import Person
from gongchuang.web import faces


@faces.done("people", "account")
@faces.done("people", "password")
def told(request: Any, person: Person) -> Text:
    """The login with its password; a second press made none, and says so."""
    login, said = accounts.login_of(person), request.handed_in["password"]
    if not accounts.opens(person, said):
        return Text(f"账号 {login} 的密码刚才已经显示过。", f"The password of {login} was shown before.")
    return Text(
        f"账号 {login}，密码 {said.said} 。只显示这一次，请当面交给本人。",
        f"Login {login}, password {said.said} . It is shown only this once; please hand it over in person.",
    )
