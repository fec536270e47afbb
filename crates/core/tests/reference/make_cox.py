"""Writes the reference values of Cox's model that the tests of `stats::cox`
are held to, beside those of public data sets.

Everything here is computed without staywise and by definition: each risk set
is gone through person by person; the robust errors are the change of the
coefficients with each row's weight, taken by a step of the weight in the
imaginary direction, not by a formula for residuals. Where they follow the same
convention, statsmodels and lifelines must agree, or the script stops.

    python3 -m venv venv && venv/bin/pip install statsmodels lifelines pandas
    venv/bin/python crates/core/tests/reference/make_cox.py

Used: statsmodels 0.15.0, lifelines 0.30.3.
"""

import json
import pathlib
import random
import warnings
from collections import defaultdict

import numpy
import pandas
from lifelines import CoxPHFitter
from statsmodels.duration.hazard_regression import PHReg

HERE = pathlib.Path(__file__).parent


def agree(one, other, digits, what):
    one, other = float(one), float(other)
    if abs(one - other) > 10.0**-digits * max(abs(one), abs(other), 1e-3):
        raise SystemExit(f"{what}: two ways disagree: {one!r} and {other!r}")


class Rows:
    """Rows as dicts: from, to, event, stratum, weight, cluster, x (a list)."""

    def __init__(self, rows):
        self.rows = rows
        self.x = numpy.array([r["x"] for r in rows])
        self.w = numpy.array([r["weight"] for r in rows])
        self.d = self.x.shape[1]

    def days(self):
        found = defaultdict(list)
        for i, row in enumerate(self.rows):
            if row["event"]:
                found[(row["stratum"], row["to"])].append(i)
        return sorted(found.items())

    def at_risk(self, stratum, day):
        return [
            i
            for i, r in enumerate(self.rows)
            if r["stratum"] == stratum and r["from"] < day <= r["to"]
        ]

    def sets(self, beta, ties, w, x):
        """Each tied leaving of each day: its mean weight, and the risks of
        the set it is taken from."""
        for (stratum, day), left in self.days():
            risk_set = self.at_risk(stratum, day)
            each = sum(w[i] for i in left) / len(left)
            z = x(day)
            for k in range(len(left)):
                risks = {i: w[i] * numpy.exp(z[i] @ beta) for i in risk_set}
                if ties == "efron":
                    for i in left:
                        risks[i] = risks[i] * (1 - k / len(left))
                yield stratum, day, left[k], each, risks, z

    def likelihood(self, beta, ties, w=None, clock=None):
        """Log likelihood, score, information; with a `clock` the columns are
        doubled by themselves times it."""
        w = self.w if w is None else w
        x = lambda day: self.x if clock is None else numpy.hstack([self.x, clock[day] * self.x])
        log, score, information = 0.0, 0.0, 0.0
        for _, _, one, each, risks, z in self.sets(beta, ties, w, x):
            total = sum(risks.values())
            first = sum(r * z[i] for i, r in risks.items()) / total
            second = sum(r * numpy.outer(z[i], z[i]) for i, r in risks.items()) / total
            log += w[one] * (z[one] @ beta) - each * numpy.log(total)
            score = score + w[one] * z[one] - each * first
            information = information + each * (second - numpy.outer(first, first))
        return log, score, information

    def fit(self, ties):
        beta = numpy.zeros(self.d)
        for _ in range(50):
            _, score, information = self.likelihood(beta, ties)
            step = numpy.linalg.solve(information, score)
            beta = beta + step
            if max(abs(step)) < 1e-13:
                return beta
        raise SystemExit("no end")

    def robust(self, beta, ties, inverse, clusters):
        """Sum over units of the squared change of beta with the weights."""
        changes = defaultdict(lambda: numpy.zeros(self.d))
        small = 1e-30
        for i, row in enumerate(self.rows):
            # A step in the imaginary direction loses no digits.
            moved = self.w.astype(complex)
            moved[i] += small * 1j
            slope = self.likelihood(beta, ties, moved)[1].imag / small
            unit = row["cluster"] if clusters else i
            changes[unit] += self.w[i] * (inverse @ slope)
        return sum(numpy.outer(c, c) for c in changes.values())

    def hazard(self, beta, ties):
        """Cumulative hazard at the plain means of the columns."""
        moved = self.x - self.x.mean(axis=0)
        sums, last = defaultdict(float), {}
        for stratum, day, _, each, risks, _ in self.sets(beta, ties, self.w, lambda _: moved):
            sums[stratum] += each / sum(risks.values())
            last[(stratum, day)] = sums[stratum]
        return [[stratum, day, value] for (stratum, day), value in sorted(last.items())]

    def concordance(self, beta):
        """Pair by pair."""
        score = [sum(float(b) * v for b, v in zip(beta, r["x"])) for r in self.rows]
        right = wrong = same = 0.0
        for i, one in enumerate(self.rows):
            for j, other in enumerate(self.rows):
                if not one["event"] or i == j or one["stratum"] != other["stratum"]:
                    continue
                after = other["to"] > one["to"] or (
                    other["to"] == one["to"] and not other["event"]
                )
                if not after or other["from"] >= one["to"]:
                    continue
                pair = one["weight"] * other["weight"]
                if one["x"] == other["x"]:
                    same += pair
                elif score[i] > score[j]:
                    right += pair
                else:
                    wrong += pair
        return (right + same / 2) / (right + wrong + same)

    def clock(self):
        """The share who had left before each day, by Kaplan and Meier."""
        still, out = 1.0, {}
        for day in sorted({r["to"] for r in self.rows if r["event"]}):
            out[day] = 1 - still
            n = sum(r["from"] < day <= r["to"] for r in self.rows)
            d = sum(r["event"] and r["to"] == day for r in self.rows)
            still *= 1 - d / n
        return out

    def change_with_time(self, beta, ties, columns):
        doubled = numpy.concatenate([beta, numpy.zeros(self.d)])
        _, score, information = self.likelihood(doubled, ties, clock=self.clock())
        score[: self.d] = 0
        keep = list(range(self.d)) + [self.d + c for c in columns]
        part = information[numpy.ix_(keep, keep)]
        return float(score[keep] @ numpy.linalg.solve(part, score[keep]))


