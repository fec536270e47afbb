"""Writes the worked numbers of the business case: every line of nine cases.

Computed without staywise, in decimal arithmetic of 60 digits and with the
prose of docs/business-case-inputs.md beside it: what each input is, what one
leaver costs, what the programme costs, years, discounting, and the answers.
A case is worked twice: with every money line rounded to the penny, halves away
from nought, and not rounded at all.

    python3 crates/core/tests/reference/make_case.py

Used: Python 3.11, its standard library alone.
"""

import decimal
import json
import pathlib
from decimal import Decimal as D

decimal.getcontext().prec = 60
HERE = pathlib.Path(__file__).parent
PENNY = D("0.01")

EXAMPLE = {
    "preceptees": "60", "contract_hours": "37.5", "pay": "31000", "on_costs": "0.25",
    "senior_pay": "48000", "preceptor_pay": "39000", "cover_rate": "28", "backfill_rate": "25",
    "advert": "250", "finder_share": "0.1", "finder_fee": "3000", "relocation": "0", "checks": "90",
    "interview_hours": "12", "induction_hours": "37.5", "induction_other": "100",
    "supernumerary_hours": "75", "vacancy_weeks": "10", "cover_share": "0.8", "ramp_weeks": "8",
    "ramp_gap": "0.25", "exit_hours": "4", "exit_other": "50", "preceptor_hours": "8",
    "preceptee_hours": "75", "usual_share": "0.2", "study_days": "4", "study_fee": "120",
    "backfill_share": "0.5", "lead_fte": "0.4", "lead_pay": "48000", "materials": "40",
    "yearly_other": "2000", "set_up": "5000", "funding": "0", "attribution": "0.75",
    "optimism_bias": "0.1", "discount_rate": "0.035", "reach_1": "0.5", "reach_2": "1", "reach_3": "1",
}

# Forty-one of one profession and seventeen of another, paid for in part.
TWO = {
    "preceptees.1": "41", "preceptees.2": "17", "pay.1": "32074", "pay.2": "33333.33",
    "cover_rate.1": "29.45", "cover_rate.2": "41.07", "contract_hours.2": "36.5",
    "vacancy_weeks.1": "9.5", "vacancy_weeks.2": "13", "cover_share.2": "0.35",
    "funding.1": "137.77", "funding.2": "400", "preceptor_hours.2": "12",
    "finder_share": "0.07", "set_up": "3333.33", "discount_rate": "0.0475",
}


def rounded(amount):
    return amount.quantize(PENNY, rounding=decimal.ROUND_HALF_UP)


def untouched(amount):
    return amount


def people_and_rates(given, money):
    """An hour of somebody's time: a year's pay with on-costs over a year's hours."""
    weeks_in_year = D(365) / 7
    found = {}
    for step, pay in (("hour", "pay"), ("preceptor_hour", "preceptor_pay"), ("senior_hour", "senior_pay")):
        yearly = given(pay) + given(pay) * given("on_costs")
        found[step] = money(yearly / weeks_in_year / given("contract_hours"))
    return found


def one_leaver(given, rate, money):
    empty_hours = given("vacancy_weeks") * given("contract_hours")
    covered = empty_hours * given("cover_share")
    paid_out = {
        "advert_line": given("advert"),
        "finder_line": given("finder_fee") * given("finder_share"),
        "relocation_line": given("relocation"),
        "checks_line": given("checks"),
        "induction_other_line": given("induction_other"),
        "cover_line": covered * given("cover_rate"),
        "unpaid_line": -empty_hours * rate["hour"],
        "exit_other_line": given("exit_other"),
    }
    time = {
        "interview_line": given("interview_hours") * rate["senior_hour"],
        "induction_line": given("induction_hours") * rate["hour"],
        "supernumerary_line": given("supernumerary_hours") * rate["hour"],
        "undone_line": (empty_hours - covered) * rate["hour"],
        "ramp_line": given("ramp_weeks") * given("contract_hours") * given("ramp_gap") * rate["hour"],
        "exit_line": given("exit_hours") * rate["senior_hour"],
    }
    return totalled(paid_out, time, money, ("leaver_cost", "leaver_cash"))


def one_preceptee(given, rate, money):
    taught = given("study_days") * given("contract_hours") / 5
    protected = given("preceptee_hours") - given("preceptee_hours") * given("usual_share")
    released = given("preceptor_hours") + protected + taught
    covered = given("backfill_share")
    paid_out = {
        "backfill_line": released * covered * given("backfill_rate"),
        "study_fee_line": given("study_fee"),
        "materials_line": given("materials"),
    }
    time = {
        "preceptor_line": (given("preceptor_hours") - given("preceptor_hours") * covered) * rate["preceptor_hour"],
        "protected_line": (protected - protected * covered) * rate["hour"],
        "study_line": (taught - taught * covered) * rate["hour"],
    }
    return totalled(paid_out, time, money, ("preceptee_cost", "preceptee_cash"))


def totalled(paid_out, time, money, names):
    cash = {name: money(amount) for name, amount in paid_out.items()}
    lines = cash | {name: money(amount) for name, amount in time.items()}
    return lines | {names[0]: sum(lines.values()), names[1]: sum(cash.values())}


def over(a, b):
    return None if b == 0 else a / b


