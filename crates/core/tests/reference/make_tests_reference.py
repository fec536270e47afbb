"""Writes the reference values that the tests of comparisons are held to.

Everything here is computed without staywise: by scipy and statsmodels, and
with exact fractions or 50-digit arithmetic (mpmath) from the formula. The
script stops if the ways disagree.

    python3 -m venv venv && venv/bin/pip install scipy statsmodels mpmath
    venv/bin/python crates/core/tests/reference/make_tests_reference.py [name ...]

Used: scipy 1.17.1, statsmodels 0.15.0, mpmath 1.4.1.
"""

import json
import math
import pathlib
import random
import sys
import warnings
from fractions import Fraction

import mpmath
import numpy
from scipy import integrate, optimize, special, stats
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2
from statsmodels.stats.contingency_tables import mcnemar as other_mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep

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


def halve(inside, outside, holds, steps=150):
    inside, outside = mpmath.mpf(inside), mpmath.mpf(outside)
    for _ in range(steps):
        middle = (inside + outside) / 2
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return (inside + outside) / 2


def constrained(x, m, y, n, gap):
    """Miettinen and Nurminen's closed form for the second share given the difference
    (the appendix's cubic, by its trigonometric root)."""
    total = m + n
    l3, l2 = mpmath.mpf(total), (m + 2 * n) * gap - total - x - y
    l1 = (n * gap - total - 2 * y) * gap + x + y
    l0 = y * gap * (1 - gap)
    v = l2**3 / (3 * l3) ** 3 - l1 * l2 / (6 * l3**2) + l0 / (2 * l3)
    u = mpmath.sqrt(max(mpmath.mpf(0), l2**2 / (3 * l3) ** 2 - l1 / (3 * l3)))
    u = u if v > 0 else -u
    if u == 0:
        q = -l2 / (3 * l3)
    else:
        q = 2 * u * mpmath.cos((mpmath.pi + mpmath.acos(max(-1, min(1, v / u**3)))) / 3) - l2 / (3 * l3)
    return q


def score_difference(x, m, y, n, level):
    z = normal(level)

    def highest(x, m, y, n):
        d = mpmath.mpf(x) / m - mpmath.mpf(y) / n

        def held(gap):
            q = min(mpmath.mpf(1), max(mpmath.mpf(0), constrained(x, m, y, n, gap)))
            p = min(mpmath.mpf(1), max(mpmath.mpf(0), q + gap))
            variance = (p * (1 - p) / m + q * (1 - q) / n) * mpmath.mpf(m + n) / (m + n - 1)
            return (d - gap) ** 2 <= z**2 * variance

        return mpmath.mpf(1) if d == 1 else halve(d, 1, held)

    return -highest(y, n, x, m), highest(x, m, y, n)


def by_search(x, m, y, n, ends, level):
    """At both limits the score test is at its edge, with the likeliest shares found by search.
    (statsmodels' score interval of a difference does not take the likeliest shares there: at
    56/70 and 48/80 with a difference of 0.1 it has 0.6447 where the likelihood peaks at 0.6515.)"""
    for gap in map(float, ends):
        against = lambda q: -(x * math.log(q + gap) + (m - x) * math.log(1 - q - gap)
                              + y * math.log(q) + (n - y) * math.log(1 - q))
        low, high = max(0, -gap), min(1, 1 - gap)
        inset = 1e-9 * (high - low)
        q = optimize.minimize_scalar(against, bounds=(low + inset, high - inset), method="bounded",
                                     options=dict(xatol=1e-12)).x
        variance = ((q + gap) * (1 - q - gap) / m + q * (1 - q) / n) * (m + n) / (m + n - 1)
        agree((x / m - y / n - gap) ** 2 / variance, normal(level) ** 2, 5)


