"""The job of `staywise report quarterly`, as an analyst would script it.

Reads the files that `staywise synth DIR --staff 200000 --responses 400000`
makes, cleans and links them, and writes results.csv and report.html with four
charts. It is the yardstick for speed, written to be fast: polars throughout,
no loop over rows. It hides cells under 10 and makes no complementary
suppression, so it does less than the program.

    python compare.py STUDY_DIR OUT_DIR
"""

import base64
import datetime as dt
import io
import pathlib
import sys

import fastexcel
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import polars as pl

Z = 1.959963984540054
AS_AT = dt.date(2026, 6, 30)
LIST_FROM = dt.date(2023, 7, 1)
REHIRE_GAP = 30
DIMENSIONS = [
    "organisation", "site", "staff_group", "band", "sex", "age_band",
    "ethnic_category", "ethnic_group", "ethnic_minority", "programme",
]
SCALES = {
    "agreement": {
        "strongly disagree": (1, False), "disagree": (2, False),
        "neither agree nor disagree": (3, False),
        "agree": (4, True), "strongly agree": (5, True),
    },
    "quality": {
        "very poor": (1, False), "poor": (2, False), "fair": (3, False),
        "good": (4, True), "excellent": (5, True),
    },
}
ITEMS = {
    "Q1": ("intention_to_stay", "agreement"),
    "Q2": ("intention_to_leave", "agreement"),
    "Q3": ("preceptorship_influence", "agreement"),
    "Q4": ("belonging", "agreement"),
    "Q5": ("preceptorship_quality", "quality"),
}


def tidy(name):
    return pl.col(name).str.strip_chars()


def ethnic(code):
    """Category, five groups and White or ethnic minority, from NHS codes."""
    groups = {
        **dict.fromkeys("ABC", "White"), **dict.fromkeys("DEFG", "Mixed"),
        **dict.fromkeys("HJKL", "Asian"), **dict.fromkeys("MNP", "Black"),
        **dict.fromkeys("RS", "Other"), "Z": "Not stated", "9": "Not known",
    }
    group = code.replace_strict(groups, default="Not known")
    minority = (
        pl.when(group.is_in(["Mixed", "Asian", "Black", "Other"]))
        .then(pl.lit("Ethnic minority")).otherwise(group)
    )
    return [code.alias("ethnic_category"), group.alias("ethnic_group"),
            minority.alias("ethnic_minority")]


def read_staff(path):
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=2, dtypes={"Date of Birth": "string"})
    staff = sheet.to_polars()
    dates = ["Latest Start Date", "Assignment Start Date", "Termination Date"]
    staff = staff.filter(pl.col("Employee Number") != "Total").with_columns(
        tidy("Employee Number").str.to_lowercase().alias("person"),
        *[pl.col(name).cast(pl.Date) for name in dates],
        pl.col("Date of Birth").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("born"),
    ).rename({
        "Latest Start Date": "hired", "Assignment Start Date": "begun", "Termination Date": "ended",
        "Organisation": "organisation", "Site": "site", "Staff Group": "staff_group",
        "Pay Grade": "band", "Gender": "sex", "On Preceptorship Programme?": "programme",
    })
    age = (pl.lit(AS_AT) - pl.col("born")).dt.total_days() // 365.25
    band = pl.when(age < 25).then(pl.lit("under 25"))
    for limit, label in ((35, "25-34"), (45, "35-44"), (55, "45-54"), (200, "55 and over")):
        band = band.when(age < limit).then(pl.lit(label))
    code = pl.col("Ethnic Origin").fill_null("99").str.slice(0, 1)
    return staff.with_columns(
        band.otherwise(pl.lit("Not known")).alias("age_band"),
        *ethnic(code),
        pl.when(pl.col("ended") <= AS_AT).then(pl.col("ended")).alias("ended"),
    ).with_columns(pl.col("person").rank("dense").cast(pl.UInt32).alias("id"),
                   *[pl.col(name).cast(pl.Categorical) for name in DIMENSIONS]
    ).select("person", "id", "hired", "begun", "ended", *DIMENSIONS)


