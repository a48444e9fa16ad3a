import collections, tests.storage.test_machine as m, sys
C = collections.Counter()
orig = m.Consultancies.ask
def ask(self, found, method, part, refusals=(), **kw):
    from itertools import chain
    exp = next(chain(found.missing, refusals), None)
    rule = sys._getframe(1).f_code.co_name
    C[(rule, f"{exp.status} {exp.code}" if exp else "ok")] += 1
    return orig(self, found._replace(missing=[exp] if exp else []), method, part, (), **kw)
m.Consultancies.ask = ask
N = collections.Counter()
oc = m.Consultancies.compare
def compare(self, c):
    N['examples'] += .5
    N['companies'] += len(c.companies); N['assessments'] += len(c.assessments)
    for a in c.assessments.values():
        N['participants'] += len(a.participants); N['results'] += len(a.results); N[a.status + ('-anon' if a.is_anonymous else '')] += 1
        N['submitted'] += len(a.submitted)
        N['anon closed >=5'] += a.is_anonymous and a.status=='closed' and len(a.submitted)>=5
        N['history'] += sum(len(p.history) for p in a.participants.values())
    N['dead'] += len(c.dead_tokens)
    oc(self, c)
m.Consultancies.compare = compare
def test_x(stored):
    m.test_the_service_shows_what_the_model_says(stored)
    print("STATS")
    for k in sorted(C): print("S", k, C[k])
    print("S", N)
