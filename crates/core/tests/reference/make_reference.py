"""Writes the reference values that the tests of `stats` are held to.

Everything here is computed without staywise: by scipy and statsmodels, with
exact fractions and 50-digit arithmetic (mpmath) beside them, and by lifelines
where it follows the same convention. The script stops if the ways disagree.

    python3 -m venv venv && venv/bin/pip install scipy statsmodels lifelines mpmath
    venv/bin/python crates/core/tests/reference/make_reference.py

Used: scipy 1.17.1, statsmodels 0.15.0, lifelines 0.30.3, mpmath 1.4.1.
"""

import json
import pathlib
import random
import warnings
from fractions import Fraction

import mpmath
import numpy
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from scipy import optimize, stats
from statsmodels.duration.survfunc import SurvfuncRight, survdiff
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

HERE = pathlib.Path(__file__).parent
LEVELS = [0.8, 0.95, 0.99]
mpmath.mp.dps = 50


def agree(one, other, digits=10):
    one, other = float(one), float(other)
    scale = max(abs(one), abs(other))
    if abs(one - other) > 10.0**-digits * scale and scale > 1e-300:
        raise SystemExit(f"two ways disagree: {one!r} and {other!r}")


def normal(level):
    return mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(level))


def wilson(x, n, level):
    z = normal(level)
    p = mpmath.mpf(x) / n
    middle = p + z**2 / (2 * n)
    half = z * mpmath.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    below = 1 + z**2 / n
    # At the ends the limit is 0 or 1 exactly; 50 digits leave a 1e-51.
    lower = mpmath.mpf(0) if x == 0 else (middle - half) / below
    upper = mpmath.mpf(1) if x == n else (middle + half) / below
    return lower, upper


def root(function, near):
    return mpmath.findroot(function, mpmath.mpf(near), tol=1e-40, maxsteps=60)


def clopper_pearson(x, n, level):
    tail = (1 - level) / 2
    lower = stats.beta.ppf(tail, x, n - x + 1) if x > 0 else 0.0
    upper = stats.beta.isf(tail, x + 1, n - x) if x < n else 1.0
    if n <= 300:
        tail = (1 - mpmath.mpf(level)) / 2
        cdf = lambda a, b, v: mpmath.betainc(a, b, 0, v, regularized=True)
        if x > 0:
            exact = root(lambda v: cdf(x, n - x + 1, v) - tail, lower)
            agree(lower, exact, 11)
            lower = exact
        if x < n:
            exact = root(lambda v: cdf(x + 1, n - x, v) - (1 - tail), upper)
            agree(upper, exact, 11)
            upper = exact
    return lower, upper


def proportions():
    counts = [(0, 1), (1, 1), (0, 10), (10, 10), (1, 10), (5, 10), (9, 10), (23, 31)]
    counts += [(0, 20), (1, 29), (15, 148), (81, 263), (237, 1470), (5, 5)]
    counts += [(1, 1_000_000), (15122, 1_500_638), (499_999, 1_000_000), (999_999, 1_000_000)]
    rows = []
    for x, n in counts:
        for level in LEVELS:
            score, exact = wilson(x, n, level), clopper_pearson(x, n, level)
            other = proportion_confint(x, n, alpha=1 - level, method="wilson")
            for mine, theirs in zip(score, other):
                if mine not in (0, 1):
                    agree(mine, theirs, 9)
            other = proportion_confint(x, n, alpha=1 - level, method="beta")
            for mine, theirs in zip(exact, other):
                agree(mine, theirs, 9)
            rows.append(dict(hits=x, n=n, level=level,
                             wilson=list(map(float, score)), clopper_pearson=list(map(float, exact))))
    return rows


