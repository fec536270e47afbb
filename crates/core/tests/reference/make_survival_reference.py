"""Writes the reference values that curves, causes, states and hours are held to.

Everything here is computed without staywise and another way than it goes: exact
fractions, sums written out as in the books instead of recursions, 50-digit
arithmetic (mpmath), with lifelines, statsmodels and scipy beside them where
they follow the same convention, and the bootstrap beside variances. The script
stops if the ways disagree.

    python3 -m venv venv && venv/bin/pip install scipy statsmodels lifelines mpmath
    venv/bin/python crates/core/tests/reference/make_survival_reference.py

Used: scipy 1.17.1, statsmodels 0.15.0, lifelines 0.30.3, mpmath 1.4.1.
"""

import json
import pathlib
import random
import warnings
from fractions import Fraction

import mpmath
import numpy
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from scipy import stats
from statsmodels.duration.survfunc import survdiff

HERE = pathlib.Path(__file__).parent
LEVEL = 0.95
mpmath.mp.dps = 50
Z = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(LEVEL))


def agree(one, other, digits=10):
    one, other = float(one), float(other)
    scale = max(abs(one), abs(other))
    if abs(one - other) > 10.0**-digits * scale and scale > 1e-300:
        raise SystemExit(f"two ways disagree: {one!r} and {other!r}")


def real(f):
    return mpmath.mpf(f.numerator) / f.denominator if isinstance(f, Fraction) else mpmath.mpf(f)


def made_up(seed, n, late, causes=1, last=400):
    """Units of entry, exit, and the cause (1 up, 0 for none)."""
    rng = random.Random(seed)
    units = []
    while len(units) < n:
        entry = rng.randint(1, 120) if rng.random() < late else 0
        exit = rng.randint(1, last)
        cause = 0 if rng.random() < 0.45 else 1 + min(causes - 1, int(rng.random() ** 1.5 * causes))
        if exit > entry:
            units.append([entry, exit, cause])
    return units


def at_risk(units, day):
    return sum(1 for e, x, _ in units if x >= day and (e < day or e == 0))


def event_days(units):
    return sorted({x for _, x, c in units if c})


def gone(units, day, cause=None):
    return sum(1 for _, x, c in units if x == day and c and (cause is None or c == cause))


# ---- the beta product interval

def beta_shapes(factors):
    mean, square = mpmath.mpf(1), mpmath.mpf(1)
    for a, b in factors:
        a, b = mpmath.mpf(a), mpmath.mpf(b)
        mean *= a / (a + b)
        square *= a * (a + 1) / ((a + b) * (a + b + 1))
    a = (mean - square) * mean / (square - mean**2)
    return a, a * (1 - mean) / mean


def beta_limit(factors, p):
    a, b = beta_shapes(factors)
    start = stats.beta.ppf(float(p), float(a), float(b))
    cdf = lambda x: mpmath.betainc(a, b, 0, x, regularized=True) - p
    near = mpmath.mpf(min(start, 1 - start)) / 10**6
    exact = mpmath.findroot(cdf, (start - near, start + near), solver="anderson", tol=1e-40)
    agree(start, exact, 7)
    return exact