def score_ratio(x, m, y, n, level):
    z = normal(level)

    def highest(x, m, y, n):
        if y == 0:
            return None

        def held(theta):
            a = (m + n) * theta
            b = -((m + y) * theta + x + n)
            q = (-b - mpmath.sqrt(max(mpmath.mpf(0), b**2 - 4 * a * (x + y)))) / (2 * a)
            p = theta * q
            variance = (p * (1 - p) / m + theta**2 * q * (1 - q) / n) * mpmath.mpf(m + n) / (m + n - 1)
            return (mpmath.mpf(x) / m - theta * y / n) ** 2 <= z**2 * variance

        estimate = mpmath.mpf(x) * n / (m * y)
        beyond = max(estimate, mpmath.mpf(1))
        while held(beyond):
            beyond *= 2
        return halve(estimate, beyond, held, 200)

    lower = 0 if x == 0 or highest(y, n, x, m) is None else 1 / highest(y, n, x, m)
    return lower, highest(x, m, y, n)


def score_intervals():
    pairs = [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((6, 7), (2, 7)), ((5, 56), (0, 29)), ((0, 29), (5, 56)),
             ((0, 10), (0, 20)), ((10, 10), (10, 10)), ((10, 10), (0, 20)), ((0, 20), (10, 10)), ((1, 1), (0, 1)),
             ((1, 1), (1, 1)), ((9, 750), (17, 2430)), ((30, 80), (18, 90)), ((120, 1000), (7, 31)),
             ((3, 200_000), (1, 12)), ((0, 400), (9, 31)), ((400, 400), (9, 31)), ((15, 40), (30, 80))]
    rows = []
    for (x, m), (y, n) in pairs:
        for level in LEVELS:
            lower, upper = score_difference(x, m, y, n, level)
            if 0 < x < m and 0 < y < n:
                by_search(x, m, y, n, (lower, upper), level)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                low, high = score_ratio(x, m, y, n, level)
                if 0 < x < m and 0 < y < n and y > 1:
                    other = confint_proportions_2indep(x, m, y, n, method="score", compare="ratio", alpha=1 - level)
                    agree(low, other[0], 6)
                    agree(high, other[1], 6)
            rows.append(dict(first=[x, m], second=[y, n], level=level, difference=[float(lower), float(upper)],
                             ratio=[float(low), None if high is None else float(high)]))
    return rows


def fisher():
    """Conditional odds ratio and limits at 50 digits over the whole noncentral hypergeometric."""
    tables = [(3, 1, 1, 3), (2, 15, 10, 3), (12, 7, 5, 7), (0, 5, 4, 3), (5, 0, 3, 4), (9, 741, 17, 2413),
              (30, 50, 18, 72), (1, 0, 0, 1), (6, 4, 6, 4), (700, 300, 640, 360), (1, 999, 8, 12)]
    rows = []
    for a, b, c, d in tables:
        m, n, t = a + b, c + d, a + c
        support = range(max(0, t - n), min(t, m) + 1)
        weights = [mpmath.mpf(math.comb(m, k) * math.comb(n, t - k)) for k in support]

        def moments(log):
            tilted = [w * mpmath.exp(k * log) for k, w in zip(support, weights)]
            whole = sum(tilted)
            most = sum(w for k, w in zip(support, tilted) if k <= a) / whole
            least = sum(w for k, w in zip(support, tilted) if k >= a) / whole
            return sum(k * w for k, w in zip(support, tilted)) / whole, most, least

        span = 60
        first, last = a == support[0], a == support[-1]
        ratio = 0.0 if first else None if last else float(mpmath.exp(halve(-span, span, lambda v: moments(v)[0] < a, 70)))
        other = stats.contingency.odds_ratio([[a, b], [c, d]], kind="conditional")
        row = dict(table=[a, b, c, d], odds_ratio=ratio, sides={})
        if ratio:
            agree(ratio, other.statistic, 8)
        whole = sum(math.comb(m, k) * math.comb(n, t - k) for k in support)
        exact = {k: Fraction(math.comb(m, k) * math.comb(n, t - k), whole) for k in support}
        ps = {"two-sided": sum(p for p in exact.values() if p <= exact[a]),
              "less": sum(p for k, p in exact.items() if k <= a),
              "greater": sum(p for k, p in exact.items() if k >= a)}
        for side, p in ps.items():
            agree(p, stats.fisher_exact([[a, b], [c, d]], alternative=side)[1], 9)
            ends = {}
            for level in (0.95, 0.8):
                tail = (1 - mpmath.mpf(level)) / (2 if side == "two-sided" else 1)
                lower = 0.0 if first or side == "less" else float(
                    mpmath.exp(halve(-span, span, lambda v: moments(v)[2] < tail, 70)))
                upper = None if last or side == "greater" else float(
                    mpmath.exp(halve(-span, span, lambda v: moments(v)[1] > tail, 70)))
                theirs = other.confidence_interval(level, alternative=side)
                if lower:
                    agree(lower, theirs.low, 7)
                if upper:
                    agree(upper, theirs.high, 7)
                ends[str(level)] = [lower, upper]
            row["sides"][side] = dict(p=float(p), ends=ends)
        if min(a, b, c, d) > 0:
            plain = Table2x2(numpy.array([[a, b], [c, d]]))
            row["plain"] = [plain.oddsratio, *plain.oddsratio_confint(0.05)]
        rows.append(row)
    return rows