def worked(case, money):
    inputs = {name: D(text) for name, text in case["inputs"].items()}
    groups = case["groups"]
    tails = [f".{n + 1}" for n in range(groups)] if groups > 1 else [""]
    found = {}
    heads, gifts, leavers, cash_leavers, running, cash_running = [], [], [], [], [], []
    for tail in tails:
        def given(slug):
            return inputs.get(slug + tail, inputs.get(slug))

        rate = people_and_rates(given, money)
        leaver = one_leaver(given, rate, money)
        preceptee = one_preceptee(given, rate, money)
        found |= {name + tail: value for part in (rate, leaver, preceptee) for name, value in part.items()}
        n = inputs["preceptees" + tail]
        heads.append(n)
        gifts.append(n * given("funding"))
        leavers.append(n * leaver["leaver_cost"])
        cash_leavers.append(n * leaver["leaver_cash"])
        running.append(n * preceptee["preceptee_cost"])
        cash_running.append(n * preceptee["preceptee_cash"])

    lead = money(inputs["lead_fte"] * (inputs["lead_pay"] + inputs["lead_pay"] * inputs["on_costs"]))
    yearly, once = money(inputs["yearly_other"]), money(inputs["set_up"])
    uplift = 1 + inputs["optimism_bias"] if case["adjustment"] == "optimism bias" else D(1)
    year = money((sum(running) + lead + yearly) * uplift)
    cash_year = money((sum(cash_running) + lead + yearly) * uplift)
    everyone = sum(heads)
    mean, cash_mean = over(sum(leavers), everyone), over(sum(cash_leavers), everyone)
    found |= {
        "lead_line": lead, "yearly_line": yearly, "set_up_line": once, "preceptees_all": everyone,
        "programme_year": year, "programme_cash_year": cash_year,
        "leaver_mean": mean, "leaver_cash_mean": cash_mean,
    }

    effect = inputs.get("effect")
    if effect is not None and case["adjustment"] == "attribution":
        credited = effect * inputs["attribution"]
    else:
        credited = effect
    sums = {}
    today = D(1)
    for number in range(1, case["years"] + 1):
        if number > 1:
            today = today / (1 + inputs["discount_rate"])
        reach = inputs[f"reach_{number}"]
        set_up = once * uplift if number == 1 else 0
        line = {
            "factor": today,
            "cost": money(year + set_up),
            "cash_cost": money(cash_year + set_up),
            "funding": money(sum(gifts)),
            "weight": reach * today,
        }
        line["pv_cost"] = money((line["cost"] - line["funding"]) * today)
        line["pv_cash_cost"] = money((line["cash_cost"] - line["funding"]) * today)
        if effect is not None:
            line["stayers"] = everyone * credited * reach
            line["saved"] = money(sum(leavers) * credited * reach)
            line["cash_saved"] = money(sum(cash_leavers) * credited * reach)
            line["pv_saved"] = money(line["saved"] * today)
            line["pv_cash_saved"] = money(line["cash_saved"] * today)
            line["net"] = line["pv_saved"] - line["pv_cost"]
        for name, value in line.items():
            found[f"{name}_{number}"] = value
            sums[name] = sums.get(name, 0) + value

    answers = {name: sums[name] for name in ("pv_cost", "pv_cash_cost", "weight")}
    answers["break_even"] = None if not mean else over(sums["pv_cost"], sums["weight"] * mean)
    answers["cash_break_even"] = None if not cash_mean else over(sums["pv_cash_cost"], sums["weight"] * cash_mean)
    needed = answers["break_even"]
    answers["break_even_share"] = None if needed is None else needed / everyone
    if effect is not None:
        answers |= {name: sums[name] for name in ("pv_saved", "pv_cash_saved", "stayers")}
        answers["npv"] = sums["pv_saved"] - sums["pv_cost"]
        answers["cash_npv"] = sums["pv_cash_saved"] - sums["pv_cash_cost"]
        answers["bcr"] = over(sums["pv_saved"], sums["pv_cost"])
        answers["cost_per_stayer"] = over(sums["pv_cost"], sums["stayers"])
        answers["stayers_year"] = everyone * credited
    found |= answers
    return found, None if effect is None else paid_back([found[f"net_{n + 1}"] for n in range(case["years"])])


def paid_back(nets):
    """The moment from which what was saved is never again below what it cost."""
    balance, moment = [D(0)], None
    for net in nets:
        balance.append(balance[-1] + net)
    if balance[-1] < 0:
        return None
    for year in range(len(nets), 0, -1):
        if balance[year - 1] < 0:
            moment = year - 1 + -balance[year - 1] / nets[year - 1]
            break
    return D(0) if moment is None else moment


def case(name, changes=(), years=3, effect="0.05", adjustment="none", groups=1):
    inputs = dict(EXAMPLE) | dict(changes)
    if groups > 1:
        del inputs["preceptees"]
    for number in range(years + 1, 4):
        del inputs[f"reach_{number}"]
    if effect is not None:
        inputs["effect"] = effect
    return {"name": name, "groups": groups, "years": years, "adjustment": adjustment, "inputs": inputs}


CASES = [
    case("worked example", adjustment="attribution"),
    case("break-even only", effect=None),
    case("optimism bias", adjustment="optimism bias"),
    case("lower end", effect="0.01", adjustment="lower end"),
    case("two groups, paid for in part", TWO, groups=2, effect="0.083", adjustment="attribution"),
    case("one year", years=1),
    case("discount of nought", {"discount_rate": "0"}),
    case("pays in year two", {
        "preceptee_hours": "7.5", "study_days": "0", "lead_fte": "0.1", "set_up": "60000",
        "vacancy_weeks": "30", "cover_share": "1", "funding": "55.55",
    }, effect="0.13"),
    case("no preceptees", {"preceptees": "0"}),
]



rows = []
for one in CASES:
    pence, payback = worked(one, rounded)
    exact, _ = worked(one, untouched)
    short = decimal.Context(prec=20)
    trim = lambda values: {k: None if v is None else str(short.plus(v)) for k, v in values.items()}
    rows.append(one | {
        "payback": None if payback is None else str(short.plus(payback)),
        "pence": trim(pence),
        "exact": trim(exact),
    })
text = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
(HERE / "case.json").write_text(text)
