"""Writes the reference values of funnels, pooling, changes and forecasts.

Everything here is computed without staywise: by scipy's optimisers and
quadrature and by numpy, from the definitions in the papers and not from the
formulas that staywise uses.

    python3 -m venv venv && venv/bin/pip install scipy numpy
    venv/bin/python crates/core/tests/reference/make_sites.py

Used: scipy 1.17.1, numpy 2.4.6. Takes about two minutes.
"""

import json
import pathlib

import numpy
from scipy import integrate, optimize, special, stats

HERE = pathlib.Path(__file__).parent

SITES = {
    "twelve like sites": [
        (8, 40), (5, 31), (12, 52), (3, 18), (9, 44), (7, 29),
        (2, 12), (15, 77), (6, 33), (4, 25), (11, 48), (10, 61),
    ],
    "sixteen unlike sites": [
        (2, 40), (15, 31), (12, 52), (9, 18), (30, 44), (7, 29), (1, 12), (35, 77),
        (6, 33), (14, 25), (11, 48), (5, 61), (0, 22), (19, 19), (120, 400), (3, 8),
    ],
    "six sites, some of nobody": [(0, 4), (3, 10), (0, 0), (9, 30), (4, 4), (20, 90), (55, 400)],
    "twenty large sites": [(400 + 9 * ((7 * i) % 20), 1000 + 13 * i) for i in range(20)],
}


def write(name, rows):
    text = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
    (HERE / f"{name}.json").write_text(text)


# --- funnels with overdispersion (Spiegelhalter 2005, arcsine) ---------------


def overdispersion(sites):
    used = numpy.array([s for s in sites if s[1] > 0], dtype=float)
    x, n = used[:, 0], used[:, 1]
    theta = x.sum() / n.sum()
    s = 1 / (2 * numpy.sqrt(n))
    z = (numpy.arcsin(numpy.sqrt(x / n)) - numpy.arcsin(numpy.sqrt(theta))) / s
    low, high = numpy.percentile(z, [10, 90])
    w = numpy.clip(z, low, high)
    q10 = stats.norm.ppf(0.9)
    left = integrate.quad(lambda t: t * t * stats.norm.pdf(t), -q10, q10)[0] + 0.2 * q10**2
    i = len(z)
    q = (w**2).sum() / left
    weights = 1 / s**2
    tau2 = max(0.0, (q - (i - 1)) / (weights.sum() - (weights**2).sum() / weights.sum()))
    out = {
        "centre": theta, "used": i, "winsorised": (w**2).mean(),
        "phi": q / (i - 1), "tau_squared": tau2, "limits": [],
    }
    if tau2 > 0:
        for base in [5, 30, 250]:
            spread = numpy.sqrt(1 / (4 * base) + tau2)
            row = [base]
            for level in (0.95, 0.998):
                z0 = stats.norm.ppf(0.5 + level / 2)
                ends = numpy.arcsin(numpy.sqrt(theta)) + numpy.array([-1, 1]) * z0 * spread
                row.append(list(numpy.sin(numpy.clip(ends, 0, numpy.pi / 2)) ** 2))
            out["limits"].append(row)
    return out


# --- partial pooling ----------------------------------------------------------


def logl(mean, rho, sites):
    """Beta-binomial by log-gammas; plain binomial where rho is 0."""
    total = 0.0
    for x, n in sites:
        if rho <= 0:
            total += x * numpy.log(mean) + (n - x) * numpy.log1p(-mean)
            continue
        a, b = mean * (1 - rho) / rho, (1 - mean) * (1 - rho) / rho
        total += special.betaln(a + x, b + n - x) - special.betaln(a, b)
    return total


def pooling(sites):
    def negative(v):
        return -logl(special.expit(v[0]), special.expit(v[1]), sites)

    best = None
    for start in (-6.0, -4.0, -2.0, 0.0):
        found = optimize.minimize(
            negative, [0.0, start], method="Nelder-Mead",
            options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000, "maxfev": 20000},
        )
        if best is None or found.fun < best.fun:
            best = found
    mean, rho = special.expit(best.x[0]), special.expit(best.x[1])
    at_zero = sum(x for x, _ in sites) / sum(n for _, n in sites)
    # Under 1e-8 the log-gammas are all rounding, and sites are the same.
    if rho < 1e-8 or logl(at_zero, 0, sites) >= -best.fun - 1e-7:
        mean, rho = at_zero, 0.0
    return mean, numpy.sqrt(mean * (1 - mean) * rho)