def strata():
    rng = random.Random(5)
    sets = {"three": [(12, 30, 8, 31), (5, 9, 3, 14), (40, 12, 33, 21)],
            "one drops out": [(12, 30, 8, 31), (0, 0, 3, 14), (40, 12, 33, 21)],
            "many": [tuple(rng.randint(1, 60) for _ in range(4)) for _ in range(12)]}
    rows = []
    for name, tables in sets.items():
        used = [t for t in tables if t[0] + t[1] and t[2] + t[3]]
        table = StratifiedTable([numpy.array([[a, b], [c, d]]) for a, b, c, d in used])
        for drawn in (True, False):
            test = table.test_null_odds(correction=drawn)
            rows.append(dict(name=name, tables=tables, corrected=drawn, chi_square=test.statistic,
                             p=float(stats.chi2.sf(test.statistic, 1)),
                             odds_ratio=table.oddsratio_pooled, ends=list(table.oddsratio_pooled_confint(0.05))))
    return rows


def rank_tests():
    rng = random.Random(11)
    likert = lambda n, shift: [min(5, max(1, rng.randint(1, 5) + shift)) for _ in range(n)]
    pairs = {"one each": ([1], [2]), "apart": ([1, 2, 3], [4, 5, 6, 7]), "scale": (likert(31, 0), likert(24, 1)),
             "large": ([rng.gauss(0, 1) for _ in range(60)], [rng.gauss(0.4, 1) for _ in range(45)]),
             "untied": ([rng.random() for _ in range(49)], [rng.random() + 0.2 for _ in range(49)]),
             "ties, small": ([1, 2, 2, 3], [2, 3, 3, 5, 6]), "even": ([1, 4], [2, 3])}
    rows = []
    for name, (one, two) in pairs.items():
        m, n = len(one), len(two)
        tied = len(set(one + two)) < m + n
        exact = m < 50 and n < 50 and not tied
        row = dict(name=name, first=one, second=two, exact=exact)
        u = sum((a > b) + (a == b) / 2 for a in one for b in two)
        if exact:
            row["p"] = float(stats.mannwhitneyu(one, two, method="exact").pvalue)
        else:
            for key, drawn in (("corrected", True), ("plain", False)):
                row[key] = float(stats.mannwhitneyu(one, two, method="asymptotic", use_continuity=drawn).pvalue)
        row["u"] = u
        estimate, fewer = mpmath.mpf(u) / (m * n), mpmath.mpf(m + n) / 2 - 1
        row["ends"] = {}
        for level in LEVELS:
            z = normal(level)

            def held(v):
                variance = v * (1 - v) * (1 + fewer * ((1 - v) / (2 - v) + v / (1 + v))) / (m * n)
                return (estimate - v) ** 2 <= z**2 * variance

            row["ends"][str(level)] = [float(estimate if estimate == end else halve(estimate, end, held))
                                       for end in (0, 1)]
        rows.append(row)
    return rows