def beta_product():
    sets = {
        "the four of the package's notes": [[0, t, 1] for t in (3, 7, 8, 14)],
        "eight leavers of sixty": [u for u in made_up(3, 60, 0.0)],
        "late": made_up(4, 50, 0.4),
        "ties": [[0, 5, 1]] * 4 + [[0, 5, 0]] * 2 + [[0, 9, 1]] * 3 + [[0, 12, 0]] * 5,
        "one of many": [[0, 100, 1]] + [[0, 365, 0]] * 2_000,
    }
    tail = (1 - mpmath.mpf(LEVEL)) / 2
    rows = []
    for name, units in sets.items():
        days = event_days(units)
        points, worst = [], 0.0
        for day in days[:: max(1, len(days) // 8)] + [days[-1], days[-1] + 1]:
            past = [t for t in days if t <= day]
            factors = [(at_risk(units, t) - gone(units, t) + 1, gone(units, t)) for t in past]
            # Those who came through the last day with events, or the fewest at risk on any day since.
            after = min([at_risk(units, past[-1]) - gone(units, past[-1])]
                        + [at_risk(units, t) for t in range(past[-1] + 1, day + 1)])
            upper = beta_limit(factors, 1 - tail)
            lower = beta_limit(factors + [(after, 1)], tail) if after else mpmath.mpf(0)
            if len(past) == 1 and past[0] and after == at_risk(units, past[0]) - 1 and gone(units, past[0]) == 1:
                # One event and no end of follow-up: Clopper and Pearson's.
                n = at_risk(units, past[0])
                agree(lower, stats.beta.ppf(0.025, n - 1, 2), 9)
                agree(upper, stats.beta.ppf(0.975, n, 1), 9)
            draws = numpy.random.default_rng(7)
            product = numpy.prod([draws.beta(a, b, 400_000) for a, b in factors], axis=0)
            apart = abs(numpy.quantile(product, 0.975) - float(upper))
            worst = max(worst, apart)
            points.append([day, float(lower), float(upper)])
        print(" ", name, "upper limits by two moments and by draws are apart by at most", worst)
        if worst > 0.02:
            raise SystemExit("two moments are too few")
        rows.append(dict(name=name, units=[[e, x, bool(c)] for e, x, c in units], points=points))
    return rows


# ---- the restricted mean

def mean_exactly(units, horizon):
    steps = [(t, Fraction(gone(units, t), at_risk(units, t)), at_risk(units, t)) for t in event_days(units) if t < horizon]
    still, curve = Fraction(1), []
    for t, h, n in steps:
        still *= 1 - h
        curve.append((t, still, h, n))
    days = [t for t, *_ in curve] + [horizon]
    area = lambda i: sum(curve[j][1] * (days[j + 1] - days[j]) for j in range(i, len(curve)))
    mean = days[0] + area(0)
    variance = sum(area(i) ** 2 * h / (n * (1 - h)) for i, (_, _, h, n) in enumerate(curve) if h < 1)
    return mean, mpmath.sqrt(real(variance))


def restricted_mean():
    rows = []
    pairs = {"plain": (made_up(11, 80, 0.0), made_up(12, 60, 0.0)),
             "late": (made_up(13, 90, 0.4), made_up(14, 70, 0.3))}
    for name, groups in pairs.items():
        for horizon in (60, 183, 365):
            found = [mean_exactly(units, horizon) for units in groups]
            if name == "plain":
                for units, (mean, error) in zip(groups, found):
                    kmf = KaplanMeierFitter().fit([u[1] for u in units], [u[2] > 0 for u in units])
                    agree(restricted_mean_survival_time(kmf, t=horizon), real(mean), 8)
            error = mpmath.sqrt(found[0][1] ** 2 + found[1][1] ** 2)
            gap = real(found[0][0] - found[1][0])
            # The delta method's error of the logarithm of the time lost.
            lost = [(horizon - real(m), s) for m, s in found]
            ends = [[float(horizon - mpmath.exp(mpmath.log(t) + side * Z * s / t)) for side in (1, -1)] for t, s in lost]
            rows.append(dict(name=name, horizon=horizon,
                             groups=[[[e, x, bool(c)] for e, x, c in units] for units in groups],
                             means=[float(m) for m, _ in found], limits=ends, errors=[float(s) for _, s in found],
                             difference=float(gap), difference_error=float(error),
                             lower=float(gap - Z * error), upper=float(gap + Z * error)))
    return rows


# ---- log-rank in strata and with weights

def log_rank_parts(groups, rho):
    """Gaps and their covariance of one stratum, in fractions."""
    k = len(groups)
    everyone = [u for g in groups for u in g]
    gaps, spread, still = [Fraction(0)] * k, [[Fraction(0)] * k for _ in range(k)], Fraction(1)
    for day in event_days(everyone):
        risk, left = [at_risk(g, day) for g in groups], [gone(g, day) for g in groups]
        n, d = sum(risk), sum(left)
        w = still**rho
        for i in range(k):
            gaps[i] += w * (left[i] - Fraction(d * risk[i], n))
            for j in range(k):
                if n > 1:
                    part = Fraction(risk[i], n) * ((i == j) - Fraction(risk[j], n))
                    spread[i][j] += w * w * Fraction(d * (n - d), n - 1) * part
        still *= 1 - Fraction(d, n)
    return gaps, spread


def weighted_log_rank():
    rows = []
    for name, k, late, strata in (("one stratum", 2, 0.0, 1), ("two strata", 2, 0.0, 2),
                                  ("three groups, three strata", 3, 0.0, 3), ("late, two strata", 2, 0.4, 2)):
        units = made_up(20 + k + strata, 120 * strata, late)
        for rho in (0, 1):
            tables = [[units[s * k + i :: k * strata] for i in range(k)] for s in range(strata)]
            parts = [log_rank_parts(groups, rho) for groups in tables]
            gaps = mpmath.matrix([real(sum(p[0][i] for p in parts)) for i in range(k - 1)])
            inner = mpmath.matrix([[real(sum(p[1][i][j] for p in parts)) for j in range(k - 1)] for i in range(k - 1)])
            chi_square = (gaps.T * mpmath.lu_solve(inner, gaps))[0]
            p = mpmath.gammainc(mpmath.mpf(k - 1) / 2, chi_square / 2, regularized=True)
            flat = [(i, s, u) for s, groups in enumerate(tables) for i, g in enumerate(groups) for u in g]
            column = lambda f: numpy.array([f(row) for row in flat])
            if not late:
                kind = dict(weight_type="fh", fh_p=1) if rho else {}
                other = survdiff(column(lambda r: r[2][1]), column(lambda r: int(r[2][2] > 0)), column(lambda r: r[0]),
                                 strata=column(lambda r: r[1]) if strata > 1 else None, **kind)
                agree(other[0], chi_square, 9)
            rows.append(dict(name=name, rho=rho, chi_square=float(chi_square), p=float(p),
                             strata=[[[[e, x, bool(c)] for e, x, c in g] for g in groups] for groups in tables]))
    return rows


# ---- competing risks

def incidence_exactly(units, cause, day):
    """The estimate in fractions and the delta method's variance, its three sums written out (Marubini
    and Valsecchi 1995, 10.2)."""
    days = [t for t in event_days(units) if t <= day]
    still, total, terms = Fraction(1), Fraction(0), []
    for t in days:
        n, d, mine = at_risk(units, t), gone(units, t), gone(units, t, cause)
        total += still * Fraction(mine, n)
        terms.append((n, d, mine, still, total))
        still *= 1 - Fraction(d, n)
    variance = Fraction(0)
    for n, d, mine, before, so_far in terms:
        rest = total - so_far
        if d < n:
            variance += rest**2 * Fraction(d, n * (n - d))
        variance += before**2 * Fraction(mine * (n - mine), n**3)
        variance -= 2 * rest * before * Fraction(mine, n**2)
    return total, variance


def log_log_of_the_rest(total, variance):
    rest, error = 1 - real(total), mpmath.sqrt(real(variance))
    power = mpmath.exp(Z * error / (rest * abs(mpmath.log(rest))))
    return 1 - rest ** (1 / power), 1 - rest**power


def competing():
    rng = numpy.random.default_rng(2026)
    rows = []
    for name, seed, n, late, last in (("no ties", 31, 60, 0.0, 100_000), ("ties", 32, 150, 0.0, 60),
                                      ("late", 33, 150, 0.4, 300), ("nobody last followed", 34, 40, 0.0, 50)):
        units = made_up(seed, n, late, causes=3, last=last)
        if name == "nobody last followed":
            units = [[e, x, c or 1] for e, x, c in units]
        days = event_days(units)
        points = []
        for day in days[:: max(1, len(days) // 6)] + [days[-1]]:
            causes = []
            for cause in (1, 2, 3):
                total, variance = incidence_exactly(units, cause, day)
                if name == "no ties":
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        fitted = AalenJohansenFitter(calculate_variance=True).fit(
                            [u[1] for u in units], [u[2] for u in units], event_of_interest=cause)
                    agree(fitted.predict(day), total, 9) if total else None
                limits = log_log_of_the_rest(total, variance) if 0 < total < 1 else None
                causes.append([float(total), float(mpmath.sqrt(real(variance))), [float(x) for x in limits] if limits else None])
            points.append([day, causes])
        if name == "nobody last followed":
            for k, (total, error, _) in enumerate(points[2][1]):
                # Without ends of follow-up it is the binomial variance.
                agree(error, (total * (1 - total) / n) ** 0.5, 9)
        day = days[len(days) // 2]
        table = numpy.array(units)
        draws = []
        for _ in range(3_000):
            again = table[rng.integers(0, len(table), len(table))].tolist()
            total, still = 0.0, 1.0
            e, x, c = (numpy.array([u[i] for u in again]) for i in range(3))
            for t in numpy.unique(x[(c > 0) & (x <= day)]):
                here = ((x >= t) & ((e < t) | (e == 0))).sum()
                total += still * ((x == t) & (c == 1)).sum() / here
                still *= 1 - ((x == t) & (c > 0)).sum() / here
            draws.append(total)
        error = mpmath.sqrt(real(incidence_exactly(units, 1, day)[1]))
        print(" ", name, "error", float(error), "bootstrap", numpy.std(draws))
        agree(numpy.std(draws), error, 1)
        rows.append(dict(name=name, units=units, points=points))
    return rows


# ---- states

FINAL = [False, False, False, False, True]


def paths_made_up(seed, n, late):
    """Paths through 0 the same post, 1 moved within, 2 bank only, 3 elsewhere, 4 left (for good)."""
    rng = random.Random(seed)
    paths = []
    while len(paths) < n:
        entry = rng.randint(1, 60) if rng.random() < late else 0
        last = rng.randint(entry + 5, 300)
        state, day, moves = 0, entry, []
        while True:
            day += rng.randint(1, 150)
            if day > last:
                break
            state = rng.choice([s for s in range(5) if s != state])
            moves.append([day, state])
            if FINAL[state]:
                last = day
                break
        paths.append(dict(entry=entry, first=0, moves=moves, last=last))
    return paths


def state_before(path, day):
    """The state in which it is at risk on a day, or none."""
    if not (path["last"] >= day and (path["entry"] < day or path["entry"] == 0)):
        return None
    state = path["first"]
    for at, to in path["moves"]:
        if at < day:
            state = to
    return state


def occupation_exactly(paths, day, number=Fraction):
    """Shares by the product of the days' matrices, and the covariance as the sum over days and states
    of each day's multinomial covariance carried to the end by the product of the later matrices."""
    size = 5
    days = sorted({at for p in paths for at, _ in p["moves"] if at <= day})
    matrices, risks = [], []
    for t in days:
        risk, moved = [0] * size, [[0] * size for _ in range(size)]
        for p in paths:
            state = state_before(p, t)
            if state is None or FINAL[state]:
                continue
            risk[state] += 1
            for at, to in p["moves"]:
                if at == t:
                    moved[state][to] += 1
        one = [[number(int(i == j)) for j in range(size)] for i in range(size)]
        for i in range(size):
            if sum(moved[i]):
                for j in range(size):
                    one[i][j] = number(moved[i][j]) / risk[i]
                one[i][i] = number(risk[i] - sum(moved[i])) / risk[i]
        matrices.append(one)
        risks.append(risk)
    times = lambda a, b: [[sum(x * b[k][j] for k, x in enumerate(row) if x) for j in range(size)] for row in a]
    later = [[number(int(i == j)) for j in range(size)] for i in range(size)]
    carried = [None] * len(days)
    for k in reversed(range(len(days))):
        carried[k] = later
        later = times(matrices[k], later)
    shares = [[number(1)] + [number(0)] * 4]
    variance = [number(0)] * size
    for one, risk, then in zip(matrices, risks, carried):
        for h in range(size):
            if not risk[h] or one[h][h] == 1:
                continue
            for s in range(size):
                mean = sum(one[h][i] * then[i][s] for i in range(size))
                second = sum(one[h][i] * then[i][s] ** 2 for i in range(size))
                variance[s] += shares[0][h] ** 2 * (second - mean**2) / risk[h]
        shares = times(shares, one)
    return shares[0], variance


def states():
    rng = random.Random(5)
    rows = []
    for name, seed, n, late in (("plain", 41, 60, 0.0), ("late", 42, 70, 0.4)):
        paths = paths_made_up(seed, n, late)
        points = []
        for day in (5, 40, 91, 183, 250):
            shares, variance = occupation_exactly(paths, day, lambda x: mpmath.mpf(x))
            assert abs(sum(shares) - 1) < 1e-30
            found = []
            for state, (share, spread) in enumerate(zip(shares, variance)):
                limits = None
                if 0 < share < 1 and spread > 0:
                    if state == 0:
                        low, high = log_log_of_the_rest(1 - share, spread)
                        limits = [float(1 - high), float(1 - low)]
                    else:
                        limits = [float(x) for x in log_log_of_the_rest(share, spread)]
                found.append([float(share), float(mpmath.sqrt(spread)), limits])
            points.append([day, found])
        draws = []
        for _ in range(400):
            again = [rng.choice(paths) for _ in paths]
            draws.append([float(x) for x in occupation_exactly(again, 183, float)[0]])
        errors = [state[1] for state in points[3][1]]
        print(" ", name, "errors", errors, "bootstrap", numpy.std(draws, axis=0).tolist())
        for error, other in zip(errors, numpy.std(draws, axis=0)):
            if abs(error / other - 1) > 0.2:
                raise SystemExit("the variance is not the bootstrap's")
        rows.append(dict(name=name, paths=paths, points=points))
    return rows


# ---- rates by month, the step, hours

def leaving():
    rows = []
    for name, units in {"plain": made_up(51, 90, 0.0), "late": made_up(52, 90, 0.5),
                        "day 0": [[0, 0, 1], [0, 0, 0], [0, 40, 1], [35, 70, 0]]}.items():
        month = lambda m: (m * 365 + 6) // 12

        def time(after, until):
            days = sum(1 for e, x, _ in units for t in range(max(e, after) + 1, min(x, until) + 1))
            events = sum(1 for _, x, c in units if c and (after < x or (x == 0 and after == 0)) and x <= until)
            return events, days

        found = []
        for m in range(1, 15):
            events, days = time(month(m - 1), month(m))
            if days:
                per = Fraction(days * 12, 365 * 100)
                lower = stats.gamma.ppf(0.025, events) / float(per) if events else 0.0
                found.append([m, events, days, float(events / per), lower, stats.gamma.ppf(0.975, events + 1) / float(per)])
        steps = []
        for day, width in ((183, 3), (183, 6), (91, 6), (30, 1)):
            (b, bd), (a, ad) = time(max(0, day - month(width)), day), time(day, day + month(width))
            ratio = None
            if b and a and ad and bd:
                low, high = stats.beta.ppf(0.025, a, b + 1), stats.beta.ppf(0.975, a + 1, b)
                ratio = [a / ad / (b / bd), low / (1 - low) * bd / ad, high / (1 - high) * bd / ad]
                # That limit is the ratio at which as many after or more have a chance of 2.5%.
                at = lambda r: stats.binom.sf(a - 1, a + b, r * ad / (r * ad + bd))
                agree(at(ratio[1]), 0.025, 8)
                agree(stats.binom.cdf(a, a + b, ratio[2] * ad / (ratio[2] * ad + bd)), 0.025, 8)
            steps.append([day, width, b, bd, a, ad, ratio])
        rows.append(dict(name=name, units=[[e, x, bool(c)] for e, x, c in units], months=found, steps=steps))
    return rows


def hours():
    rng = random.Random(61)
    rows = []
    for name, people in {
        "mixed": [[rng.choice([1000, 1000, 800, 600, 533, 400, 200]), rng.random() < 0.75] for _ in range(40)],
        "equal": [[1000, i % 4 > 0] for i in range(20)],
        "the part-time go": [[1000, True]] * 15 + [[400, False]] * 10 + [[400, True]] * 5,
        "a small one goes": [[1000, True]] * 12 + [[100, False]],
        "all stayed": [[1000, True]] * 6 + [[500, True]] * 6,
        "all left": [[1000, False]] * 3 + [[500, False]] * 2,
        "one": [[600, True]],
    }.items():
        n, total = len(people), sum(w for w, _ in people)
        share = Fraction(sum(w for w, y in people if y), total)
        kish = Fraction(total**2, sum(w * w for w, _ in people))
        size, error = kish, None
        if 0 < share < 1 and n > 1:
            influence = [Fraction(w) * (int(y) - share) / total for w, y in people]
            assert sum(influence) == 0
            variance = Fraction(n, n - 1) * sum(i * i for i in influence)
            size, error = min(kish, share * (1 - share) / variance), mpmath.sqrt(real(variance))
            # The jackknife says nearly the same.
            without = [Fraction(sum(v for v, z in people if z) - w * y, total - w) for w, y in people]
            mean = sum(without) / n
            print(" ", name, float(error), "jackknife", float(mpmath.sqrt(real(Fraction(n - 1, n) * sum((x - mean) ** 2 for x in without)))))
        p, m = real(share), real(size)
        middle, half = p + Z**2 / (2 * m), Z * mpmath.sqrt(p * (1 - p) / m + Z**2 / (4 * m**2))
        below = 1 + Z**2 / m
        rows.append(dict(name=name, people=people, estimate=float(share), n_effective=float(size),
                         std_err=None if error is None else float(error),
                         lower=0.0 if share == 0 else float((middle - half) / below),
                         upper=1.0 if share == 1 else float((middle + half) / below)))
    return rows


for made in (beta_product, restricted_mean, weighted_log_rank, competing, states, leaving, hours):
    rows = made()
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / f"{made.__name__}.json").write_text(f"[\n{text}\n]\n")
    print(made.__name__, len(rows))
