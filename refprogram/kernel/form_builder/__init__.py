"""Forms that people build, and that others answer by page or by signed link.

A form is a `FormDesign`. Its fields are a list of `FieldSpec`, kept as JSON by a `FormVersion`: one draft, which
the builder changes step by step, and frozen versions, which are asked. An answer (`FormAnswer`) belongs to one version
and one person.

    what a field is           enums.py (kinds, tests), fields.py (the spec and its JSON)
    whether a form is sound   soundness.py; what a field may wait for: depending.py
    building                  editing.py (from one list of fields to the next, no database) · services/designs.py
                              (draft, publish, archive) · build_views.py and static/js/builder.js (the page)
    answering                 conditions.py (what is shown, the same in static/js/answers.js) · reading.py (what was
                              sent, checked) · services/answers.py (keep, send) · attachments.py (files)
                              · answering.py (`AnswerPage`, which rooms subclass) · shown.py (a form as a page draws it)
    what came back            results.py (figures) · exports.py (CSV, Excel, JSON)
    who may                   purposes.py: each room names its purposes in `settings.FORM_PURPOSES`
    doors                     views.py and urls.py (`/forms/`) · api.py (`/api/v1/forms`)

Read in that order: fields, editing, services, answering. `references/surveys` is the first room that uses it.
"""