def signed_ranks():
    rng = random.Random(12)
    sets = {"one": [3.0], "few": [1.5, -0.5, 2.5, 4.0, -3.0], "untied": [rng.gauss(0.3, 1) for _ in range(49)],
            "large": [rng.gauss(0.2, 1) for _ in range(80)], "scale": [rng.choice([-2, -1, 0, 0, 1, 1, 2]) for _ in range(35)],
            "ties": [1, 1, -1, 2, 3, -2], "even": [1, -2, -3, 4, 5, -5]}
    rows = []
    for name, changes in sets.items():
        moved = [c for c in changes if c]
        tied = len({abs(c) for c in moved}) < len(moved)
        exact = len(changes) < 50 and not tied and len(moved) == len(changes)
        order = stats.rankdata([abs(c) for c in moved])
        v = float(sum(r for r, c in zip(order, moved) if c > 0))
        row = dict(name=name, changes=changes, exact=exact, v=v)
        if exact:
            row["p"] = float(stats.wilcoxon(changes, method="exact").pvalue)
        else:
            for key, drawn in (("corrected", True), ("plain", False)):
                row[key] = float(stats.wilcoxon(changes, zero_method="wilcox", correction=drawn, method="asymptotic").pvalue)
        rows.append(row)
    return rows


def shifted_t(t, k, centre):
    """The noncentral t distribution by Gauss and Kronrod over the chi below the line (scipy's own
    has no value at some points)."""
    far = 14 / math.sqrt(2 * k)
    # The density of the chi over the root of its degrees of freedom.
    whole = math.log(2) + k / 2 * math.log(k / 2) - math.lgamma(k / 2)
    density = lambda s: math.exp(whole + (k - 1) * math.log(s) - k * s * s / 2)
    found = integrate.quad(lambda s: density(s) * special.ndtr(t * s - centre), max(1e-300, 1 - far), 1 + far,
                           epsabs=1e-14, epsrel=1e-13, limit=400)
    return found[0]


def two_means():
    rng = random.Random(13)
    draw = lambda n, centre, spread: [Fraction(round(rng.gauss(centre, spread) * 100), 100) for _ in range(n)]
    sets = {"two each": ([1, 5], [2, 3]), "scale": ([1, 2, 3, 4, 5, 5, 4], [2, 2, 3, 1, 1, 4]),
            "uneven": (draw(8, 50, 4), draw(60, 45, 12)), "same means": ([1, 2, 3], [1, 2, 3, 2]),
            "far apart": (draw(30, 10, 1), draw(25, 2, 1)), "large": (draw(3000, 3.5, 1), draw(4000, 3.6, 1.3)),
            "one has no spread": ([4, 4, 4, 4], [1, 2, 5, 3])}
    rows = []
    for name, (one, two) in sets.items():
        one, two = list(map(Fraction, one)), list(map(Fraction, two))
        m, n = len(one), len(two)
        mean = lambda v: sum(v) / len(v)
        variance = lambda v: (sum(x * x for x in v) - len(v) * mean(v) ** 2) / (len(v) - 1)
        real = lambda f: mpmath.mpf(f.numerator) / f.denominator
        a, b = variance(one) / m, variance(two) / n
        gap, error = real(mean(one) - mean(two)), mpmath.sqrt(real(a + b))
        freedom = real((a + b) ** 2 / (a**2 / (m - 1) + b**2 / (n - 1)))
        t = gap / error
        below = freedom / (freedom + t**2)
        p = mpmath.betainc(freedom / 2, mpmath.mpf(1) / 2, 0, below, regularized=True)
        pooled = real(((m - 1) * variance(one) + (n - 1) * variance(two)) / (m + n - 2))
        d, k = gap / mpmath.sqrt(pooled), m + n - 2
        g = d * mpmath.gamma(mpmath.mpf(k) / 2) / (mpmath.sqrt(mpmath.mpf(k) / 2) * mpmath.gamma(mpmath.mpf(k - 1) / 2))
        size = mpmath.sqrt(mpmath.mpf(m) * n / (m + n))
        other = stats.ttest_ind(list(map(float, one)), list(map(float, two)), equal_var=False)
        agree(t, other.statistic, 9) if gap else None
        agree(p, other.pvalue, 8)
        sums = lambda v: [len(v), str(int(sum(v) * 10**9)), str(int(sum(x * x for x in v) * 10**9))]
        row = dict(name=name, first=sums(one), second=sums(two), estimate=float(gap), t=float(t),
                   freedom=float(freedom), p=float(p), g=float(g), welch={}, hedges={})
        for level in LEVELS:
            low, high = other.confidence_interval(level)
            half = stats.t.isf((1 - level) / 2, float(freedom)) * float(error)
            agree(float(gap) - half, low, 8)
            row["welch"][str(level)] = [float(gap) - half, float(gap) + half]
            seen = float(d * size)
            ends = []
            for share in ((1 + level) / 2, (1 - level) / 2):
                goal = lambda c: shifted_t(seen, k, c) - share
                reach = 6 + abs(seen) * 8 / math.sqrt(k)
                end = optimize.brentq(goal, seen - reach, seen + reach, xtol=1e-14, rtol=1e-13)
                theirs = stats.nct.cdf(seen, k, end)
                agree(share, theirs, 7) if theirs == theirs else None
                ends.append(end / float(size))
            row["hedges"][str(level)] = ends
        rows.append(row)
    return rows


