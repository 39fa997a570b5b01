"""Addresses of evidence."""

from django.urls import path

from nestling.evidence.views import cases, register, versions

app_name = "evidence"
VERSION = "cases/<uuid:pk>/versions/<int:number>"
urlpatterns = [
    path("", register.claims, name="claims"),
    path("claims/<str:identifier>/", register.claim, name="claim"),
    path("findings/<str:identifier>/", register.finding, name="finding"),
    path("cite/<str:identifier>/<str:style>/", register.cite, name="cite"),
    path("contradictions/", register.contradictions, name="contradictions"),
    path("checks/", register.checks, name="checks"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/new/", cases.case_new, name="case_new"),
    path("cases/<uuid:pk>/", cases.case, name="case"),
    path("cases/<uuid:pk>/put-away/", cases.case_put_away, name="case_put_away"),
    path("cases/<uuid:pk>/bring-back/", cases.case_bring_back, name="case_bring_back"),
    path("cases/<uuid:pk>/sections/", cases.case_sections, name="case_sections"),
    path("cases/<uuid:pk>/sections/<slug:section>/", cases.case_words, name="case_words"),
    path("cases/<uuid:pk>/versions/", versions.versions, name="case_versions"),
    path(f"{VERSION}/", cases.case_version, name="case_version"),
    path(f"{VERSION}/put-back/", versions.put_back, name="case_put_back"),
    path(f"{VERSION}/share/", versions.share, name="case_share"),
    path(f"{VERSION}/file.<str:ending>", versions.case_file, name="case_file"),
    path("shared/<uuid:pk>/", versions.shared, name="shared"),
    path("shared/<uuid:pk>/file.<str:ending>", versions.shared_file, name="shared_file"),
]