def answers(rows, ties):
    made = Rows(rows)
    beta = made.fit(ties)
    null = made.likelihood(numpy.zeros(made.d), ties)
    log, _, information = made.likelihood(beta, ties)
    inverse = numpy.linalg.inv(information)
    robust = made.robust(beta, ties, inverse, False)
    clustered = made.robust(beta, ties, inverse, True)
    root = lambda m: numpy.sqrt(numpy.diag(m)).tolist()
    return {
        "ties": ties,
        "coef": beta.tolist(),
        "se": root(inverse),
        "robust_se": root(robust),
        "clustered_se": root(clustered),
        "log_likelihood": [float(null[0]), float(log)],
        "score_test": float(null[1] @ numpy.linalg.solve(null[2], null[1])),
        "wald_clustered": float(beta @ numpy.linalg.solve(clustered, beta)),
        "baseline": made.hazard(beta, ties),
        "concordance": made.concordance(beta),
        "change_with_time": [
            made.change_with_time(beta, ties, [c]) for c in range(made.d)
        ]
        + [made.change_with_time(beta, ties, list(range(made.d)))],
    }


def others_agree(name, rows, found):
    """Statsmodels (no weights) and lifelines against the definition."""
    # Rows at risk on no day with a leaving say nothing; statsmodels' robust
    # errors count one of them in on the leaving before its entry.
    days = [day for day, _ in Rows(rows).days()]
    rows = [
        r for r in rows if any(s == r["stratum"] and r["from"] < d <= r["to"] for s, d in days)
    ]
    frame = pandas.DataFrame([{**r, **{f"x{a}": v for a, v in enumerate(r["x"])}} for r in rows])
    columns = [f"x{a}" for a in range(len(rows[0]["x"]))]
    ties = found["ties"]
    # Half a day leaves no doubt who is at risk on the day of an entry.
    frame["entry"] = frame["from"] + 1.5
    frame["exit"] = frame["to"] + 1.0
    if (frame["weight"] == 1).all():
        model = PHReg(
            frame["exit"], frame[columns], status=frame["event"].astype(int),
            entry=frame["entry"], strata=frame["stratum"], ties=ties,
        )
        fit = model.fit(disp=0)
        for a, b in enumerate(found["coef"]):
            agree(fit.params[a], b, 6, f"{name} statsmodels coef")
            agree(fit.bse[a], found["se"][a], 6, f"{name} statsmodels se")
        if ties == "breslow":
            # Its robust errors are of Breslow's likelihood.
            fit = model.fit(disp=0, groups=frame["cluster"])
            for a, s in enumerate(found["clustered_se"]):
                agree(fit.bse[a], s, 6, f"{name} statsmodels clustered")
    if ties == "efron":
        fitter = CoxPHFitter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitter.fit(
                frame[columns + ["exit", "entry", "event", "weight", "stratum"]],
                "exit", "event", entry_col="entry", weights_col="weight", strata=["stratum"],
                fit_options={"precision": 1e-12},
            )
        for a, b in enumerate(found["coef"]):
            agree(fitter.params_.iloc[a], b, 6, f"{name} lifelines coef")
            agree(
                numpy.sqrt(fitter.variance_matrix_.iloc[a, a]), found["se"][a], 6,
                f"{name} lifelines se",
            )