def associations():
    """Pearson's chi-square without its empty rows and columns; V, and V less chance (Bergsma 2013)."""
    tables = {"gender and party": [[762, 327, 468], [484, 239, 477]], "small": [[12, 7], [5, 7]],
              "empty row and column": [[5, 0, 9], [0, 0, 0], [11, 0, 4], [6, 0, 7]], "apart": [[9, 0], [0, 4]],
              "no association": [[2, 4], [3, 6]], "two people": [[1, 0], [0, 1]]}
    rows = []
    for name, table in tables.items():
        kept = numpy.array(table)
        kept = kept[kept.sum(1) > 0][:, kept.sum(0) > 0]
        n, (r, c) = int(kept.sum()), kept.shape
        test = stats.chi2_contingency(kept, correction=False)
        square = sum(Fraction(int(kept[i, j])) ** 2 / (int(kept[i].sum()) * int(kept[:, j].sum()))
                     for i in range(r) for j in range(c)) - 1
        agree(test.statistic, square * n, 9) if square else None
        left = max(Fraction(0), square - Fraction((r - 1) * (c - 1), n - 1))
        fewer = min(size - 1 - Fraction((size - 1) ** 2, n - 1) for size in (r, c))
        rows.append(dict(name=name, table=table, chi_square=float(square * n), p=float(stats.chi2.sf(float(square * n), test.dof)),
                         freedom=test.dof, smallest=float(test.expected_freq.min()), v=math.sqrt(square / (min(r, c) - 1)),
                         less_chance=math.sqrt(left / fewer) if fewer else None))
    return rows


def pairs():
    tables = [(794, 150, 86, 570), (1, 1, 7, 12), (10, 0, 0, 10), (0, 5, 0, 5), (20, 3, 3, 14), (0, 1, 0, 0),
              (5, 9, 8, 6), (0, 12, 15, 0), (36, 12, 2, 0), (300, 41, 80, 1200), (30, 0, 0, 0), (2, 0, 9, 1)]
    rows = []
    for a, b, c, d in tables:
        n = a + b + c + d
        row = dict(table=[a, b, c, d], ends={})
        if b + c:
            row["exact"] = float(min(Fraction(1), 2 * Fraction(sum(math.comb(b + c, k) for k in range(min(b, c) + 1)), 2 ** (b + c))))
            for key, drawn in (("corrected", True), ("plain", False)):
                test = other_mcnemar([[a, b], [c, d]], exact=False, correction=drawn)
                # statsmodels draws in by one even where as many went either way; R does not.
                if b != c or not drawn:
                    row[key] = [float(test.statistic), float(test.pvalue)]
            agree(row["exact"], other_mcnemar([[a, b], [c, d]], exact=True).pvalue, 9)
        for level in LEVELS:
            z = normal(level)

            def wilson(x):
                p = mpmath.mpf(x) / n
                middle, half = p + z**2 / (2 * n), z * mpmath.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
                return p, (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)

            p, l1, u1 = wilson(a + b)
            q, l2, u2 = wilson(a + c)
            spread = (a + b) * (c + d) * (a + c) * (b + d)
            cross = mpmath.mpf(a * d - b * c)
            cross = max(cross - mpmath.mpf(n) / 2, 0) if cross > 0 else cross
            phi = cross / mpmath.sqrt(spread) if spread else 0
            lower = p - q - mpmath.sqrt((p - l1) ** 2 - 2 * phi * (p - l1) * (u2 - q) + (u2 - q) ** 2)
            upper = p - q + mpmath.sqrt((u1 - p) ** 2 - 2 * phi * (u1 - p) * (q - l2) + (q - l2) ** 2)
            row["ends"][str(level)] = [float(lower), float(upper)]
        rows.append(row)
    return rows