def pooled_sites(sites):
    """The full posterior over mean and spread on a fine grid, flat in the mean
    and in the root of the intraclass correlation: no Laplace, no moments."""
    roots = (numpy.arange(400) + 0.5) / 400
    means = (numpy.arange(800) + 0.5) / 800
    logs = numpy.empty((len(roots), len(means)))
    rho = roots[:, None] ** 2
    a = means[None, :] * (1 - rho) / rho
    b = (1 - means[None, :]) * (1 - rho) / rho
    logs[:] = 0
    for x, n in sites:
        logs += special.betaln(a + x, b + n - x) - special.betaln(a, b)
    weights = numpy.exp(logs - logs.max())
    weights /= weights.sum()
    keep = weights > 1e-9 * weights.max()
    w, aa, bb = weights[keep] / weights[keep].sum(), a[keep], b[keep]
    mm = (numpy.broadcast_to(means, weights.shape))[keep]
    rest = float((w * mm).sum())
    out = []
    for x, n in sites:
        post_a, post_b = aa + x, bb + n - x
        estimate = float((w * post_a / (post_a + post_b)).sum())
        higher = float((w * stats.beta.sf(mm, post_a, post_b)).sum())

        def below(t):
            return float((w * stats.beta.cdf(t, post_a, post_b)).sum())

        ends = [
            optimize.brentq(lambda t: below(t) - p, 1e-9, 1 - 1e-9, xtol=1e-9)
            for p in (0.025, 0.975)
        ]
        out.append({"estimate": estimate, "lower": ends[0], "upper": ends[1], "higher": higher})
    return rest, out


# --- what changed: parts, and their variances by numerical influence -----------


