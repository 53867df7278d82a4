"""Three years of proposals in the demo city (合理化建议), each through its own acts."""

from __future__ import annotations

from gongchuang.cli.demo.city import City
from gongchuang.kernel import clock
from gongchuang.people.models import Person, Unit
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal

# what is wrong · what to do about it · category
IDEAS = [
    ("转运架横杆裸露，叶片一颠就磕边。", "横杆套上聚氨酯护套，用边角料做", "quality"),
    ("装夹定位要逐个找正，一件要三个多小时。", "定位块改成锥销快换，装夹后不再找正", "efficiency"),
    ("焊枪清枪时一直吹气，气费高。", "清枪站加电磁阀，只在清枪时供气", "saving"),
    ("喷涂挂具重心偏，工件一转就碰。", "挂具加配重并移动挂点，重心居中", "quality"),
    ("车间通道拐角看不到叉车。", "拐角装凸面镜和地面警示灯", "safety"),
    ("领料要跑两个库，来回四十分钟。", "常用件在班组设看板小库，每天补一次", "management"),
    ("冷却液泄漏，地面一直湿滑。", "接头换成快插并加接油盘", "safety"),
    ("数控程序每次手工改刀补，容易错。", "用宏变量自动读刀补并加校验", "efficiency"),
    ("检验记录手抄，月底才汇总。", "检验台装扫码枪，记录当班入表", "management"),
    ("空压机夜里没人用也在转。", "加定时和压力联锁，无用气时停机", "saving"),
    ("铸件毛刺靠手磨，粉尘大。", "做一个密闭打磨箱接除尘", "environment"),
    ("包装带每箱多缠两圈。", "改用限位缠绕架，一箱少用一米二", "saving"),
    ("设备点检表项目太多，流于形式。", "按停机记录留下十二个关键点，每点配图", "management"),
    ("热处理出炉等天车，一炉多等一刻钟。", "加一台平移料车先出炉，不等天车", "efficiency"),
    ("螺栓力矩靠手感，返工多。", "改用预置力矩扳手并打标记", "quality"),
    ("废切削液和清水混排。", "加分流阀和液位开关，废液单独收集", "environment"),
]
DECLINES = [
    ("cost", "改造费用比两年能省下的还多，先不做。"),
    ("done_before", "去年技改已经做过，请看二号线。"),
    ("not_now", "明年换线时一起做，届时再请您参加。"),
]
OF_THE_WORKER = (3, 12)
"""Those that 张伟明 handed in before, so that his home has something to tell."""


def build(city: City) -> None:
    made = [_one(city, number) for number in range(city.count(420, least=30))]
    city.kept["implemented"] = [proposal for proposal in made if proposal and proposal.state == "implemented"]
    _waiting(city)


def _one(city: City, number: int) -> Proposal | None:
    # A third happens at the enterprise whose figures the report tells.
    enterprise = city.fan if number % 3 == 0 else city.any_enterprise()
    team = city.any_team(enterprise)
    author = city.any_worker(team)
    day = city.any_day()
    if number in OF_THE_WORKER:
        author, team, day = city.cast["worker"], city.team_named("叶轮装配班"), city.any_day(first=500, last=300)
    problem, idea, category = city.random.choice(IDEAS)
    with city.on(day, hour=8 + number % 9):
        proposal = actions.submit(
            team, problem=problem, idea=f"{idea}。", title=f"{idea[:30]}", category=category, by=author, key=city.key()
        )
    fate = 0.5 if number in OF_THE_WORKER else city.random.random()
    if fate < 0.03:
        with city.on(day, hour=18):
            return actions.withdraw(proposal, by=author, key=city.key())
    return _answered(city, proposal, team, enterprise, fate)


def _answered(city: City, proposal: Proposal, team: Unit, enterprise: Unit, fate: float) -> Proposal:
    leader = _other(city.leaders[team.pk], proposal.author, city.officers[enterprise.pk])
    replied = clock.add_working_days(proposal.submitted_on, city.random.choice((1, 1, 2, 2, 3)))
    with city.on(replied, hour=15):
        if fate < 0.24:
            reason, text = city.random.choice(DECLINES)
            return actions.decline(proposal, reason=reason, text=text, by=leader, key=city.key())
        actions.adopt(proposal, by=leader, key=city.key())
    done = clock.add_working_days(replied, city.random.randint(5, 30))
    if done >= city.today or (fate > 0.7 and replied > city.ago(60)):
        return proposal
    with city.on(done, hour=16):
        return actions.implement(proposal, by=leader, key=city.key(), text="已按办法做完，试用一周正常。")


def _other(leader: Person, author: Person, officer: Person) -> Person:
    return officer if leader == author else leader


def _waiting(city: City) -> None:
    """A few that are still under way, so that each inbox has something in it."""
    for number in range(city.count(14, least=6)):
        enterprise = city.fan if number % 2 == 0 else city.any_enterprise()
        team = city.team_named("叶轮装配班") if number in (0, 4) else city.any_team(enterprise)
        author = city.cast["worker"] if number == 0 else city.any_worker(team)
        problem, idea, category = IDEAS[number % len(IDEAS)]
        with city.on(clock.add_working_days(city.ago(6), number % 3), hour=10):
            actions.submit(team, problem=problem, idea=f"{idea}。", title=idea[:30], category=category, by=author, key=city.key())