def make_spells(staff):
    """Continuous times in post: posts that overlap or follow within 30 days."""
    far = dt.date(9999, 1, 1)
    posts = staff.select("id", "hired", pl.col("ended").fill_null(far))
    several = posts.filter(pl.col("id").is_duplicated()).sort("id", "hired")
    one = posts.filter(~pl.col("id").is_duplicated())
    until = pl.col("ended").cum_max().over("id").shift(1).over("id")
    new = (until.is_null() | ((pl.col("hired") - until).dt.total_days() > REHIRE_GAP))
    merged = (
        several.with_columns(new.cast(pl.Int32).cum_sum().alias("spell"))
        .group_by("id", "spell")
        .agg(pl.col("hired").min().alias("start"), pl.col("ended").max().alias("leave"))
    )
    spells = pl.concat([one.rename({"hired": "start", "ended": "leave"}), merged.drop("spell")])
    return spells.with_columns(
        pl.when(pl.col("leave") < far).then(pl.col("leave")).alias("leave"),
        (pl.col("start") + pl.duration(days=365)).alias("due"),
    )


def read_wave(path):
    names = pl.read_csv(path, n_rows=0).columns
    wanted = ["Status", "Finished", "RecordedDate", "ExternalReference", *ITEMS, "Q6", "Q7", "Q8"]
    wave = pl.read_csv(path, skip_rows_after_header=2, columns=[n for n in names if n in wanted],
                       schema_overrides=dict.fromkeys(names, pl.String))
    return wave.with_columns(pl.lit(path.name.split("-q")[0].removeprefix("feedback-")).alias("wave"))


def read_survey(folder):
    raw = pl.concat([read_wave(path) for path in sorted(folder.glob("feedback-*-qualtrics.csv"))])
    drops = raw.group_by("wave", "Status", "Finished").len().sort("wave", "Status", "Finished")
    kept = raw.filter(~pl.col("Status").is_in(["Survey Preview", "Survey Test"]), pl.col("Finished") == "True")
    kept = kept.with_columns(
        tidy("ExternalReference").str.to_lowercase().replace("", None).alias("person"),
        pl.col("RecordedDate").str.to_datetime("%Y-%m-%d %H:%M:%S").alias("moment"),
    ).with_columns(pl.col("moment").dt.date().alias("at")).sort("moment", maintain_order=True)
    signed = kept.filter(pl.col("person").is_not_null())
    signed = signed.unique(["person", "wave"], keep="last", maintain_order=True)
    kept = pl.concat([signed, kept.filter(pl.col("person").is_null())])
    columns = []
    for question, (item, scale) in ITEMS.items():
        label = tidy(question).str.to_lowercase()
        levels = SCALES[scale]
        columns.append(label.replace_strict({k: v[0] for k, v in levels.items()}, default=None)
                       .cast(pl.Int8).alias(item))
        columns.append(label.replace_strict({k: v[1] for k, v in levels.items()}, default=None)
                       .cast(pl.Boolean).alias(item + "_favourable"))
    return kept.with_columns(columns).with_row_index("response"), drops


def own_levels(survey):
    label = pl.col("Q6")
    minority = (
        pl.when(label == "Prefer not to say").then(pl.lit("Not stated"))
        .when(label.str.starts_with("White")).then(pl.lit("White"))
        .otherwise(pl.lit("Ethnic minority"))
    )
    return survey.with_columns(pl.col("Q8").alias("own_site"), pl.col("Q7").alias("own_staff_group"),
                               minority.alias("own_ethnic_minority"))


def with_levels(units, staff, at):
    """Each person's levels as of the day in column `at`."""
    history = staff.sort("begun").select("id", pl.col("begun").alias("from"), *DIMENSIONS)
    several = history.filter(pl.col("id").is_duplicated())
    one = history.filter(~pl.col("id").is_duplicated()).drop("from")
    first = several.unique("id", keep="first", maintain_order=True).with_columns(
        pl.lit(dt.date(1900, 1, 1)).alias("from"))
    several = pl.concat([first, several])
    moved = units.join(first.select("id"), on="id", how="semi").sort(at)
    moved = moved.join_asof(several, left_on=at, right_on="from", by="id", check_sortedness=False)
    stayed = units.join(first.select("id"), on="id", how="anti").join(one, on="id", how="left")
    return pl.concat([stayed, moved.drop("from")], how="diagonal")


def wilson(hits, base):
    share, n = hits / base, base
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * (share * (1 - share) / n + Z * Z / (4 * n * n)).sqrt()
    return (middle - half).clip(0, 1), (middle + half).clip(0, 1)


