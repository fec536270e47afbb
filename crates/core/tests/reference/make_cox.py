"""Writes the reference values of Cox's model that the tests of `stats::cox`
are held to, beside those of public data sets.

Everything here is computed without staywise and by definition: each risk set
is gone through person by person in 30-digit arithmetic (mpmath); the robust
errors are the change of the coefficients with each person's weight, taken by
differences of the weighted score, not by a formula for residuals. Where they
follow the same convention, statsmodels and lifelines must agree, or the
script stops.

    python3 -m venv venv && venv/bin/pip install statsmodels lifelines mpmath pandas
    venv/bin/python crates/core/tests/reference/make_cox.py

Used: statsmodels 0.15.0, lifelines 0.30.3, mpmath 1.4.1.
"""

import json
import pathlib
import random
import warnings
from collections import defaultdict

import mpmath
import numpy
import pandas
from lifelines import CoxPHFitter
from statsmodels.duration.hazard_regression import PHReg

HERE = pathlib.Path(__file__).parent
mpmath.mp.dps = 30
mpf = mpmath.mpf


def agree(one, other, digits, what):
    one, other = float(one), float(other)
    if abs(one - other) > 10.0**-digits * max(abs(one), abs(other), 1e-3):
        raise SystemExit(f"{what}: two ways disagree: {one!r} and {other!r}")


class Rows:
    """Rows as dicts: from, to, event, stratum, weight, cluster, x (a list)."""

    def __init__(self, rows):
        self.rows = rows
        self.d = len(rows[0]["x"])

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

    def likelihood(self, beta, ties, weights=None, clock=None, spread=True):
        """Log likelihood, score, information; with a `clock` the columns are
        doubled by themselves times it."""
        w = weights or [mpf(r["weight"]) for r in self.rows]
        d = len(beta)
        log, score, information = mpf(0), [mpf(0)] * d, mpmath.zeros(d)
        for (stratum, day), left in self.days():

            def z(i):
                x = [mpf(v) for v in self.rows[i]["x"]]
                return x if clock is None else x + [clock[day] * v for v in x]

            risk_set = self.at_risk(stratum, day)
            each = sum(w[i] for i in left) / len(left)
            for i in left:
                log += w[i] * sum(b * v for b, v in zip(beta, z(i)))
                score = [s + w[i] * v for s, v in zip(score, z(i))]
            for k in range(len(left)):
                total, first = mpf(0), [mpf(0)] * d
                second = mpmath.zeros(d)
                for i in risk_set:
                    x = z(i)
                    r = w[i] * mpmath.exp(sum(b * v for b, v in zip(beta, x)))
                    if ties == "efron" and i in left:
                        r *= 1 - mpf(k) / len(left)
                    total += r
                    for a in range(d):
                        first[a] += r * x[a]
                        for b in range(d if spread else 0):
                            second[a, b] += r * x[a] * x[b]
                log -= each * mpmath.log(total)
                mean = [v / total for v in first]
                score = [s - each * m for s, m in zip(score, mean)]
                for a in range(d):
                    for b in range(d):
                        information[a, b] += each * (second[a, b] / total - mean[a] * mean[b])
        return log, score, information

    def fit(self, ties):
        beta = [mpf(0)] * self.d
        for _ in range(50):
            _, score, information = self.likelihood(beta, ties)
            step = mpmath.lu_solve(information, mpmath.matrix(score))
            beta = [b + s for b, s in zip(beta, step)]
            if max(abs(s) for s in step) < mpf(10) ** -22:
                return beta
        raise SystemExit("no end")

    def robust(self, beta, ties, inverse, clusters):
        """Sum over units of the squared change of beta with the weights."""
        base = [mpf(r["weight"]) for r in self.rows]
        changes = defaultdict(lambda: mpmath.zeros(self.d, 1))
        small = mpf(10) ** -9
        for i, row in enumerate(self.rows):
            ends = []
            for sign in (1, -1):
                moved = list(base)
                moved[i] += sign * small
                ends.append(self.likelihood(beta, ties, moved, spread=False)[1])
            slope = [(a - b) / (2 * small) for a, b in zip(*ends)]
            unit = row["cluster"] if clusters else i
            changes[unit] += base[i] * (inverse * mpmath.matrix(slope))
        total = mpmath.zeros(self.d)
        for change in changes.values():
            total += change * change.T
        return total

    def hazard(self, beta, ties):
        """Cumulative hazard at the plain means of the columns."""
        n = len(self.rows)
        mean = [sum(mpf(r["x"][a]) for r in self.rows) / n for a in range(self.d)]
        out, sums = [], defaultdict(mpf)
        for (stratum, day), left in self.days():
            each = sum(mpf(self.rows[i]["weight"]) for i in left) / len(left)
            for k in range(len(left)):
                total = mpf(0)
                for i in self.at_risk(stratum, day):
                    x = self.rows[i]["x"]
                    score = sum(b * (mpf(v) - m) for b, v, m in zip(beta, x, mean))
                    r = mpf(self.rows[i]["weight"]) * mpmath.exp(score)
                    if ties == "efron" and i in left:
                        r *= 1 - mpf(k) / len(left)
                    total += r
                sums[stratum] += each / total
            out.append([stratum, day, float(sums[stratum])])
        return out

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
        still, out = mpf(1), {}
        for day in sorted({r["to"] for r in self.rows if r["event"]}):
            out[day] = 1 - still
            n = sum(r["from"] < day <= r["to"] for r in self.rows)
            d = sum(r["event"] and r["to"] == day for r in self.rows)
            still *= 1 - mpf(d) / n
        return out

    def change_with_time(self, beta, ties, columns):
        doubled = list(beta) + [mpf(0)] * self.d
        _, score, information = self.likelihood(doubled, ties, clock=self.clock())
        keep = list(range(self.d)) + [self.d + c for c in columns]
        part = mpmath.matrix([[information[a, b] for b in keep] for a in keep])
        ends = mpmath.matrix([0] * self.d + [score[self.d + c] for c in columns])
        return float((ends.T * mpmath.lu_solve(part, ends))[0])


def answers(rows, ties):
    made = Rows(rows)
    beta = made.fit(ties)
    null = made.likelihood([mpf(0)] * made.d, ties)
    log, _, information = made.likelihood(beta, ties)
    inverse = mpmath.inverse(information)
    robust = made.robust(beta, ties, inverse, False)
    clustered = made.robust(beta, ties, inverse, True)
    start = mpmath.matrix(null[1])
    whole = mpmath.matrix(beta)
    root = lambda m: [float(mpmath.sqrt(m[a, a])) for a in range(made.d)]
    return {
        "ties": ties,
        "coef": [float(b) for b in beta],
        "se": root(inverse),
        "robust_se": root(robust),
        "clustered_se": root(clustered),
        "log_likelihood": [float(null[0]), float(log)],
        "score_test": float((start.T * mpmath.lu_solve(null[2], start))[0]),
        "wald_clustered": float((whole.T * mpmath.lu_solve(clustered, whole))[0]),
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