def newcombe():
    pairs = [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((6, 7), (2, 7)), ((5, 56), (0, 29)),
             ((0, 10), (0, 20)), ((0, 10), (0, 10)), ((10, 10), (0, 20)), ((10, 10), (0, 10)),
             ((1, 1), (0, 1)), ((1, 1), (1, 1)), ((120, 1000), (7, 31)), ((3, 200_000), (1, 12))]
    rows = []
    for (a, m), (b, n) in pairs:
        for level in LEVELS:
            l1, u1 = wilson(a, m, level)
            l2, u2 = wilson(b, n, level)
            p, q = mpmath.mpf(a) / m, mpmath.mpf(b) / n
            lower = p - q - mpmath.sqrt((p - l1) ** 2 + (u2 - q) ** 2)
            upper = p - q + mpmath.sqrt((u1 - p) ** 2 + (q - l2) ** 2)
            other = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff", alpha=1 - level)
            agree(lower, other[0], 8)
            agree(upper, other[1], 8)
            rows.append(dict(first=[a, m], second=[b, n], level=level, estimate=float(p - q),
                             lower=float(lower), upper=float(upper)))
    return rows


def means():
    rng = random.Random(2026)
    sets = {
        "two": [1, 5],
        "seven": [1, 2, 3, 4, 5, 5, 4],
        "same": [4, 4, 4, 4],
        "negative": [-2, -1, 0, 0, 1, -2, 2],
        "quarters": [Fraction(k, 4) for k in (1, 6, 11, 13, 20, 7, 7, 3)],
        "offset": [1_000_000 + Fraction(k, 1000) for k in (0, 1, 2, 1, 3)],
        "many": [rng.randint(1, 5) for _ in range(30_000)],
        "most": [rng.randint(1, 5) for _ in range(150_000)],
    }
    rows = []
    for name, scores in sets.items():
        n = len(scores)
        total, squares = sum(map(Fraction, scores)), sum(Fraction(s) ** 2 for s in scores)
        variance = (n * squares - total**2) / (n * (n - 1))
        centre = mpmath.mpf(total.numerator) / total.denominator / n
        error = mpmath.sqrt(mpmath.mpf(variance.numerator) / variance.denominator / n)
        for level in LEVELS:
            t = stats.t.isf((1 - level) / 2, n - 1)
            if n < 100:
                freedom = mpmath.mpf(n - 1)
                def below(v):
                    w = freedom / (freedom + v**2)
                    return 1 - mpmath.betainc(freedom / 2, 0.5, 0, w, regularized=True) / 2
                exact = root(lambda v: below(v) - (1 + mpmath.mpf(level)) / 2, t)
                agree(t, exact, 11)
                t = exact
            lower, upper = centre - t * error, centre + t * error
            if name not in ("offset", "same"):
                other = DescrStatsW(numpy.array(list(map(float, scores)))).tconfint_mean(alpha=1 - level)
                agree(lower, other[0], 9)
                agree(upper, other[1], 9)
            rows.append(dict(name=name, n=n, sum=str(int(total * 10**9)), squares=str(int(squares * 10**9)),
                             level=level, estimate=float(centre), lower=float(lower), upper=float(upper)))
    return rows


def poisson():
    rows = []
    for events in [0, 1, 2, 3, 10, 30, 237, 15122, 999_999, 1_000_000, 20_000_000]:
        for level in LEVELS:
            tail = (1 - level) / 2
            lower = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
            upper = stats.chi2.isf(tail, 2 * events + 2) / 2
            if events <= 300:
                exact = (1 - mpmath.mpf(level)) / 2
                if events:
                    found = root(lambda v: mpmath.gammainc(events, 0, v, regularized=True) - exact, lower)
                    agree(lower, found, 11)
                    lower = found
                found = root(lambda v: mpmath.gammainc(events + 1, v, regularized=True) - exact, upper)
                agree(upper, found, 11)
                upper = found
            rows.append(dict(events=events, level=level, lower=float(lower), upper=float(upper)))
    return rows


def at_risk(units, day):
    """Surv(start, stop]: after the entry day, up to and with the exit day; 0 is before day 0."""
    return [u for u in units if (u[0] == 0 or u[0] < day) and u[1] >= day]