def quarters():
    starts = [dt.date(year, month, 1) for year in (2023, 2024, 2025, 2026) for month in (1, 4, 7, 10)]
    starts = [day for day in starts if LIST_FROM <= day < AS_AT]
    ends = starts[1:] + [AS_AT + dt.timedelta(days=1)]
    return [(f"{s.year}-Q{(s.month + 2) // 3}", s, e) for s, e in zip(starts, ends)]


def rows(metric, period, units, measures):
    """Everyone and every level of every dimension, by one aggregation each."""
    out = []
    for dimension in [None, *[d for d in DIMENSIONS if d in units.columns]]:
        groups = [dimension] if dimension else [pl.lit("").alias("level")]
        table = units.group_by(groups).agg(measures)
        if dimension:
            table = table.rename({dimension: "level"})
        out.append(table.with_columns(
            pl.lit(metric).alias("metric"), pl.lit(period).alias("period"),
            pl.lit(dimension or "").alias("dimension"), pl.col("level").cast(pl.String)))
    return pl.concat(out, how="diagonal")


def proportion(metric, period, units, hit):
    table = rows(metric, period, units, [pl.col(hit).sum().cast(pl.Float64).alias("numerator"),
                                         pl.len().cast(pl.Float64).alias("denominator")])
    lower, upper = wilson(pl.col("numerator"), pl.col("denominator"))
    return table.with_columns((pl.col("numerator") / pl.col("denominator")).alias("estimate"),
                              lower.alias("lower"), upper.alias("upper"))


def count(metric, period, units):
    return rows(metric, period, units, [pl.len().cast(pl.Float64).alias("estimate")])


def survey_results(linked):
    out = []
    periods = [*quarters(), ("all", dt.date(1900, 1, 1), AS_AT + dt.timedelta(days=1))]
    for item, _ in ITEMS.values():
        valid = linked.filter(pl.col(item).is_not_null()).sort("moment", maintain_order=True)
        valid = valid.with_columns(pl.col("person").fill_null(pl.col("response").cast(pl.String)).alias("who"))
        for label, start, end in periods:
            units = valid.filter(pl.col("at").is_between(start, end, closed="left"))
            if units.is_empty():
                continue
            units = units.unique("who", keep="last", maintain_order=True)
            out.append(proportion(item, label, units, item + "_favourable"))
            levels = units.group_by(item).len().sort(item)
            out.append(levels.select(
                pl.lit(item + "_distribution").alias("metric"), pl.lit(label).alias("period"),
                pl.lit("").alias("dimension"), pl.col(item).cast(pl.String).alias("level"),
                pl.col("len").cast(pl.Float64).alias("estimate")))
    return out


def staff_results(spells, staff):
    out = []
    started = with_levels(spells, staff, "start")
    left = with_levels(spells.filter(pl.col("leave").is_not_null()), staff, "leave")
    due = with_levels(spells.filter(pl.col("start") >= LIST_FROM, pl.col("due") <= AS_AT), staff, "due")
    due = due.with_columns((pl.col("leave").is_null() | (pl.col("leave") > pl.col("due"))).alias("stayed"))
    for label, start, end in quarters():
        def within(frame, column):
            return frame.filter(pl.col(column).is_between(start, end, closed="left"))
        out.append(count("starters", label, within(started, "start")))
        out.append(count("leavers", label, within(left, "leave")))
        out.append(proportion("retention_12m", label, within(due, "due"), "stayed"))
        close = end - dt.timedelta(days=1)
        there = spells.filter(pl.col("start") <= close, pl.col("leave").is_null() | (pl.col("leave") > close))
        there = with_levels(there.with_columns(pl.lit(close).alias("day")), staff, "day")
        out.append(count("headcount", label, there))
    out.append(proportion("retention_12m", "all", due, "stayed"))
    return out


def kaplan_meier(units):
    """Share still in post by day, with log-log limits."""
    units = units.with_columns(
        (pl.col("leave").fill_null(AS_AT + dt.timedelta(days=1)) - pl.col("start")).dt.total_days().alias("days"),
        pl.col("leave").is_not_null().alias("event"))
    curve = units.group_by("days").agg(pl.col("event").sum().alias("d"), pl.len().alias("out")).sort("days")
    risk = pl.col("out").reverse().cum_sum().reverse()
    curve = curve.with_columns(risk.alias("n")).filter(pl.col("d") > 0, pl.col("d") < pl.col("n"))
    step = (1 - pl.col("d") / pl.col("n")).cum_prod()
    error = (pl.col("d") / (pl.col("n") * (pl.col("n") - pl.col("d")))).cum_sum().sqrt()
    curve = curve.with_columns(step.alias("s"), error.alias("error"))
    width = Z * pl.col("error") / pl.col("s").log().abs()
    return curve.with_columns((pl.col("s") ** width.exp()).alias("lower"), (pl.col("s") ** (-width).exp()).alias("upper"))


