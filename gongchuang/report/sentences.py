"""What the public report says (公报文稿): six paragraphs of our own sentences, in which every number is a figure.

A clause names its figures in braces by article key; it is left out when one of them has nothing to say. `{period}` and
names with a dot or in capitals stand for facts read from records; no digit is typed here (a test holds that).
"""

from __future__ import annotations

from dataclasses import dataclass

from gongchuang.kernel.text import Text


@dataclass(frozen=True)
class Sentence:
    """Clauses that stand each for itself, between an opening and an end."""

    clauses: tuple[Text, ...]
    start: Text = Text("", "")
    end: Text = Text("。", ".")
    joint: Text = Text("，", ", ")


@dataclass(frozen=True)
class Paragraph:
    key: str
    heading: Text
    sentences: tuple[Sentence, ...]


ENUMERATED = Text("、", ", ")

PARAGRAPHS = (
    Paragraph(
        "opening",
        Text("", ""),
        (
            Sentence(
                (
                    Text("全线智能化率达到{team_automation_rate}", "runs a line that is {team_automation_rate} automated"),
                    Text("全员劳动生产率达到{team_output_per_head}", "yields {team_output_per_head}"),
                    Text(
                        "相当于{REFERENCE_YEAR}年全国全员劳动生产率的{team_output_multiple}",
                        "which is {team_output_multiple} the nation's output per head of {REFERENCE_YEAR}",
                    ),
                ),
                start=Text("{TEAM}", "{TEAM} "),
            ),
            Sentence((Text("{HONOUR_DAY}，这个班组获得“{HONOUR}”称号", "On {HONOUR_DAY} the team was named “{HONOUR}”"),)),
        ),
    ),
    Paragraph(
        "training",
        Text("学在岗位，训在车间", "Learning at the workplace"),
        (
            Sentence(
                (
                    Text("市级工匠学院{city_academies}", "{city_academies} named by the city"),
                    Text("二级产业学院{industry_colleges}", "{industry_colleges} for single industries"),
                ),
                start=Text(
                    "工会、企业与院校共建工匠学院，师资共用：全市现有",
                    "Unions, enterprises and schools found craftsman academies together and share their lecturers: there are ",
                ),
                joint=ENUMERATED,
            ),
            Sentence(
                (
                    Text(
                        "{training_person_times.period}培训职工{training_person_times}",
                        "{training_person_times} were trained in {training_person_times.period}",
                    ),
                    Text("其中高技能人才{high_skilled_trained}", "among them {high_skilled_trained} of high skill"),
                ),
                start=Text(
                    "企业下单开班，职工照菜单选课，课后以竞赛跟进；",
                    "Enterprises order classes, workers choose from a menu, a contest follows: ",
                ),
            ),
        ),
    ),
    Paragraph(
        "contests",
        Text("以赛促学，以赛选才", "Contests that teach and select"),
        (
            Sentence(
                (
                    Text(
                        "{contest_high_skilled_selected.period}通过竞赛选拔高技能人才{contest_high_skilled_selected}",
                        "in {contest_high_skilled_selected.period} they selected {contest_high_skilled_selected} of high skill",
                    ),
                    Text(
                        "累计{contest_level_promotions}由此提升了技能等级",
                        "and {contest_level_promotions} have gained a higher skill level",
                    ),
                ),
                start=Text("竞赛从班组一级级办到产业链：", "Contests run from the team up to the industrial chain: "),
            ),
            Sentence(
                (
                    Text("技能人才{skilled_talents}", "{skilled_talents} hold a skill level"),
                    Text("各级工匠{craftsmen}", "{craftsmen} are craftsmen"),
                    Text("{city_level_honours}获得市级以上荣誉称号", "{city_level_honours} have honours of the city and above"),
                ),
                start=Text("目前，全市有", "In the city "),
            ),
        ),
    ),
    Paragraph(
        "incentives",
        Text("创新有功，奖励兑现", "Rewards that are paid"),
        (
            Sentence(
                (
                    Text(
                        "拿出成果效益的{incentive_share_min}至{incentive_share_max}奖励完成人",
                        "{incentive_share_min} to {incentive_share_max} of a result's benefit goes to its makers",
                    ),
                ),
                start=Text("按照全市激励政策，企业", "By the city's policy "),
            ),
            Sentence(
                (
                    Text("先一次性奖励{profit_share_lump}", "{profit_share_lump} once"),
                    Text(
                        "再连续几年按成果利润的{profit_share_rate}提成", "then {profit_share_rate} of the result's profit for years running"
                    ),
                ),
                start=Text("有的企业实行利润分成，", "Some enterprises share profit: "),
            ),
            Sentence(
                (
                    Text("累计用于激励职工创新创效的资金{incentive_fund}", "{incentive_fund} has been paid as incentives"),
                    Text(
                        "{results_selected_yearly.period}评选职工技术创新成果{results_selected_yearly}",
                        "{results_selected_yearly} were selected in {results_selected_yearly.period}",
                    ),
                ),
                start=Text("创新银行把贡献折成积分，年底兑现；", "An innovation bank turns contributions into points and redeems them: "),
            ),
            Sentence(
                (
                    Text(
                        "市级命名工匠{city_craftsmen}，每人奖金{city_craftsman_prize}",
                        "{city_craftsmen} have been named craftsmen by the city, each with a prize of {city_craftsman_prize}",
                    ),
                ),
            ),
        ),
    ),
    Paragraph(
        "studios",
        Text("建一个工作室，带一批创新人", "Studios that bring people on"),
        (
            Sentence(
                (
                    Text("市级创新工作室{city_studios}", "{city_studios} named by the city"),
                    Text("创新班组和小组{innovation_teams}", "{innovation_teams} and groups"),
                    Text("创新骨干{innovation_backbone}", "a backbone of {innovation_backbone}"),
                    Text("参与创新的职工{innovation_participants}", "{innovation_participants} who take part"),
                ),
                start=Text(
                    "工作室设在车间和班组，一边学习传承、一边攻关，带出的人再领衔新的工作室。全市现有",
                    "Studios stand in workshops and teams; whoever grows there leads a new one. The city has ",
                ),
                joint=ENUMERATED,
            ),
            Sentence(
                (
                    Text(
                        "{unit_yearly_saving.unit}的一项攻关一年节约{unit_yearly_saving}",
                        "one project at {unit_yearly_saving.unit} saves {unit_yearly_saving} a year",
                    ),
                    Text(
                        "{unit_proposals_three_years.unit}近三年提出改善提案{unit_proposals_three_years}",
                        "workers of {unit_proposals_three_years.unit} made {unit_proposals_three_years} in three years",
                    ),
                    Text(
                        "{unit_benefit_three_years.unit}近三年创造效益{unit_benefit_three_years}",
                        "the benefit at {unit_benefit_three_years.unit} in three years is {unit_benefit_three_years}",
                    ),
                ),
                start=Text("", "For instance, "),
            ),
            Sentence(
                (
                    Text("技术革新{technical_innovations}", "{technical_innovations} are technical innovations"),
                    Text("合理化建议{proposals}", "{proposals} were made"),
                    Text("发明创造{inventions}", "{inventions} are inventions"),
                    Text("先进操作法{operating_methods}", "{operating_methods} are operating methods"),
                    Text("专利{patents}", "{patents} were obtained"),
                ),
                start=Text("截至目前，全市职工累计完成", "Up to now "),
                joint=ENUMERATED,
            ),
            Sentence(
                (Text("创造经济效益{economic_benefit}", "the economic benefit is {economic_benefit}"),),
                start=Text("经认证，这些成果", "As certified, "),
            ),
        ),
    ),
    Paragraph(
        "matchmaker",
        Text("技术红娘，把难题送到会解的人手里", "Matchmakers between problems and those who solve them"),
        (
            Sentence(
                (
                    Text("{match_institutions}高校和科研机构", "{match_institutions} of research and teaching"),
                    Text("{match_experts}专家教授和高技能人才", "{match_experts} with expert knowledge"),
                ),
                start=Text("技术红娘走进一线收集难题，与之合作的有", "Matchmakers collect problems on the line; with them work "),
                joint=ENUMERATED,
            ),
            Sentence(
                (
                    Text("科研成果{match_results}", "{match_results} on offer"),
                    Text("企业技术需求{match_needs}", "{match_needs} of enterprises"),
                ),
                start=Text("累计发布", "They have published "),
                joint=ENUMERATED,
            ),
            Sentence(
                (
                    Text(
                        "已有{match_enterprises}企业对接上{match_needs_matched}需求",
                        "{match_needs_matched} of {match_enterprises} were matched",
                    ),
                    Text("{match_contracts}企业与高校、科研机构签约", "{match_contracts} signed a contract with a university or institute"),
                    Text("创造效益{match_benefit}", "the benefit is {match_benefit}"),
                ),
            ),
        ),
    ),
)
