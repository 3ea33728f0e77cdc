from django.conf import settings
from django.urls import path

from portal.views import machines, specimens

urlpatterns = [
    path("", machines.root, name="root"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", machines.sitemap_section, name="sitemap_section"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path(".well-known/change-password", machines.change_password, name="change_password"),
]
if settings.DEV_PAGES:
    urlpatterns += [path("dev/components/", specimens.components_plain, name="components")]
