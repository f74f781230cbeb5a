from django.conf import settings
from django.urls import path

from egenmakt.foundation.ui import views

app_name = "ui"

urlpatterns = [
    path("utkast/", views.save_draft, name="save_draft"),
    path("utkast/kasta/", views.discard_draft, name="discard_draft"),
    path("utseende/", views.set_theme, name="set_theme"),
    path("sprak/", views.set_language, name="set_language"),
]

if settings.TEST_MODE:
    urlpatterns += [path("komponenter/", views.gallery, name="gallery")]