def wilson_arrays(n, level):
    x = numpy.arange(n + 1)
    z = float(normal(level))
    p = x / n
    middle, half = p + z * z / (2 * n), z * numpy.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, numpy.maximum(0, (middle - half) / (1 + z * z / n)), numpy.minimum(1, (middle + half) / (1 + z * z / n))


def newcombe_limits(m, n, level=0.95):
    p, l1, u1 = (v[:, None] for v in wilson_arrays(m, level))
    q, l2, u2 = (v[None, :] for v in wilson_arrays(n, level))
    return p - q - numpy.hypot(p - l1, u2 - q), p - q + numpy.hypot(u1 - p, q - l2)


def newcombe_coverage():
    """How often Newcombe's 95% limits hold the difference, over every outcome."""
    rows = []
    for m, n in ((10, 10), (12, 15), (20, 20), (30, 60), (50, 10), (100, 100)):
        lower, upper = newcombe_limits(m, n)
        grid = []
        for i in range(1, 20):
            for j in range(1, 20):
                p, q = i / 20, j / 20
                chance = numpy.outer(stats.binom.pmf(range(m + 1), m, p), stats.binom.pmf(range(n + 1), n, q))
                inside = (lower <= p - q + 1e-12) & (p - q - 1e-12 <= upper)
                grid.append(float(chance[inside].sum()))
        rows.append(dict(m=m, n=n, mean=float(numpy.mean(grid)), least=min(grid), most=max(grid), coverage=grid))
    return rows


def fisher_levels():
    """How often Fisher's two-sided test finds a difference at 5% where there is none, over every
    outcome, at shares of 1% to 99%."""
    rows = []
    for m, n in ((10, 10), (20, 20), (12, 30), (50, 50)):
        found = numpy.zeros((m + 1, n + 1), dtype=bool)
        for a in range(m + 1):
            for b in range(n + 1):
                found[a, b] = stats.fisher_exact([[a, m - a], [b, n - b]])[1] <= 0.05
        all_ = [float(stats.binom.pmf(range(m + 1), m, k / 100) @ found @ stats.binom.pmf(range(n + 1), n, k / 100))
                for k in range(1, 100)]
        rows.append(dict(m=m, n=n, mean=float(numpy.mean(all_)), most=max(all_)))
    return rows


def power():
    """How often Newcombe's interval leaves out 0 on the right side, over every outcome, and the
    share at which that is just 80% (and 90%), by scipy's brentq."""
    rows = []
    for m, n, p in ((60, 60, 0.8), (30, 30, 0.8), (100, 100, 0.8), (150, 40, 0.7), (20, 25, 0.5), (200, 200, 0.9),
                    (12, 12, 0.5), (60, 60, 1.0), (400, 300, 0.85), (5, 5, 0.5)):
        lower, upper = newcombe_limits(m, n)
        chance = stats.binom.pmf(range(m + 1), m, p)
        for change, shown, far in (("fall", lower > 0, 0.0), ("rise", upper < 0, 1.0)):
            at = lambda q: float(chance @ shown @ stats.binom.pmf(range(n + 1), n, q))
            row = dict(m=m, n=n, reference=p, change=change, at={str(q): at(q) for q in (0.3, 0.56, 0.6, 0.95)}, share={})
            for wanted in (0.8, 0.9):
                found = at(far) >= wanted and far != p
                row["share"][str(wanted)] = optimize.brentq(lambda q: at(q) - wanted, far, p, xtol=1e-15, rtol=1e-14) if found else None
            rows.append(row)
    return rows


for made in (score_intervals, associations, fisher, strata, rank_tests, signed_ranks, two_means, pairs, newcombe_coverage,
             fisher_levels, power):
    if sys.argv[1:] and made.__name__ not in sys.argv[1:]:
        continue
    rows = made()
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    (HERE / f"{made.__name__}.json").write_text(f"[\n{text}\n]\n")
    print(made.__name__, len(rows), flush=True)