def curve(units, level):
    """Kaplan-Meier in exact fractions, Greenwood, log-log limits."""
    survival, variance, rows = Fraction(1), Fraction(0), []
    z = normal(level)
    fewest, seen = len(at_risk(units, 0)), 0
    for day in range(0, max(u[1] for u in units) + 1):
        here = at_risk(units, day)
        n, d = len(here), sum(1 for u in here if u[1] == day and u[2])
        fewest, seen = min(fewest, n), seen + d
        if d:
            survival *= Fraction(n - d, n)
            variance += Fraction(d, n * (n - d)) if n > d else 0
        if not any(u[1] == day for u in units):
            continue
        s = mpmath.mpf(survival.numerator) / survival.denominator
        error = mpmath.sqrt(mpmath.mpf(variance.numerator) / variance.denominator)
        row = dict(day=day, at_risk=n, events=d, survival=float(s))
        if survival == 0:
            row.update(std_err=None, lower=None, upper=None)
        elif seen == 0:
            limits = clopper_pearson(fewest, fewest, level)
            row.update(std_err=0.0, lower=float(limits[0]), upper=1.0)
        else:
            power = mpmath.exp(z * error / abs(mpmath.log(s)))
            row.update(std_err=float(s * error), lower=float(s**power), upper=float(s ** (1 / power)))
        rows.append(row)
    return rows


def by_others(units, rows, level):
    """The same curve by statsmodels (same convention) and, without late entry, by lifelines."""
    time, status = [u[1] for u in units], [u[2] for u in units]
    entry = [u[0] for u in units]
    if any(entry):
        # Everything a day later, so that entry at 0 comes before day 0.
        later = numpy.array([e + 1 if e else 0 for e in entry])
        fitted = SurvfuncRight(numpy.array(time) + 1, numpy.array(status).astype(int), entry=later)
        found = {int(t) - 1: (s, e, n) for t, s, e, n in
                 zip(fitted.surv_times, fitted.surv_prob, fitted.surv_prob_se, fitted.n_risk)}
        for row in rows:
            if row["events"]:
                agree(found[row["day"]][0], row["survival"], 9)
                agree(found[row["day"]][2], row["at_risk"], 9)
                if row["std_err"] is not None:
                    agree(found[row["day"]][1], row["std_err"], 9)
        return "statsmodels"
    fitter = KaplanMeierFitter(alpha=1 - level)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter.fit(time, status)
    limits = fitter.confidence_interval_survival_function_
    for row in rows:
        agree(fitter.survival_function_at_times(row["day"]).iloc[0], row["survival"], 9)
        if row["std_err"]:
            agree(limits.loc[row["day"]].iloc[0], row["lower"], 9)
            agree(limits.loc[row["day"]].iloc[1], row["upper"], 9)
    return "lifelines"


def made_up(seed, size, late):
    rng = random.Random(seed)
    units = []
    while len(units) < size:
        leave, end = int(rng.expovariate(1 / 500)), rng.randint(30, 900)
        entry = rng.randint(1, 400) if rng.random() < late else 0
        stop = min(leave, end)
        if stop > entry or entry == 0:
            units.append([entry, stop, leave <= end])
    return units


