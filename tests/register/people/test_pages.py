from __future__ import annotations

from egenmakt.foundation.identity.models import Role


def test_smoke(world, sign_in, number_of):
    from datetime import date

    actor = world.staff(Role.REGISTRAR)
    world.act(actor)
    client = sign_in(actor)
    for url in ["/personer/", "/personer/ny/", "/sok/?q=alva"]:
        assert client.get(url).status_code == 200, url
    r = client.post("/personer/ny/", {"number": number_of(date(2019, 5, 14))})
    assert r.status_code == 200
    print(r.content.decode()[-5000:])

    data = {
        "number": number_of(date(2019, 5, 14)),
        "given_name": "Alva",
        "family_name": "Åkesson",
        "protection": "none",
    }
    r = client.post("/personer/ny/uppgifter/", data, follow=True)
    print(r.redirect_chain)
    assert r.status_code == 200
    pid = r.redirect_chain[-1][0].split("/")[2]
    for u in ["", "andra/", "lasare/", "atkomst/"]:
        r = client.get(f"/personer/{pid}/{u}")
        assert r.status_code == 200, u
    data["protection"] = "marked"
    data["version"] = 1
    r = client.post(f"/personer/{pid}/andra/", data, follow=True)
    print(r.redirect_chain, r.status_code)
    r = client.post(f"/personer/{pid}/andra/", data, follow=True)
    print(r.redirect_chain, r.status_code)
    r = client.get("/personer/")
    assert b"Alva" in r.content
    r = client.get("/sok/?q=akesen")
    assert "Alva Åkesson" in r.content.decode()
