from django.conf import settings
from django.urls import path, re_path

from portal.machines import views as machines_views
from portal.open_data import views as open_data_views
from portal.open_data.enums import DAY
from portal.style_guide import views as style_guide_views

urlpatterns = [
    path("", machines_views.root, name="root"),
    path("robots.txt", machines_views.robots, name="robots"),
    path("sitemap.xml", machines_views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", machines_views.sitemap_section, name="sitemap_section"),
    path("open-data/", open_data_views.bare, name="open_data"),
    re_path(
        rf"^open-data/(?P<day>{DAY})/(?P<name>[\w.-]{{1,80}})$",
        open_data_views.open_data_file,
        name="open_data_file",
    ),
    path("favicon.ico", machines_views.favicon, name="favicon"),
    path("apple-touch-icon.png", machines_views.touch_icon, name="touch_icon"),
    path("manifest.webmanifest", machines_views.manifest, name="manifest"),
    path(".well-known/security.txt", machines_views.security_txt, name="security_txt"),
    path(".well-known/change-password", machines_views.change_password, name="change_password"),
]
if settings.DEV_PAGES:
    urlpatterns += [path("dev/components/", style_guide_views.components_plain, name="components")]