def svg(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg")
    plt.close(figure)
    return base64.b64encode(buffer.getvalue()).decode()


def dots(results, metric, period, dimension):
    table = results.filter(pl.col("metric") == metric, pl.col("period") == period,
                           pl.col("dimension") == dimension, pl.col("denominator") >= 10).sort("level")
    figure, axes = plt.subplots(figsize=(7, 3))
    estimate = table["estimate"].to_numpy()
    errors = [estimate - table["lower"].to_numpy(), table["upper"].to_numpy() - estimate]
    axes.errorbar(estimate, table["level"].to_list(), xerr=errors, fmt="o")
    axes.set_title(f"{metric} by {dimension}, {period}")
    figure.tight_layout()
    return svg(figure)


def charts(results, curves):
    drawn = [dots(results, "intention_to_stay", "2026-Q2", "ethnic_group"),
             dots(results, "retention_12m", "2026-Q2", "site")]
    trend = results.filter(pl.col("metric") == "intention_to_stay", pl.col("dimension") == "",
                           pl.col("period") != "all").sort("period")
    figure, axes = plt.subplots(figsize=(7, 3))
    axes.plot(trend["period"].to_list(), trend["estimate"].to_list(), marker="o")
    axes.fill_between(trend["period"].to_list(), trend["lower"].to_list(), trend["upper"].to_list(), alpha=0.2)
    drawn.append(svg(figure))
    figure, axes = plt.subplots(figsize=(7, 3))
    for name, curve in curves.items():
        axes.step(curve["days"].to_list(), curve["s"].to_list(), where="post", label=name)
        axes.fill_between(curve["days"].to_list(), curve["lower"].to_list(), curve["upper"].to_list(),
                          step="post", alpha=0.2)
    axes.legend()
    drawn.append(svg(figure))
    return drawn


def write(out, results, drops, drawn):
    out.mkdir(parents=True, exist_ok=True)
    base = pl.col("denominator").fill_null(pl.col("estimate"))
    numbers = ["numerator", "denominator", "estimate", "lower", "upper"]
    shown = results.with_columns([pl.when(base >= 10).then(pl.col(name)).alias(name) for name in numbers])
    shown.write_csv(out / "results.csv")
    latest = shown.filter(pl.col("period") == "2026-Q2")
    cells = "".join("<tr>" + "".join(f"<td>{'' if v is None else v}</td>" for v in row) + "</tr>"
                    for row in latest.select("metric", "dimension", "level", *numbers).iter_rows())
    dropped = "".join(f"<tr><td>{'</td><td>'.join(map(str, row))}</td></tr>" for row in drops.iter_rows())
    pictures = "".join(f'<img alt="" src="data:image/svg+xml;base64,{picture}">' for picture in drawn)
    page = f"<!doctype html><title>Quarterly</title>{pictures}<table>{cells}</table><table>{dropped}</table>"
    (out / "report.html").write_text(page, encoding="utf-8")


def main():
    study, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    staff = read_staff(study / "staff-list.xlsx")
    spells = make_spells(staff)
    survey, drops = read_survey(study)
    survey = survey.join(staff.select("person", "id").unique(), on="person", how="left")
    linked = with_levels(own_levels(survey), staff, "at")
    linked = linked.with_columns(
        [pl.col(name).cast(pl.String).fill_null(pl.col("own_" + name))
         for name in ("site", "staff_group", "ethnic_minority")]
        + [pl.col(name).cast(pl.String).fill_null("Not linked") for name in DIMENSIONS
           if name not in ("site", "staff_group", "ethnic_minority")])
    results = pl.concat([*survey_results(linked), *staff_results(spells, staff)], how="diagonal")
    followed = with_levels(spells.filter(pl.col("start") >= LIST_FROM), staff, "start")
    curves = {"everyone": kaplan_meier(followed)}
    for level in ("Yes", "No"):
        curves[f"programme: {level}"] = kaplan_meier(followed.filter(pl.col("programme") == level))
    results = results.sort("metric", "period", "dimension", "level")
    write(out, results, drops, charts(results, curves))


main()
