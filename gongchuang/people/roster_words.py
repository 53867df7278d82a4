"""What the groups of findings are called, in both languages (错误分组的名称)."""

from gongchuang.kernel.text import Text

TITLES: dict[str, Text] = {
    "unit_missing": Text("部门不存在", "No such department"),
    "unit_twice": Text("部门有重名", "Several departments of one name"),
    "name_missing": Text("没有姓名", "No name"),
    "name_odd": Text("姓名不像姓名", "Not a name"),
    "nobody": Text("身份证号和工号都空", "Neither identity nor work number"),
    "id_cut": Text("身份证号被 Excel 改过", "Identity number cut by Excel"),
    "id_old": Text("15 位旧身份证号", "Old identity number of 15 digits"),
    "id_length": Text("身份证号位数不对", "Identity number of the wrong length"),
    "id_letters": Text("身份证号里有别的字", "Other letters in the identity number"),
    "id_birth": Text("身份证号里的出生日期不对", "Birth date in the identity number is wrong"),
    "id_check": Text("身份证号校验位不对", "Check digit of the identity number is wrong"),
    "id_other": Text("身份证号与名册不同", "Another identity number than on the roster"),
    "elsewhere": Text("还在别的单位名册上", "Still on another unit's roster"),
    "twice": Text("同一人出现两次", "The same person twice"),
    "phone_length": Text("手机号位数不对", "Phone of the wrong length"),
    "phone_letters": Text("手机号里有别的字", "Other letters in the phone"),
    "phone_start": Text("不是手机号", "Not a mobile number"),
    "day_odd": Text("日期认不出来", "Date not understood"),
    "day_range": Text("日期超出范围", "Date out of range"),
    "gender_odd": Text("性别认不出来", "Gender not understood"),
    "level_odd": Text("技能等级认不出来", "Skill level not understood"),
    "work_no_cut": Text("工号被 Excel 改过", "Work number cut by Excel"),
    "work_no_long": Text("工号太长", "Work number too long"),
    "words_long": Text("文字太长", "Text too long"),
    # reminders
    "id_region": Text("地区码不认识", "Unknown region code"),
    "id_zeros": Text("身份证号末三位是 000", "Identity number ends in 000"),
    "id_age": Text("年龄少见", "Unusual age"),
    "day_month": Text("日期只有年月", "Date without a day"),
    "level_title": Text("写的是职称", "A professional title"),
    "level_lower": Text("技能等级低于已登记的", "Skill level below the recorded one"),
    "gender_differs": Text("性别与身份证号不一致", "Gender differs from the identity number"),
    "born_on_differs": Text("出生日期与身份证号不一致", "Birth date differs from the identity number"),
    "by_work_no": Text("按工号和姓名认人", "Recognised by work number and name"),
    "returned": Text("离职后再来的人", "Persons who come back"),
    "renamed": Text("姓名改了", "New name"),
}


def title_of(group: str) -> Text:
    """The name of a group; its part after the colon, a person's own word, is no part of it."""
    kind = group.partition(":")[0]
    return TITLES.get(kind, Text(kind))