def made_rows(seed, n, late, strata, weighted):
    draw = random.Random(seed)
    rows = []
    while len(rows) < n:
        x = [float(draw.random() < 0.5), round(draw.gauss(40, 9), 1), draw.choice([0.0, 1.0, 2.0])]
        rate = 0.06 * numpy.exp(0.5 * x[0] - 0.02 * (x[1] - 40) + 0.2 * x[2])
        leaves = int(draw.expovariate(rate)) + 1
        ends = draw.randint(6, 24)
        start = draw.choice([-1, -1, 2, 5]) if late else -1
        to = min(leaves, ends)
        if to <= start:
            continue
        rows.append({
            "from": start, "to": to, "event": leaves <= ends,
            "stratum": draw.randrange(3) if strata else 0,
            "weight": draw.choice([0.4, 1.0, 1.7, 2.25]) if weighted else 1.0,
            "cluster": draw.randrange(n // 4), "x": x,
        })
    return rows


def changing_rows(seed, people):
    """Two rows a person where the first column turns from 0 to 1."""
    draw = random.Random(seed)
    rows = []
    for person in range(people):
        age = round(draw.gauss(35, 8), 1)
        turns = draw.randint(1, 15)
        leaves = int(draw.expovariate(0.05)) + 1
        ends = draw.randint(8, 24)
        to, event = min(leaves, ends), leaves <= ends
        common = {"stratum": 0, "weight": 1.0, "cluster": person}
        if turns < to:
            rows.append({"from": -1, "to": turns, "event": False, "x": [0.0, age], **common})
            rows.append({"from": turns, "to": to, "event": event, "x": [1.0, age], **common})
        else:
            rows.append({"from": -1, "to": to, "event": event, "x": [0.0, age], **common})
    return rows


def main():
    cases = [
        ("ties", made_rows(11, 60, False, False, False)),
        ("late entry and strata", made_rows(12, 80, True, True, False)),
        ("weights", made_rows(13, 60, False, False, True)),
        ("weights, late entry and strata", made_rows(14, 80, True, True, True)),
        ("an exposure that begins", changing_rows(15, 60)),
    ]
    out = []
    for name, rows in cases:
        for ties in ("efron", "breslow"):
            found = answers(rows, ties)
            others_agree(name, rows, found)
            out.append({"name": name, "rows": rows, **found})
            print(name, ties, found["coef"])
    text = "[\n" + ",\n".join(json.dumps(row) for row in out) + "\n]\n"
    (HERE / "cox.json").write_text(text)


if __name__ == "__main__":
    main()
