from __future__ import annotations
import pytest
from egenmakt.foundation.identity.models import Role, User

def test_smoke(world, sign_in, client):
    r = client.get("/konto/logga-in/"); assert r.status_code == 200
    print(r.content.decode()[1500:6000])
    actor = world.staff(Role.SYSADMIN)
    u = User.objects.get(pk=actor.user_id); u.set_password("en-lang-mening"); u.save()
    r = client.post("/konto/logga-in/", {"login": u.email, "password": "fel"}); assert r.status_code == 200
    assert "stämmer inte" in r.content.decode()
    r = client.post("/konto/logga-in/", {"login": u.email, "password": "en-lang-mening"}); print(r.status_code, r["Location"])
    for url in ["/konto/tva-steg/", "/konto/tva-steg/app/", "/konto/losenord/", "/konto/tva-steg/nycklar/", "/konto/tva-steg/nycklar/ny/", "/konto/kommun/", "/konton/", "/konton/nytt/", f"/konton/{u.pk}/", "/konto/bekrafta/", "/konto/logga-ut/", "/konto/tva-steg/reservkoder/nya/"]:
        r = client.get(url); print(url, r.status_code, r.get("Location"))
