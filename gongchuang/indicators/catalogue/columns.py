"""The columns a visitor sees behind figures: number, title, person in masked form. Unit, day and value stand beside them."""

from gongchuang.kernel.table import Column
from gongchuang.kernel.text import Text

NO = Column("no", Text("编号", "No."), public=True)
TITLE = Column("title", Text("名称", "Title"), link=True, public=True)
NAME = Column("name", Text("名称", "Name"), link=True, public=True)
SELF = Column("self", Text("姓名", "Name"), kind="person", get=lambda record: record, link=True)