def people(seed, size, shared):
    rng = numpy.random.default_rng(seed)
    before, now = [], []
    for person in range(size):
        cell = int(rng.choice(4, p=[0.4, 0.3, 0.2, 0.1]))
        prone = rng.normal(0, 1)
        odds = [0.2, 0.9, -0.5, 0.0][cell] + prone
        before.append((person, cell, bool(rng.random() < special.expit(odds))))
        if person < shared:
            later = cell if rng.random() < 0.9 else int(rng.choice(4))
            hit = bool(rng.random() < special.expit(odds + 0.4))
            now.append((person, later, hit))
    for person in range(size, size + size // 2):
        cell = int(rng.choice(4, p=[0.2, 0.2, 0.3, 0.3]))
        now.append((person, cell, bool(rng.random() < special.expit(0.3 + 0.2 * cell))))
    return before, now


def split(before, now):
    """Kitagawa on groups in both periods, shares measured from the centre."""
    def table(rows):
        cells = {}
        for _, cell, hit in rows:
            n, x = cells.get(cell, (0, 0))
            cells[cell] = (n + 1, x + hit)
        return cells

    one, two = table(before), table(now)
    n1, n2 = len(before), len(now)
    p1 = sum(h for _, _, h in before) / n1
    p2 = sum(h for _, _, h in now) / n2
    centre = (p1 + p2) / 2
    mix = rate = 0.0
    for cell in set(one) & set(two):
        w1, w2 = one[cell][0] / n1, two[cell][0] / n2
        r1, r2 = one[cell][1] / one[cell][0], two[cell][1] / two[cell][0]
        mix += (w2 - w1) * ((r1 + r2) / 2 - centre)
        rate += (r2 - r1) * (w1 + w2) / 2
    return p2 - p1, mix, rate


def infinitesimal_jackknife(before, now):
    """The influence of each person by numerical differentiation: their rows'
    weight is raised by a little in both periods at once."""
    def weighted(weights):
        def table(rows):
            cells = {}
            for person, cell, hit in rows:
                n, x = cells.get(cell, (0.0, 0.0))
                w = weights[person]
                cells[cell] = (n + w, x + w * hit)
            return cells

        one, two = table(before), table(now)
        n1 = sum(n for n, _ in one.values())
        n2 = sum(n for n, _ in two.values())
        centre = (sum(x for _, x in one.values()) / n1 + sum(x for _, x in two.values()) / n2) / 2
        mix = rate = 0.0
        for cell in sorted(set(one) & set(two)):
            w1, w2 = one[cell][0] / n1, two[cell][0] / n2
            r1, r2 = one[cell][1] / one[cell][0], two[cell][1] / two[cell][0]
            mix += (w2 - w1) * ((r1 + r2) / 2 - centre)
            rate += (r2 - r1) * (w1 + w2) / 2
        return numpy.array([mix, rate])

    everyone = sorted({p for p, _, _ in before} | {p for p, _, _ in now})
    weights = {p: 1.0 for p in everyone}
    step = 1e-4
    squares = numpy.zeros(2)
    for person in everyone:
        weights[person] = 1 + step
        up = weighted(weights)
        weights[person] = 1 - step
        down = weighted(weights)
        weights[person] = 1.0
        squares += ((up - down) / (2 * step)) ** 2
    count = len(everyone)
    return numpy.sqrt(squares * count / (count - 1)), count


def changes():
    rows = []
    for name, (before, now) in {
        "half the same people": people(11, 120, 60),
        "nobody the same": people(12, 80, 0),
        "a group new and one gone": (
            [r for r in people(13, 90, 45)[0] if r[1] != 3],
            [r for r in people(13, 90, 45)[1] if r[1] != 2],
        ),
    }.items():
        change, mix, rate = split(before, now)
        error, count = infinitesimal_jackknife(before, now)
        rows.append({
            "name": name, "before": before, "now": now, "change": change, "mix": mix,
            "rate": rate, "mix_error": error[0], "rate_error": error[1], "people": count,
        })
    return rows


# --- forecasts ----------------------------------------------------------------


def starters():
    rows = []
    for past, over, ahead in [(0, 4, 2), (1, 1, 2), (7, 4, 1), (23, 8, 2), (140, 8, 2)]:
        part = over / (over + ahead)
        held = [
            y for y in range(0, 2000)
            if stats.binom.cdf(past, past + y, part) > 0.025
            and stats.binom.sf(past - 1, past + y, part) > 0.025
        ]
        rows.append({
            "past": past, "over": over, "ahead": ahead,
            "expected": past * ahead / over, "lower": held[0], "upper": held[-1],
        })
    return rows


BANDS = [(0, 6, 18, 610.0), (6, 12, 11, 540.0), (12, 24, 9, 800.0), (24, None, 14, 2600.0)]
POSTS = {
    "a small cohort": [(0, 14), (3, 9), (8, 12), (20, 30)],
    "mostly long in post": [(1, 2), (30, 160), (55, 210)],
}


def leavers():
    rows = []
    for name, posts in POSTS.items():
        for months in (3, 6):
            def expected(rates, posts=posts, months=months):
                total = 0.0
                for start, count in posts:
                    stay = 1.0
                    for month in range(start, start + months):
                        band = next(
                            k for k, b in enumerate(BANDS)
                            if month >= b[0] and (b[1] is None or month < b[1])
                        )
                        stay *= numpy.exp(-rates[band])
                    total += count * (1 - stay)
                return total

            rates = numpy.array([b[2] / b[3] for b in BANDS])
            mean = expected(rates)
            chance = 0.0
            for start, count in posts:
                stay = 1 - expected(rates, [(start, 1)], months)
                chance += count * stay * (1 - stay)
            spread = 0.0
            for k, band in enumerate(BANDS):
                step = 1e-6
                up, down = rates.copy(), rates.copy()
                up[k] += step
                down[k] -= step
                slope = (expected(up) - expected(down)) / (2 * step)
                spread += slope**2 * (band[2] + 0.5) / band[3] ** 2
            variance = chance + spread
            if variance > mean:
                law = stats.nbinom(mean**2 / (variance - mean), mean / variance)
                lower, upper = law.ppf(0.025), law.ppf(0.975)
            else:
                n, p = mean**2 / (mean - variance), 1 - variance / mean
                below = lambda k: special.betainc(n - k, k + 1, 1 - p) if k < n else 1.0  # noqa: E731
                lower = next(k for k in range(10000) if below(k) > 0.025)
                upper = next(k for k in range(10000) if below(k) >= 0.975)
            rows.append({
                "name": name, "in_post": posts, "bands": BANDS, "months": months,
                "expected": mean, "chance": chance, "rates": spread,
                "lower": float(lower), "upper": float(upper),
            })
    return rows


# --- p-charts -----------------------------------------------------------------

SHARES = {
    "steady": [(12, 50), (9, 44), (15, 61), (11, 52), (8, 39), (14, 57), (10, 48), (13, 55),
               (16, 66), (9, 41), (12, 47), (11, 50), (10, 46)],
    "overdispersed": [(120, 500), (210, 620), (90, 540), (230, 580), (110, 610), (205, 560),
                      (95, 505), (240, 640), (130, 590), (215, 570), (100, 530), (190, 600)],
}


def p_charts():
    rows = []
    tail3, tail2 = stats.norm.sf(3), stats.norm.sf(2)
    for name, points in SHARES.items():
        x = numpy.array([p[0] for p in points], dtype=float)
        n = numpy.array([p[1] for p in points], dtype=float)
        centre = x.sum() / n.sum()
        sigma = numpy.sqrt(centre * (1 - centre) / n)
        z = (x / n - centre) / sigma
        spread = numpy.abs(numpy.diff(z)).mean() / 1.128
        exact, laney = [], []
        for base, s in zip(n, sigma, strict=True):
            hits = numpy.arange(base + 1)
            allowed = {}
            for tail in (tail3, tail2):
                low = hits[stats.binom.cdf(hits, base, centre) > tail][0]
                high = hits[stats.binom.sf(hits - 1, base, centre) > tail][-1]
                allowed[tail] = (low / base, high / base)
            exact.append([allowed[tail3][0], allowed[tail2][0], allowed[tail2][1], allowed[tail3][1]])
            laney.append([centre + k * s * spread for k in (-3, -2, 2, 3)])
        rows.append({
            "name": name, "points": points, "centre": centre, "spread": spread,
            "exact": exact, "laney": laney,
        })
    return rows


def main():
    write("sites_overdispersion", [
        {"name": name, "sites": sites, **overdispersion(sites)}
        for name, sites in SITES.items() if len([s for s in sites if s[1] > 0]) >= 10
    ])
    rows = []
    for name, sites in SITES.items():
        mean, between = pooling(sites)
        row = {"name": name, "sites": sites, "mean": mean, "between": between}
        row["rest"], row["pooled"] = pooled_sites(sites)
        rows.append(row)
    write("sites_pooled", rows)
    write("changed", changes())
    write("forecast_starters", starters())
    write("forecast_leavers", leavers())
    write("p_charts", p_charts())


main()