def survival():
    sets = {
        "ties": [[0, 0, True], [0, 0, False], [0, 3, True], [0, 3, True], [0, 3, False], [0, 7, True],
                 [0, 7, False], [0, 9, False], [0, 12, True], [0, 15, False]],
        "everyone left": [[0, 5, True], [0, 8, True], [0, 8, True], [0, 20, True]],
        "all censored": [[0, 40, False], [0, 90, False], [0, 365, False], [0, 365, False]],
        "one who stayed": [[0, 10, False]],
        "one who left": [[0, 10, True]],
        "entry on an event's day": [[0, 5, True], [0, 9, True], [0, 20, False], [5, 9, True], [5, 30, False],
                                    [9, 30, True], [0, 30, False]],
        "late entry": made_up(7, 120, 0.4),
        "no late entry": made_up(8, 200, 0.0),
        "large": made_up(9, 1000, 0.25),
    }
    rows = []
    for name, units in sets.items():
        curves = []
        for level in LEVELS[1:] if len(units) > 20 else LEVELS:
            steps = curve(units, level)
            print(" ", name, level, "agrees with", by_others(units, steps, level))
            curves.append(dict(level=level, steps=steps[:: max(1, len(steps) // 40)]))
        rows.append(dict(name=name, units=units, curves=curves))
    return rows


def log_rank_exactly(groups):
    """Observed, expected and chi-square in exact fractions."""
    k = len(groups)
    seen, hoped = [0] * k, [Fraction(0)] * k
    spread = [[Fraction(0)] * k for _ in range(k)]
    for day in sorted({u[1] for g in groups for u in g if u[2]}):
        risk = [len(at_risk(g, day)) for g in groups]
        left = [sum(1 for u in at_risk(g, day) if u[1] == day and u[2]) for g in groups]
        n, d = sum(risk), sum(left)
        if d == 0:
            continue
        for i in range(k):
            seen[i] += left[i]
            hoped[i] += Fraction(d * risk[i], n)
            for j in range(k):
                if n > 1:
                    part = Fraction(risk[i], n) * ((i == j) - Fraction(risk[j], n))
                    spread[i][j] += Fraction(d * (n - d), n - 1) * part
    used = [i for i in range(k) if hoped[i] > 0][:-1]
    real = lambda f: mpmath.mpf(f.numerator) / f.denominator
    gaps = mpmath.matrix([real(seen[i] - hoped[i]) for i in used])
    inner = mpmath.matrix([[real(spread[i][j]) for j in used] for i in used])
    chi_square = (gaps.T * mpmath.lu_solve(inner, gaps))[0]
    p = mpmath.gammainc(mpmath.mpf(len(used)) / 2, chi_square / 2, regularized=True)
    return dict(chi_square=float(chi_square), degrees_of_freedom=len(used), p=float(p),
                observed=seen, expected=[float(h) for h in hoped])


def log_rank():
    split = lambda units, k: [units[i::k] for i in range(k)]
    sets = {
        "two": split(made_up(1, 150, 0.0), 2),
        "three": split(made_up(2, 200, 0.0), 3),
        "two, late entry": split(made_up(3, 150, 0.5), 2),
        "four, late entry": split(made_up(4, 240, 0.3), 4),
        "far apart": [[[0, d, True] for d in range(1, 41)], [[0, d, False] for d in range(60, 100)]],
        "ties": [[[0, 3, True]] * 4 + [[0, 5, False]] * 3, [[0, 3, True]] + [[0, 5, True]] * 2 + [[0, 9, False]]],
        "one never at risk": split(made_up(5, 60, 0.0), 2) + [[[0, 0, False]]],
    }
    rows = []
    for name, groups in sets.items():
        found = log_rank_exactly(groups)
        flat = [(i, u) for i, g in enumerate(groups) for u in g]
        names = numpy.array([i for i, _ in flat])
        time, status, entry = (numpy.array([u[c] for _, u in flat]) for c in (1, 2, 0))
        late = bool(entry.any())
        if name != "one never at risk":
            if late:
                other = survdiff(time, status.astype(int), names, entry=entry)
            else:
                test = multivariate_logrank_test(time, names, status)
                other = (test.test_statistic, test.p_value)
                agree(survdiff(time, status.astype(int), names)[0], found["chi_square"], 9)
            agree(other[0], found["chi_square"], 9)
            agree(other[1], found["p"], 8)
        rows.append(dict(name=name, groups=groups, **found))
    return rows


def coverage():
    rows = []
    for n in (10, 20, 50, 100, 200, 500):
        x = numpy.arange(n + 1)
        lower, upper = proportion_confint(x, n, alpha=0.05, method="wilson")
        for k in range(1, 20):
            p = k / 20
            inside = (lower <= p) & (p <= upper)
            rows.append(dict(n=n, p=p, coverage=float(stats.binom.pmf(x, n, p)[inside].sum())))
    return rows


def newcombe_p():
    """1 less the level at which Newcombe's interval just touches 0, by bisection at 50 digits
    and by scipy's brentq over statsmodels' limits."""
    pairs = [((56, 70), (48, 80)), ((48, 80), (56, 70)), ((9, 10), (3, 10)), ((6, 7), (2, 7)),
             ((5, 56), (0, 29)), ((0, 10), (20, 20)), ((10, 10), (0, 10)), ((1, 1), (0, 1)),
             ((10, 10), (19, 20)), ((0, 400), (9, 31)), ((120, 1000), (7, 31)),
             ((3, 200_000), (1, 12)), ((500_000, 1_000_000), (501_000, 1_000_000)),
             ((700, 1000), (300, 1000)), ((12, 15), (14, 15)), ((333, 1000), (334, 1000)),
             ((1, 1000), (0, 1000))]
    rows = []
    for (a, m), (b, n) in pairs:
        flip = Fraction(a, m) < Fraction(b, n)
        (x, k), (y, l) = ((b, n), (a, m)) if flip else ((a, m), (b, n))
        p, q = mpmath.mpf(x) / k, mpmath.mpf(y) / l

        def nearest_0(z):
            below = lambda h, t: (2 * h * mpmath.mpf(h) / t) / (
                2 * h + z**2 + z * mpmath.sqrt(z**2 + 4 * h * (1 - mpmath.mpf(h) / t)))
            return p - q - mpmath.sqrt((p - below(x, k)) ** 2 + (1 - below(l - y, l) - q) ** 2)

        low, high = mpmath.mpf(0), mpmath.mpf(100)
        for _ in range(170):
            middle = (low + high) / 2
            low, high = (middle, high) if nearest_0(middle) > 0 else (low, middle)
        found = mpmath.erfc(low / mpmath.sqrt(2))
        if found > 1e-12:
            limit = lambda alpha: confint_proportions_2indep(
                x, k, y, l, method="newcomb", compare="diff", alpha=alpha)[0]
            agree(optimize.brentq(limit, found * 0.5, min(1 - 1e-12, found * 1.5), xtol=1e-16, rtol=1e-14), found, 8)
        rows.append(dict(first=[a, m], second=[b, n], p=float(found)))
    return rows


def holm():
    rng = random.Random(2026)
    families = [[0.01, 0.04, 0.03, 0.005], [0.5], [], [0.02, 0.02, 0.02], [1.0, 1.0], [0.0, 0.9, 0.6],
                [rng.random() ** 4 for _ in range(40)]]
    return [dict(family=family, adjusted=list(map(float, multipletests(family, method="holm")[1])) if family else [])
            for family in families]


def funnel():
    """Spiegelhalter (2005), appendix A.1.1: the smallest r with P(R <= r) above p, less the share
    of its own chance that lies beyond p; by scipy, and with exact sums at the smaller bases."""
    rows = []
    for share in (0.02, 0.5, 0.672, 0.97, float(Fraction(1, 3))):
        for base in (1, 2, 10, 12, 31, 100, 450, 12_345, 1_000_000):
            limits = []
            for chance in (0.025, 0.975, 0.001, 0.999):
                r = int(stats.binom.ppf(chance, base, share))
                while stats.binom.cdf(r, base, share) <= chance:
                    r += 1
                while r and stats.binom.cdf(r - 1, base, share) > chance:
                    r -= 1
                found = (r - (stats.binom.cdf(r, base, share) - chance) / stats.binom.pmf(r, base, share)) / base
                if base <= 450:
                    s, below, here = mpmath.mpf(share), mpmath.mpf(0), mpmath.mpf(0)
                    for hits in range(base + 1):
                        here = mpmath.binomial(base, hits) * s**hits * (1 - s) ** (base - hits)
                        if below + here > chance:
                            break
                        below += here
                    exact = (hits - (below + here - mpmath.mpf(chance)) / here) / base
                    if 0 < exact < 1:
                        agree(found, exact, 9)
                    found = exact
                limits.append(min(1.0, max(0.0, float(found))))
            rows.append(dict(share=share, base=base, inner=limits[:2], outer=limits[2:]))
    return rows


for made in (proportions, newcombe, newcombe_p, holm, funnel, means, poisson, survival, log_rank, coverage):
    rows = made()
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / f"{made.__name__}.json").write_text(f"[\n{text}\n]\n")
    print(made.__name__, len(rows))
